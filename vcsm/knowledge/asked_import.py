"""Imports web pages as articles when a member asks; a worker does it, step by step."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db.models import Q

from vcsm.accounts.models import Member
from vcsm.core.queue import enqueue_on_commit
from vcsm.core.safe_http import NotRead
from vcsm.knowledge.importing import Imported, import_one
from vcsm.knowledge.models import ArticleImport
from vcsm.knowledge.sources import Place, find_addresses

TASK = "knowledge.import"
LONGEST = 200_000
"""Characters of the addresses, at most."""
SILENT = timedelta(minutes=2)
"""Silence after which a worker is taken for dead; a page takes 20 seconds at most."""


class ImportRunning(Exception):
    """An import of the workspace is running already; they run one at a time."""


def ask_import(*, by: Member, addresses: str, now: datetime) -> ArticleImport:
    """Stores a member's request for an import and queues it.

    Raises `NotRead` for text that is not addresses of the web, `ImportRunning` while another runs.
    """
    if len(addresses) > LONGEST:
        raise NotRead(f"At most {LONGEST:,} characters of addresses are read.")
    lines = [line.strip() for line in addresses.replace("\x00", "").splitlines()]
    wrong = [line for line in lines if line and not line.startswith(("http://", "https://"))]
    if wrong:
        raise NotRead(f"{wrong[0][:80]!r} is not a web address.")
    if not any(lines):
        raise NotRead("There is no address.")
    if ArticleImport.objects.filter(workspace_id=by.workspace_id, finished_at=None).exists():
        raise ImportRunning("An import is running already.")
    made = ArticleImport.objects.create(
        workspace_id=by.workspace_id, by=by, addresses="\n".join(filter(None, lines)), asked_at=now
    )
    enqueue_on_commit(TASK)
    return made


def latest_import(workspace_id: int) -> ArticleImport | None:
    return ArticleImport.objects.filter(workspace_id=workspace_id).order_by("-asked_at").first()


def import_some(*, clock: Callable[[], datetime], until: datetime) -> bool:
    """Goes on with requested imports; returns whether any is left. Safe to run twice."""
    while (row := _claim(clock())) is not None:
        _go_on(row, clock=clock, until=until)
        if clock() >= until:
            break
    return ArticleImport.objects.filter(finished_at=None, told_at=None).exists()


def _claim(now: datetime) -> ArticleImport | None:
    free = Q(told_at=None) | Q(told_at__lt=now - SILENT)
    waiting = ArticleImport.objects.filter(free, finished_at=None).order_by("asked_at")
    for row in waiting[:20]:
        mine = ArticleImport.objects.filter(free, pk=row.pk, finished_at=None)
        if mine.update(told_at=now):
            return row
    return None


def _go_on(row: ArticleImport, *, clock: Callable[[], datetime], until: datetime) -> None:
    mine = ArticleImport.objects.filter(pk=row.pk)
    if row.pages is None:
        try:
            row.pages = [place.key for place in find_addresses(row.addresses)]
        except NotRead as error:
            mine.update(finished_at=clock(), problem=str(error))
            return
        row.outcome = asdict(Imported(total=len(row.pages)))
        mine.update(pages=row.pages, outcome=row.outcome, told_at=clock())
    imported = Imported(**row.outcome)
    for page in row.pages[imported.done :]:
        import_one(Place(page), imported, workspace_id=row.workspace_id, at=clock())
        mine.update(outcome=asdict(imported), told_at=clock())
        if clock() >= until:
            break
    if imported.done >= imported.total:
        mine.update(finished_at=clock())
    else:
        mine.update(told_at=None)
