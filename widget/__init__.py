"""What strangers' browsers talk to: the socket, its protocol, keys, identity and limits.

`protocol` defines every message as a struct (no framework in it), `consumer` parses a frame and
calls one function, `road` is the process's writer: it commits batches of many sockets together and
acknowledges them afterwards. `typescript` turns the protocol into types for the front end.
"""
