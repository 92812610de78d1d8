"""A record of what was decided and done that nobody can change unnoticed.

`append.append_entry` writes one entry in the transaction of what it is about. The database refuses
to change or remove it and, at commit, chains it by a hash to the workspace's entries before it.
`verify.verify_chains` (`manage.py verify_audit`) finds what was changed, removed or inserted.
"""
