"""What a change of budget, threshold, rule or guardrail would have done over the last weeks.

`read.read_past` takes the stored decisions with their facts, `replay.replay` decides them again
under a `change.Change` in the order in which they were made, and `compare.compare` lays the two
side by side; `ask.ask_what_if` is all of it. Past facts stay as they were: what a contact would
have done had help come, or not, nobody knows, and nothing here pretends to.
"""
