from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "ojakgyo.apps.alerts"
    label = "alerts"
