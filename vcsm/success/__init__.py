"""What was agreed with a customer, and how far it has come: promises, plan, checklist, people.

`promises.make_promise` and `settle_promise` keep what members promised, `plan` the account's goal
and its steps, `checklist` the first steps of every contact, `people` who looks after whom, whether
they are there and when they are. `corrections` keeps what a contact says we believe wrongly;
`health` judges, from what was counted, how well it all stands.
"""
