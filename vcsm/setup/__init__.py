"""What a workspace's admins and leads set: keys, members, first steps, hours, nudges, accounts.

Each module changes one of them in one transaction with its audit entry. It raises
`permits.NotPermitted` when the member's role is not enough and `permits.Refused` when the request
makes no sense. While events come in, only `refusals` is used: it notes why a page was turned away.
"""
