from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "vcsm.embedded"
    label = "embedded"
