from django.apps import AppConfig


class BenchmarkConfig(AppConfig):
    name = "vcsm.benchmark"
    label = "benchmark"
