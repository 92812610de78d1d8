"""The weekly digest, and the report as PDF."""

import email
import re
import zlib
from base64 import a85decode
from dataclasses import replace
from datetime import timedelta
from email import policy
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from PIL import Image

from tests.cast import NOON, Cast
from tests.console.conftest import signed_in
from tests.console.scene import add_signal
from tests.reports.test_friction import count
from vcsm.config.mail import mail_from_url
from vcsm.problems.cost import Cost
from vcsm.problems.lifecycle import open_problem
from vcsm.problems.models import Place, Team
from vcsm.reports import pdf
from vcsm.reports.asked import Asked
from vcsm.reports.digest.charts import draw_shares
from vcsm.reports.digest.deliver import CLAIM, TRIES, send_digests, write_digests
from vcsm.reports.digest.gather import Digest, gather_digest
from vcsm.reports.digest.mail import make_message
from vcsm.reports.digest.words import write_html, write_text
from vcsm.reports.friction import friction_report
from vcsm.reports.held import hold
from vcsm.reports.models import DigestMail
from vcsm.reports.pdf import axis_top, write_pdf
from vcsm.reports.sections import page_map

UNTIL = NOON + timedelta(hours=1)


def digest_of(cast: Cast, *, name: str = "Export") -> Digest:
    session = cast.session()
    add_signal(session, key="a", element_name=name)
    count(cast)
    team = Team.objects.create(workspace=cast.acme, name="Cards", email="cards@acme.test")
    problem = open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None,
        place=Place.objects.filter(kind="rage").first(), began_at=NOON, now=NOON,
    )  # fmt: skip
    problem.team = team
    problem.save()
    return gather_digest(cast.acme, until=UNTIL, to="cards@acme.test", address="https://vcsm.test/")


def test_it_works(cast: Cast) -> None:
    message = make_message(digest_of(cast), to="cards@acme.test")
    parsed = email.message_from_bytes(message.message().as_bytes(), policy=policy.default)

    parts = {part.get_content_type(): part for part in parsed.walk()}
    text, html = (parts[one].get_content() for one in ("text/plain", "text/html"))
    assert "Rage clicks on Export at /reports" in text
    assert "yours" in text
    assert "1 contact from 1 account" in text
    assert "https://vcsm.test/console/friction?period=7d" in text
    pictures = [part for part in parsed.walk() if part.get_content_type() == "image/png"]
    named = {part["Content-ID"].strip("<>") for part in pictures}
    assert {one.removeprefix("cid:") for one in re.findall(r"src='(cid:[^']+)'", html)} == named
    for part in pictures:
        assert Image.open(BytesIO(part.get_content())).width == 1200
    assert re.findall(r"<img [^>]*alt='[^']+'", html)


def test_a_name_from_a_page_is_text_in_mail(cast: Cast) -> None:
    digest = digest_of(cast, name="<script>alert(1)</script>\nBcc: x@y.z")

    html = write_html(digest, pictures={})
    message = make_message(digest, to="a@b.test")

    assert "<script>" not in html
    assert "Bcc" not in dict(message.message().items())


@pytest.mark.parametrize("name", ["W" * 120, "導出" * 40, "two\nlines", ""])
def test_a_long_name_stays_on_its_picture(cast: Cast, name: str) -> None:
    line = replace(digest_of(cast).week.lines[0], element_name=name)
    picture = Image.open(BytesIO(draw_shares([line])))

    left = picture.crop((0, 0, 4, picture.height))
    assert left.getextrema() == ((255, 255),) * 3, "the name begins outside of the picture"
    assert picture.getextrema() != ((255, 255),) * 3


def test_a_workspace_nobody_came_to_says_that_nothing_is_known(cast: Cast) -> None:
    digest = gather_digest(cast.globex, until=UNTIL, to="a@b.test", address="")

    assert "this says nothing about how the product is doing" in write_text(digest)
    assert "http" not in write_text(digest)
    assert make_message(digest, to="a@b.test").message().as_bytes()


def test_each_address_gets_each_week_once(
    cast: Cast, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, address in (("Cards", "cards@acme.test"), ("Nobody", "")):
        Team.objects.create(workspace=cast.acme, name=name, email=address)
    assert [write_digests(now=NOON + timedelta(hours=one)) for one in range(2)] == [1, 0]

    assert send_digests(now=NOON) == 0  # no mail server: nothing is claimed, nothing lost
    settings.SMTP_URL = "smtp://mail.test"  # type: ignore[attr-defined]
    assert [send_digests(now=NOON) for _ in range(2)] == [1, 0]
    [sent] = mail.outbox
    assert sent.to == ["cards@acme.test"]

    DigestMail.objects.update(claimed_at=None, sent_at=None, tries=0)

    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)
    hours = [NOON + timedelta(hours=one) for one in range(TRIES + 1)]
    assert [send_digests(now=one) for one in hours] == [0] * len(hours)
    row = DigestMail.objects.get()
    assert (row.failed, row.tries, row.claimed_at) == ("nobody listens", TRIES, hours[TRIES - 1])


def test_a_worker_that_died_with_a_digest_is_followed_by_another(
    cast: Cast, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SMTP_URL = "smtp://mail.test"  # type: ignore[attr-defined]
    Team.objects.create(workspace=cast.acme, name="Cards", email="cards@acme.test")
    write_digests(now=NOON)
    send = mail.EmailMultiAlternatives.send

    def send_and_die(message: mail.EmailMultiAlternatives) -> int:
        send(message)
        raise SystemExit("killed")

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(mail.EmailMultiAlternatives, "send", send_and_die)
        send_digests(now=NOON)

    assert send_digests(now=NOON + CLAIM) == 0, "it may be at work still"
    assert send_digests(now=NOON + CLAIM + timedelta(seconds=1)) == 1
    assert send_digests(now=NOON + timedelta(days=1)) == 0
    first, second = (sent.message()["Message-ID"] for sent in mail.outbox)
    assert first == second, "a mailbox cannot tell that it is the same"


def test_the_command_writes_or_says_why_not(cast: Cast, tmp_path: Path) -> None:
    file, out = tmp_path / "digest.eml", StringIO()
    asked = {"to": "a@b.test", "workspace": "acme"}

    call_command("send_digest", **asked, dry_run=str(file), stdout=out)

    assert b"multipart" in file.read_bytes()
    assert "Wrote" in out.getvalue()
    for place in (tmp_path, tmp_path / "none" / "digest.eml"):
        with pytest.raises(CommandError, match=f"{place} cannot be written"):
            call_command("send_digest", **asked, dry_run=str(place))
    with pytest.raises(CommandError, match="SMTP_URL is not set"):
        call_command("send_digest", **asked)
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("send_digest", **{**asked, "to": "nobody"})
    with pytest.raises(CommandError, match="no workspace 'gone'"):
        call_command("send_digest", **{**asked, "workspace": "gone"})
    with pytest.raises(CommandError, match="several workspaces"):
        call_command("send_digest", to="a@b.test")


@pytest.mark.parametrize("url", ["mail.test", "http://mail.test", "smtp://", "smtp://a:b"])
def test_a_mail_server_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SMTP_URL"):
        mail_from_url(url)


def test_a_mail_server_is_read() -> None:
    server = mail_from_url("smtp://me%40a.test:p%3Aw@mail.test:587")
    assert (server.host, server.user, server.password) == ("mail.test", "me@a.test", "p:w")
    assert (server.sealed_later, server.whole_line_sealed) == (True, False)
    assert mail_from_url("smtps://mail.test").port == 465


def test_what_a_problem_exposes_is_told_in_the_workspaces_currency(cast: Cast) -> None:
    cast.acme.currency = "CHF"
    digest = digest_of(cast)
    [problem] = digest.problems
    cost = Cost(sessions=1, contacts=1, accounts=1, revenue=48_000)
    digest = replace(digest, problems=(replace(problem, cost=cost),))

    said = "1 contact from 1 account, CHF\xa048,000 a year"
    assert said in write_text(digest)
    assert said in write_html(digest, pictures={})


@pytest.mark.parametrize(("currency", "drawn"), [("EUR", "€48,000"), ("INR", "INR 48,000")])
def test_the_pdf_says_money_with_the_letters_it_has(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, currency: str, drawn: str
) -> None:
    """The font that is always there has a sign for the euro, and none for the rupee."""
    monkeypatch.setattr(pdf, "_font", lambda: pdf.PLAIN)
    digest_of(cast)
    asked = Asked(cast.acme.pk, NOON - timedelta(days=7), UNTIL)
    data = write_pdf(friction_report(asked, now=UNTIL), [], title="Acme", currency=currency)

    assert drawn in texts_of(data)


def test_the_pdf_breaks_no_number(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_font", lambda: pdf.PLAIN)
    week = digest_of(cast).week
    many = replace(week.lines[0], contacts=1_975_296, sessions=24_691_340, revenue=987_654_321_012)
    data = write_pdf(replace(week, lines=(many,)), [], title="Acme", currency="EUR")

    assert {"1,975,296", "24,691,340", "€987,654,321,012"} <= set(texts_of(data))


def texts_of(data: bytes) -> list[str]:
    """Every text that is drawn in one of the fonts that readers of PDF bring."""
    streams = re.findall(rb"stream\r?\n(.+?)endstream", data, re.DOTALL)
    pages = [zlib.decompress(a85decode(one.strip(), adobe=False)) for one in map(_whole, streams)]
    drawn = re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", b"".join(pages))
    return [re.sub(rb"\\(\d{3})", _letter, one).decode("cp1252") for one in drawn]


def _whole(stream: bytes) -> bytes:
    return stream.strip().removesuffix(b"~>")


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8)])


@pytest.mark.parametrize("name", ["Export", "導出 <b>&", "=1+1"])
def test_the_report_as_pdf(cast: Cast, name: str) -> None:
    digest_of(cast, name=name)
    asked = Asked(cast.acme.pk, NOON - timedelta(days=7), UNTIL)
    data = write_pdf(
        friction_report(asked, now=UNTIL), page_map(hold(asked)), title="Acme", currency="EUR"
    )

    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(data) > 2_000


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (3, 4), (38, 40), (75, 80), (99, 100), (101, 200)]
)
def test_the_pdfs_axis_ends_at_a_round_number_with_a_whole_half(most: int, top: int) -> None:
    assert axis_top(most) == top


def test_the_pdf_over_http_also_of_an_empty_workspace(cast: Cast) -> None:
    answer = signed_in(cast.charlie).get("/console/api/friction.pdf", {"period": "30d"})

    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")
