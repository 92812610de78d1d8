from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "vcsm.governance"
    label = "governance"
