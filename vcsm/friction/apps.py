from django.apps import AppConfig


class FrictionConfig(AppConfig):
    name = "vcsm.friction"
    label = "friction"
