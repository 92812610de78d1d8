"""VCSM: a virtual customer success manager that lives inside other companies' products.

The floors, the words and the life of an event are in README.md; each package below says in its
own `__init__` what it owns and what to call.
"""
