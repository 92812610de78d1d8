"""What was decided and done, kept so that nobody changes it unseen.

`append.append_entry` writes one entry in the transaction of what it is about; the database refuses
to change or remove it, and chains it to the workspace's entries before it by a hash at commit.
`verify.verify_chains` (`manage.py verify_audit`) finds what was changed, removed or inserted.
"""
