"""An upgrade on a database that is at work: the code before a migration goes on beside it.

`released` names the schema that the code before knows, `rules` says which migrations it can live
with, `statements` tries its reads and writes on the schema of today.
"""
