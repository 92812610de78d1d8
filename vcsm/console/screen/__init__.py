"""What an escalation's screen says beyond its rows: why in words, what to do, what to write.

`why` and `steps` and `draft` are pure: they speak of what is handed to them and make nothing up.
`around` reads the rest: health, stakeholders, problems, and puts it together.
"""
