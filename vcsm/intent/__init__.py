"""What a contact is trying to do: asked (said or chosen), implied, or none of the known intents.

`classify.capture_asked` and `capture_chosen` record an intent, `history.latest_intent` reads the
last one, and `taxonomy.save_intent` edits the intents a workspace knows. `classifier.fit` is the
pure model under them; `person.wants_human` is the rule that always brings in a human. `discover`
groups rejected messages, `health` says where the taxonomy is weak, and `tone` reads a message as
negative, neutral or positive.
"""
