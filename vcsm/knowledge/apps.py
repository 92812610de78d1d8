from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "vcsm.knowledge"
    label = "knowledge"
