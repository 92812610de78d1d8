"""What members see: the console page, its HTTP API and its live socket. Never the encoder.

`pages` serves log-in and the single-page app of `frontend/console`, `api/` answers it (one file
per resource), `consumer` keeps it live. Every read starts from the member's own workspace
(`access.member_of`), and every action is one call of `vcsm.escalation` or `vcsm.conversations`.
"""
