"""Whatever comes in is answered, and nothing breaks: no 5xx, no exception in a log, no socket
closed for a fault of ours.

`addresses` sends what the API's document allows and what it does not, as every role; `doors` the
pages and the widget's HTTP doors, which are in no document; `socket` talks to the widget's socket
and keeps count of what was acknowledged. A minute of it is in the tests; `python -m tests.fuzz`
(`make fuzz MINUTES=10`) goes on for as long as one likes, with draws that differ each time.
"""
