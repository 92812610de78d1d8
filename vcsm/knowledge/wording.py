"""Finds passages that share telling words with a question, by PostgreSQL's full text.

"Any of the words" would match most of a large workspace through "card" and "how". So words are
taken rarest first, by the planner's own statistics, until they bring enough rows.
"""

from django.db import connection

ENOUGH_ROWS = 1_500
"""Passages whose words are weighed; more would cost more than they tell."""
MOST_WORDS = 32

# Functions of `migrations/0011_words_as_owner.py`, which exist only to run as the tables' owner.
_FREQUENCY = "SELECT word, expected FROM knowledge_word_rows(%s)"
_FIND = "SELECT knowledge_worded(%s, %s::tsquery, %s, %s)"


def find_by_words(*, workspace_id: int, text: str, limit: int) -> list[int]:
    """Returns ids of up to `limit` passages of published articles, best match first."""
    with connection.cursor() as cursor:
        cursor.execute(_FREQUENCY, (text[:5_000],))
        query = _telling_query(cursor.fetchall())
        if not query:
            return []
        cursor.execute(_FIND, (workspace_id, query, ENOUGH_ROWS, limit))
        return [chunk_id for (chunk_id,) in cursor.fetchall()]


def _telling_query(words: list[tuple[str, float]]) -> str:
    """Returns a query for any of the rarest words, or for three at once if all are everywhere."""
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
    """Quotes a word as a literal of a tsquery, so that nothing written acts as an operator."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
