from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vcsm.accounts"
    label = "accounts"
