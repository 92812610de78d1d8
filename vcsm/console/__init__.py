"""What members see: the console page, its HTTP API and its live socket.

`pages` serves sign-in and the single-page app of `frontend/console`, `api/` answers its requests
(one file per resource), `consumer` keeps it live. Every read starts from the member's own workspace
(`access.member_of`), and every action is one call of the package that owns it. Nothing here loads
the encoder.
"""
