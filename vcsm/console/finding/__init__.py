"""Finding anything of a workspace from one box.

`find.find` answers with groups by kind; `by_words` looks for the letters as they are typed,
`by_meaning` for what means the same. Where each thing is opened stands in its `address`.
"""
