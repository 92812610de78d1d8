"""What contacts, the assistant and members say to each other, and help put before a contact.

`post.post_message` is the only way in and `history.messages_after` the only way out (a reconnect is
a history read). `takeover` says who speaks, `nudges` offers help, and `broadcast` tells open
sockets after commit. The contact's sockets and the members' are separate groups.
"""
