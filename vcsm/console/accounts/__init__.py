"""Accounts as members read them: how well each stands, the list, and one account's page.

`health.healths_of` counts what `vcsm.success.health` judges, for many accounts by one query each;
`listing.list_accounts` and `page.read_account` are what the API sends.
"""
