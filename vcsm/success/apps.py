from django.apps import AppConfig


class SuccessConfig(AppConfig):
    name = "vcsm.success"
    label = "success"
