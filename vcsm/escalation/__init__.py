"""When a human is called: decisions, the escalations they open, and what members do with them.

`decide.decide` is a pure function from facts to a Decision; `facts` reads the facts, `record`
stores every decision with its effect in one transaction, `explain` makes a stored one again.
`work` is what a member does: take over, hand back, resolve with a verdict; `certificate` says what
share of false alarms those verdicts prove. `broadcast` tells the members' sockets after commit.
"""
