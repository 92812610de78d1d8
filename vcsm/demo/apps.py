from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "vcsm.demo"
    label = "demo"
