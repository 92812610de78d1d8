from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "vcsm.problems"
    label = "problems"
