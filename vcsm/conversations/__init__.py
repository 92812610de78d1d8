"""What is said between a contact, the assistant and a member, and help put in front of a contact.

`post.post_message` is the only way in, `history.messages_after` the only way out (a reconnect is a
history read), `takeover` says who speaks, `nudges` offers help, `broadcast` tells open sockets
after commit. The contact's sockets and the members' are separate groups.
"""
