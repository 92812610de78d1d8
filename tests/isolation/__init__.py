"""Globex tries everything that can be called with everything that is Acme's.

What can be called is read from the product (the URL conf, the protocol's frames, the widget's HTTP
doors, the task registry), what is Acme's from the database: so what is added later is covered the
day it is added, or fails here until `calls` says how it is called.
"""
