"""Upgrades of a database in use: the previous release's code keeps running during a migration.

`released` names the schema that this earlier code knows, `rules` says which migrations it can live
with, `statements` tries its reads and writes on today's schema.
"""
