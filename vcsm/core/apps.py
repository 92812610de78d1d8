from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "vcsm.core"
    label = "core"
