from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "vcsm.console"
    label = "console"
