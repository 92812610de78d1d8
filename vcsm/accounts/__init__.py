"""Who everybody is: Workspace, Member, Account, Contact, and the keys that a widget brings.

The models are read everywhere. `contact_data` exports and erases a contact, `merge_contacts` makes
one of several, and `scope` and `policies` keep workspaces apart in the database.
"""
