from django.apps import AppConfig


class ReplayConfig(AppConfig):
    name = "vcsm.replay"
    label = "replay"
