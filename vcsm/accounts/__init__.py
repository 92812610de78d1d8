"""Who everybody is: Workspace, Member, Account, Contact, and the keys a widget comes with.

`contacts.identify` and `contacts.recognise` are the ways a contact comes to be; everything else
reads the models.
"""
