"""Decides when to call a human, opens the escalation, and records what members do with it.

`decide.decide` is a pure function from facts to a Decision; `facts` reads the facts, `record`
stores each decision with its effect in one transaction, and `explain` makes a stored one again.
`work` is what a member does: take over, hand back, resolve with a verdict. `certificate` says what
share of false alarms those verdicts prove. `broadcast` tells the members' sockets after commit.
"""
