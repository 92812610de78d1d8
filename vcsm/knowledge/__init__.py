"""The workspace's own articles, and answers that are passages of them or "I do not know".

`articles.save_article` keeps a version and has it read (`reading`), `search.search` finds passages
by vector and by words together, `answer.answer` gives one passage with its source or refuses, and
`help_for` does the same for a struggle on a page. The text of articles is data: nothing in it is
obeyed.
"""
