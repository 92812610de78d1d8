from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "vcsm.conversations"
    label = "conversations"
