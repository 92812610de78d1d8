"""What was agreed with a customer, and how far it has come: promises, plan, checklist, people.

`promises.make_promise` and `settle_promise` keep what members promised, `plan` the account's goal
and its steps, `checklist` each contact's first steps, and `people` who looks after whom, and
whether they are there. `corrections` stores what a contact says we believe wrongly; `health` judges
from counted facts how well all of it stands.
"""
