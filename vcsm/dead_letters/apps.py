from django.apps import AppConfig


class DeadLettersConfig(AppConfig):
    name = "vcsm.dead_letters"
    label = "dead_letters"
