from django.apps import AppConfig


class IntentConfig(AppConfig):
    name = "vcsm.intent"
    label = "intent"
