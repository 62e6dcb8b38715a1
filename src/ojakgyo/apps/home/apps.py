from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "ojakgyo.apps.home"
    label = "home"
