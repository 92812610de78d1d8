from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "vcsm.setup"
    label = "setup"
