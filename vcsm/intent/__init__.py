"""What a contact is trying to do: asked (said or chosen) or implied, and "none of these".

`classify.capture_asked` and `capture_chosen` record an intent, `history.latest_intent` reads the
last one, `taxonomy.save_intent` edits what a workspace knows. `classifier.fit` is the pure model
under them, `person.wants_human` the rule that always brings a human. `discover` groups what was
rejected, `health` says where the taxonomy is weak, `tone` reads negative, neutral or positive.
"""
