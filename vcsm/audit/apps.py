from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "vcsm.audit"
    label = "audit"
