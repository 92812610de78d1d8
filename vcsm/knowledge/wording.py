"""The passages that share telling words with a question, by PostgreSQL's full text.

"Any of the words" would match most of a large workspace through "card" and "how". So words are
taken rarest first, as counted by the planner's own statistics, until they bring enough rows.
"""

from django.db import connection

ENOUGH_ROWS = 1_500
"""Passages whose words are weighed; more would cost more than they tell."""
MOST_WORDS = 32

# Made by `migrations/0011_words_as_owner.py`: for the one reason that they run as the owner.
_FREQUENCY = "SELECT word, expected FROM knowledge_word_rows(%s)"
_FIND = "SELECT knowledge_worded(%s, %s::tsquery, %s, %s)"


def find_by_words(*, workspace_id: int, text: str, limit: int) -> list[int]:
    """Ids of up to `limit` passages of published articles, best match first."""
    with connection.cursor() as cursor:
        cursor.execute(_FREQUENCY, (text[:5_000],))
        query = _telling_query(cursor.fetchall())
        if not query:
            return []
        cursor.execute(_FIND, (workspace_id, query, ENOUGH_ROWS, limit))
        return [chunk_id for (chunk_id,) in cursor.fetchall()]


def _telling_query(words: list[tuple[str, float]]) -> str:
    """Any of the rarest words; all of them where even the rarest is everywhere."""
    rarest = sorted(words, key=lambda word: (word[1], word[0]))[:MOST_WORDS]
    if not rarest:
        return ""
    if rarest[0][1] > ENOUGH_ROWS:
        return " & ".join(_quote(word) for word, _ in rarest[:3])
    taken, rows = [], 0.0
    for word, expected in rarest:
        rows += expected
        if rows > ENOUGH_ROWS:
            break
        taken.append(_quote(word))
    return " | ".join(taken)


def _quote(word: str) -> str:
    """As a literal of a tsquery: nothing that was written is an operator."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
