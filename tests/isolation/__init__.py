"""Globex tries everything that can be called with everything that is Acme's.

What can be called is read from the product: the URL conf, the protocol's frames, the widget's HTTP
doors, the task registry. What is Acme's is read from the database. So a later addition is covered
the day it is made, or fails here until `calls` says how to call it.
"""
