"""What an escalation's screen says beyond its rows: why in words, what to do, what to write.

`why`, `steps` and `draft` are pure: they use only what they are given and make nothing up. `around`
reads health, stakeholders and problems, and puts everything together.
"""
