"""Answers from the workspace's articles with a passage and its source, or says it does not know."""

import re
from dataclasses import replace
from functools import lru_cache

from django.db import connection

from vcsm.core import embeddings
from vcsm.core.language import unread_language
from vcsm.knowledge.chunk import split_sentences
from vcsm.knowledge.index import read_shelf
from vcsm.knowledge.models import Library
from vcsm.knowledge.passage import Answer, Passage
from vcsm.knowledge.rank import answer_threshold, sureness
from vcsm.knowledge.rerank import READ, is_configured, rerank
from vcsm.knowledge.search import search
from vcsm.knowledge.threshold import hidden_article_scores

SAMPLE = 1_000
"""Passages from which the threshold is learned, at most."""
SENTENCES = 12
NEAR = 3
"""Passages found for a question: the answer, the next for its lead, and one for a draft."""

Edition = tuple[int, str]
# Plain SQL, since it runs for every struggle and the ORM would take longer than the query itself.
_EDITION = "SELECT version, encoder_id FROM knowledge_library WHERE workspace_id = %s"
NO_HELP = Answer(None, known=False, score=0.0, why="No article fits the place or the intent.")

_SEPARATORS = re.compile(r"[^\w]+|_|(?<=[a-z])(?=[A-Z])")


def answer(*, workspace_id: int, text: str, page: str | None = None) -> Answer:
    """Returns the passage that answers, with its best sentence, or `known=False` with the reason.

    A question or a passage in a language that the encoder does not read is left to a person: that
    their words are alike would be a guess.
    """
    found = _look_up(workspace_id=workspace_id, text=text, page=page)
    asked = unread_language(text)
    held = unread_language(found.passage.text) if found.passage else ""
    if not (asked or held):
        return found
    what = "question" if asked else "nearest article"
    why = f"The {what} is in a language that is not read here ({asked or held})."
    return replace(found, passage=None, known=False, why=why, highlight="")


def _look_up(*, workspace_id: int, text: str, page: str | None = None) -> Answer:
    read = READ if is_configured() else NEAR
    found = search(workspace_id=workspace_id, text=text, limit=read, page=page)
    if is_configured():
        found = rerank(text, found)[:NEAR]
    if not found:
        return Answer(None, known=False, score=0.0, why="No article says anything about this.")
    sure = sureness([passage.score for passage in found[:2]])
    return _judge(found, sure, text, threshold_for(workspace_id))


def edition_of(workspace_id: int) -> Edition | None:
    """Returns what changes with every article; None where there has never been one."""
    with connection.cursor() as cursor:
        cursor.execute(_EDITION, [workspace_id])
        found: Edition | None = cursor.fetchone()
    return found


def help_for(
    *,
    workspace_id: int,
    page: str,
    element_name: str = "",
    intent_title: str = "",
    signal_kind: str = "",
    edition: Edition | None,
) -> Answer:
    """Finds help for a struggle nobody described: by where they are stuck, else by their intent.

    The place comes first because it is what fails now; what was asked before may be another matter.
    `signal_kind` only breaks near ties: an article about errors is nearer to an error. `edition` is
    the workspace's from `edition_of`, so that it is asked once for all signals.
    """
    if edition is None:
        return NO_HELP
    return _find_help(
        workspace_id,
        edition,
        _spell_out(element_name),
        _spell_out(f"{element_name} {page}"),
        intent_title,
        _spell_out(signal_kind),
    )


@lru_cache(2_000)
def _find_help(
    workspace_id: int,
    edition: Edition,
    element: str,
    place: str,
    intent_title: str,
    signal: str,
) -> Answer:
    """Finds the help; kept until an article changes, which `edition` tells.

    What many struggle with at once is thus looked up once.
    """
    where = [place, f"{intent_title} {element}".strip() if element else ""]
    for questions in (where, [intent_title]):
        answers = [
            _look_up(workspace_id=workspace_id, text=question, page=f"{place} {signal}")
            for question in dict.fromkeys(filter(None, questions))
        ]
        best = max(answers, key=lambda one: one.score, default=None)
        if best is not None and best.known:
            return best
    return NO_HELP


def threshold_for(workspace_id: int) -> float:
    """Returns how sure an answer of this workspace must be to be given."""
    library = Library.objects.filter(workspace_id=workspace_id).first()
    if library is None:
        return answer_threshold([])
    return _learn_threshold(workspace_id, library.version, library.encoder_id)


@lru_cache(256)
def _learn_threshold(workspace_id: int, version: int, encoder_id: str) -> float:
    """Learns the threshold; kept until an article or the encoder changes, as the arguments tell."""
    shelf = read_shelf(workspace_id=workspace_id, at_most=SAMPLE)
    if not shelf.articles or embeddings.read_as(encoder_id, "") is None:
        return answer_threshold([])

    def read(question: str) -> embeddings.Vector:
        reading = embeddings.read_as(encoder_id, question)
        assert reading is not None, "it was opened above"
        return reading.sentence

    return answer_threshold(
        hidden_article_scores(
            articles=shelf.articles,
            questions=shelf.questions,
            words=shelf.words,
            vectors=shelf.vectors,
            read=read,
        )
    )


def _judge(found: list[Passage], sure: float, text: str, threshold: float) -> Answer:
    passage, near = found[0], tuple(found)
    if sure < threshold:
        why = (
            f"The nearest article, “{passage.title}”, reaches {sure:.2f} with its lead over the "
            f"next, below the {threshold:.2f} from which an answer is given."
        )
        return Answer(None, known=False, score=sure, why=why, near=near)
    why = f"“{passage.title}” reaches {sure:.2f}, at or above {threshold:.2f}."
    return Answer(passage, True, sure, why, _highlight(passage.text, text), near)


def _highlight(passage: str, text: str) -> str:
    sentences = split_sentences(passage)[:SENTENCES]
    if len(sentences) < 2:
        return "".join(sentences)
    question = embeddings.encode(text)
    return max(sentences, key=lambda sentence: float(embeddings.encode(sentence) @ question))


def _spell_out(place: str) -> str:
    """Returns a name as words: `/billing/add_card` → "billing add card", `saveButton` alike."""
    return " ".join(part for part in _SEPARATORS.split(place) if part and not part.isdigit())
