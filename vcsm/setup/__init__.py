"""What a workspace's admins and leads set: keys, members, first steps, hours, nudges, accounts.

Each module changes one of them in one transaction with its audit entry, and refuses who may not
(`permits.NotPermitted`) and what makes no sense (`permits.Refused`). Nothing here is read while
events come in, but `refusals`, which notes why a page was turned away.
"""
