"""What may be done at all, how far alone, and who said so: deny by default.

`allow.allow` is the pure rule: request, guardrails and state in, a ruling out. Whoever acts calls
`standing.read_standing` in the deciding transaction, asks it, and writes down what was done with
`acts.record_act` or what was held back with `acts.hold_act`. Members change things through
`approvals` (use cases), `switches` (kill switches), `lists` (the can/can't list) and `agents`.
"""
