from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "vcsm.reports"
    label = "reports"
