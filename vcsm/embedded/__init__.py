"""PostgreSQL and Valkey from wheels, and the one command that runs everything.

Call `start.start_services(home)` for the two services (given URLs are checked and used instead),
and `stack.run_stack(plan)` for the whole stack. `manage.py up` and `manage.py embedded` are thin
layers on them. Every refusal is a `trouble.Trouble`: one sentence a person can act on. Nothing here
imports Django, so that it works before there are settings.
"""
