from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "ojakgyo.apps.calls"
    label = "calls"
