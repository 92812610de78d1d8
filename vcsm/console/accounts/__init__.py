"""Accounts as members read them: their health, the list, and one account's page.

`health.healths_of` counts what `vcsm.success.health` judges, in a fixed number of queries for many
accounts; `listing.list_accounts` and `page.read_account` return what the API sends.
"""
