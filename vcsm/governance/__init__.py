"""What may be done at all, how far without a human, and who said so: denied by default.

`allow.allow` is the pure rule: request, guardrails and state in, a ruling out. An actor calls
`standing.read_standing` in the deciding transaction, asks it, and records what it did with
`acts.record_act`, or what it held back with `acts.hold_act`. Members change things through
`approvals` (use cases), `switches` (kill switches), `lists` (the can/can't list) and `agents`.
"""
