"""Finds anything in a workspace from one search box.

`find.find` returns groups by kind; `by_words` looks for the words as they are typed, `by_meaning`
for what means the same. Each hit's `address` says where the console opens it.
"""
