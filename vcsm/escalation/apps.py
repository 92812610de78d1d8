from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "vcsm.escalation"
    label = "escalation"
