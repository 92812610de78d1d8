"""The last minutes before an escalation as the contact's page showed them, masked, in chunks.

`switch` says whether a workspace records at all, `ask` has a session's widget send what it holds,
`unpack` checks what comes in, `store` keeps it once, `read` gives it to members in order, and
`retention` deletes it. Nothing here is sent unasked: recordings stay in the contact's browser until
an escalation opens.
"""
