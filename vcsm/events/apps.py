from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "vcsm.events"
    label = "events"
