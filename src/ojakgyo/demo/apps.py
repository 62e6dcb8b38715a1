from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "ojakgyo.demo"
    label = "demo"
