"""Whatever comes in is answered, and nothing breaks: no 5xx, no exception in a log, no socket
closed through a fault of ours.

`addresses` sends what the API's document allows and what it does not, as every role. `doors` calls
the pages and the widget's HTTP doors, which are in no document. `socket` talks to the widget's
socket and keeps count of what was acknowledged. The tests run a minute of it; `python -m
tests.fuzz` (`make fuzz MINUTES=10`) runs for as long as wanted, with different draws each time.
"""
