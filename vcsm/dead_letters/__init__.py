"""What a task could not do, for good: kept as a row until somebody runs it again or drops it.

`keep.keep` writes one when the last attempt has failed and `keep.settle` closes it when the same
work succeeds; `stand.arguments_standing` tells sweeps what to leave alone; `act` is what people do
with one. A letter of a workspace is its admins' to see; one of nobody's is the operator's, by
`manage.py dead_letters`.
"""
