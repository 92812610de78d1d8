"""Work that a task could not do, for good: kept as a row until somebody runs it again or drops it.

`keep.keep` writes a letter when the last attempt has failed, and `keep.settle` closes it when the
same work succeeds; `stand.arguments_standing` tells sweeps what to leave alone; `act` is what
people do with a letter. The admins of a workspace see its letters; those of no workspace are the
operator's, by `manage.py dead_letters`.
"""
