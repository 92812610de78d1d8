"""What strangers' browsers talk to: the socket, its protocol, keys, identity and limits.

`protocol` defines every message as a struct without any framework, and `consumer` parses a frame
and calls one function. `road` is the process's writer: it commits batches of many sockets together,
and only then are they acknowledged. `typescript` writes the protocol's types for the front end.
"""
