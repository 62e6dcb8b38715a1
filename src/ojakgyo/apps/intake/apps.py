from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "ojakgyo.apps.intake"
    label = "intake"
