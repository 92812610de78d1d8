"""What a change of budget, threshold, rule or guardrail would have done over the last weeks.

`read.read_past` reads the stored decisions with their facts, `replay.replay` makes them again under
a `change.Change` in their original order, and `compare.compare` lays the two side by side;
`ask.ask_what_if` does all of it. Past facts stay as they were: nobody knows what a contact would
have done if help had come, or had not, and nothing here pretends to.
"""
