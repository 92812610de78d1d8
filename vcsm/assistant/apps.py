from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "vcsm.assistant"
    label = "assistant"
