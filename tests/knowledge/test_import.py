"""Articles from a folder, a list of addresses and a sitemap; again, changed, broken and hostile."""

import gzip
import json
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOON, Cast
from tests.served import serve
from vcsm.core import safe_http
from vcsm.core.safe_http import NotRead, is_public, read_page
from vcsm.knowledge import asked_import
from vcsm.knowledge.asked_import import ImportRunning, ask_import, import_some, latest_import
from vcsm.knowledge.importing import Imported, import_articles, import_file
from vcsm.knowledge.models import Article
from vcsm.knowledge.search import search
from vcsm.knowledge.sources import find_addresses, find_pages
from vcsm.knowledge.web_text import read_html

pytestmark = pytest.mark.django_db
PAGE = """<!doctype html><html><head><title>Help | Acme</title><script>alert(1)</script></head>
<body><nav><a href="/">Home</a></nav><main><header><h1>Export a <em>report</em></h1></header>
<p>Open it &amp; press   <b>Export</b>.</p><ol><li><p>Choose PDF</p></li><li>Wait<ul><li>a while
</li></ul></li></ol><pre>GET /a_b</pre><h2>Limits</h2><table><tr><td>Rows</td><td>1,000</td></tr>
</table><p hidden>secret</p></main><footer>© Acme</footer></body></html>"""
Answers = dict[str, tuple[int, str, bytes]]


class Site:
    """A web server on this machine, which is no public one."""

    def __init__(self) -> None:
        self.pages: Answers = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, kind, body = site.pages.get(self.path, (404, "text/plain", b""))
                self.send_response(status)
                self.send_header("Location" if status == 302 else "Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = serve(Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8") -> str:
        raw = body.encode() if isinstance(body, str) else body
        self.pages[path] = (200, kind, raw)
        return self.origin + path


@pytest.fixture
def web() -> Iterator[Site]:
    running = Site()
    yield running
    running.server.shutdown()
    running.server.server_close()


def bring(cast: Cast, source: Path | str, **how: bool) -> Imported:
    places = find_pages(str(source), private=True)
    *_, last = import_articles(
        places, workspace_id=cast.acme.pk, at=NOON, private=True, overwrite=how.get("force", False)
    )
    return last


def test_it_works(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "billing").mkdir()
    (tmp_path / "billing" / "invoices.md").write_text("# Invoices\n\nThey are under *Billing*.")
    (tmp_path / "export.html").write_text(PAGE)
    (tmp_path / "front.md").write_text("---\ntitle: Two factors\n---\nTurn it on in Security.")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    found = bring(cast, tmp_path)
    assert (found.total, found.added, found.failed) == (3, 3, 0)
    titles = set(Article.objects.filter(workspace=cast.acme).values_list("title", flat=True))
    assert titles == {"Invoices", "Export a report", "Two factors"}
    (first, *_) = search(workspace_id=cast.acme.pk, text="where are my invoices")
    assert first.text == "They are under Billing."


def test_again_changes_only_what_has_changed_and_nothing_a_member_wrote(
    cast: Cast, tmp_path: Path
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(f"# Title {name}\n\nText of {name}.")
    bring(cast, tmp_path)
    (tmp_path / "b.md").write_text("# Title b\n\nNew text.")
    article = Article.objects.get(workspace=cast.acme, title="Title c")
    article.versions.update(by=cast.alice)
    again = bring(cast, tmp_path)
    assert (again.added, again.changed, again.same, again.kept) == (0, 1, 1, 1)
    (tmp_path / "c.md").write_text("# Title c\n\nFrom outside.")
    assert bring(cast, tmp_path, force=True).changed == 1
    assert Article.objects.filter(workspace=cast.acme).count() == 3


def test_a_file_handed_over_is_the_article_that_its_folder_made(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Title a\n\nText of a.")
    bring(cast, tmp_path)
    hand = partial(import_file, workspace_id=cast.acme.pk, at=NOON)
    assert hand("a.md", "# Title a\n\nText of a.") == "same"
    assert hand("a.md", "# Title a\n\nNew text.") == "changed"
    assert hand("b/a.html", PAGE) == "added"
    for name, text in (("a.exe", "MZ"), ("..", "x"), ("empty.md", " \n")):
        with pytest.raises(NotRead):
            hand(name, text)
    assert Article.objects.filter(workspace=cast.acme).count() == 2


def test_html_loses_what_stands_around_it() -> None:
    title, body = read_html(PAGE)
    assert title == "Export a report"
    assert body == (
        "Open it & press Export.\n\n1. Choose PDF\n\n2. Wait\n\n  - a while\n\n"
        "```\nGET /a_b\n```\n\n## Limits\n\nRows 1,000"
    )


@pytest.mark.parametrize(
    "html", ["", "<", "<p>", "</div></div><h1>", "<ul></ol><li>" * 300, "\x00<main><pre>```</pre>"]
)
def test_broken_html_is_read_as_far_as_it_goes(html: str) -> None:
    title, body = read_html(html)
    assert isinstance(title, str)
    assert "alert" not in body


def test_a_sitemap_an_index_of_them_and_a_list(cast: Cast, web: Site, tmp_path: Path) -> None:
    one = web.put("/one", PAGE)
    two = web.put("/two", "<title>Plans</title><body>Three <b>plans</b>.</body>")
    entries = "".join(f"<url><loc> {one_} </loc></url>" for one_ in (one, two, one))
    inner = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    packed = web.put("/map.xml.gz", gzip.compress(inner.encode()), "application/gzip")
    index = web.put("/sitemap.xml", f"<sitemapindex><sitemap><loc>{packed}</loc></sitemap></sitemapindex>")  # noqa: E501  # fmt: skip
    assert bring(cast, index).added == 2
    (tmp_path / "list.txt").write_text(f"# ours\n{two}\n\n{web.origin}/gone\n")
    again = bring(cast, tmp_path / "list.txt")
    assert (again.same, again.failed) == (1, 1)
    assert "answers 404" in again.notes[0]
    assert Article.objects.get(workspace=cast.acme, title="Plans").url == two


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.xml", "<urlset><url>", "is not a sitemap"),
        ("a.xml", '<!DOCTYPE x [<!ENTITY a "b">]><urlset>&a;</urlset>', "is not a sitemap"),
        ("a.xml", "<urlset><url><loc>file:///etc/passwd</loc></url></urlset>", "not a web address"),
        ("a.txt", "ftp://a.example/\n", "not a web address"),
        ("a.pdf", "x", "is not a folder"),
        ("a.txt", "", "holds no articles"),
    ],
)
def test_a_source_that_is_none_is_one_sentence(
    name: str, text: str, why: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(NotRead, match=why):
        find_pages(str(tmp_path / name))


INSIDE = (
    "localhost",
    "[::1]",
    "[::]",
    "0x7f000001",
    "0x7f.1",
    "2130706433",
    "0177.0.0.1",
    "017700000001",
    "127.1",
    "0",
    "①②⑦.0.0.1",
    "127。0。0。1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "user@127.0.0.1",
)
"""This machine, as resolvers and browsers have been made to read it."""


def test_what_is_not_public_is_not_read(web: Site) -> None:
    address = web.put("/", PAGE)
    with pytest.raises(NotRead, match="not a public host"):
        read_page(address)
    for host in INSIDE:
        with pytest.raises(NotRead):
            read_page(f"http://{host}:{web.server.server_port}/")
    for address in ("file:///etc/passwd", "gopher://a/", "http://", "//x", "http://[", "http://\n"):
        with pytest.raises(NotRead):
            read_page(address)


@pytest.mark.parametrize(
    "machine",
    ["10.0.0.1", "169.254.169.254", "100.64.0.1", "fe80::1%eth0", "fd00::1", "64:ff9b::a00:1"]
    + ["::ffff:10.0.0.1", "2002:0a00:0001::", "224.0.0.1", "0.0.0.0", "::", "::10.0.0.1"]
    + ["64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:a00:1::f5ff:fffe", "192.88.99.1", "fec0::1"]
    + [
        "ff0e::1",
        "198.18.0.1",
        "192.0.0.192",
        "168.63.129.16",
        "240.0.0.1",
        "255.255.255.255",
        "100::1",
    ]
    + ["2001:db8::1", "2001:10::1", "3fff::1", "5f00::1", "4000::1", "fd00:ec2::254"],
)
def test_addresses_of_ones_own_network_are_not_public(machine: str) -> None:
    assert not is_public(machine)


def test_public_addresses_are() -> None:
    assert is_public("93.184.215.14")
    assert is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_a_name_that_points_elsewhere_the_second_time_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: what was checked is the very address that is connected to."""
    asked, reached = [], []
    answers = iter(["93.184.215.14", "127.0.0.1"])

    def resolve(host: str, port: int, **more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def reach(address: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(address)
        raise OSError("far away")

    monkeypatch.setattr(safe_http.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(safe_http.socket, "create_connection", reach)
    with pytest.raises(NotRead, match="far away"):
        read_page("http://rebind.example/")
    assert (asked, reached) == (["rebind.example"], [("93.184.215.14", 80)])


def test_a_host_with_one_public_and_one_inner_address_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = [(socket.AF_INET, 1, 6, "", (one, 80)) for one in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(safe_http.socket, "getaddrinfo", lambda *given, **more: both)
    with pytest.raises(NotRead, match="not a public host"):
        read_page("http://both.example/")


def test_a_redirect_is_looked_at_like_the_first_address(
    web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first hop is let through here; where it leads must still be public."""
    web.pages["/out"] = (302, f"{web.origin}/inside", b"")
    web.put("/inside", PAGE)
    allowed = iter([True])
    monkeypatch.setattr(safe_http, "is_public", lambda machine: next(allowed, False))
    with pytest.raises(NotRead, match="not a public host"):
        read_page(f"{web.origin}/out")
    web.pages["/loop"] = (302, "/loop", b"")
    with pytest.raises(NotRead, match="more than 5"):
        read_page(f"{web.origin}/loop", private=True)


def test_a_page_may_be_too_large_or_no_text(
    cast: Cast, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safe_http, "LARGEST", 1_000)
    for path, body, kind, why in (
        ("/big", b"x" * 2_000, "text/html", "larger than"),
        ("/pdf", b"%PDF", "application/pdf", "neither HTML nor Markdown"),
        ("/empty", b"<main></main>", "text/html", "has no text"),
    ):
        found = bring(cast, web.put(path, body, kind))
        assert found.failed == 1
        assert why in found.notes[0]
    assert not Article.objects.filter(workspace=cast.acme).exists()


def test_a_member_asks_and_a_worker_goes_on_where_it_stopped(
    cast: Cast, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safe_http, "is_public", lambda machine: True)
    pages = [web.put(f"/{number}", f"<title>T{number}</title>Text {number}") for number in range(3)]
    asked = ask_import(by=cast.alice, addresses="\n".join(pages), now=NOON)
    with pytest.raises(ImportRunning):
        ask_import(by=cast.alice, addresses=pages[0], now=NOON)
    hours = iter(NOON + timedelta(hours=number) for number in range(100))
    assert import_some(clock=lambda: next(hours), until=NOON)
    asked.refresh_from_db()
    assert (asked.outcome["added"], asked.finished_at) == (1, None)
    assert not import_some(clock=lambda: NOON, until=NOON + timedelta(hours=1))
    done = latest_import(cast.acme.pk)
    assert done is not None
    assert (done.outcome["added"], done.finished_at) == (3, NOON)
    assert latest_import(cast.globex.pk) is None


def test_a_worker_that_died_is_followed_by_another(cast: Cast) -> None:
    row = ask_import(by=cast.alice, addresses="http://localhost/a.xml", now=NOON)
    assert asked_import._claim(NOON) == row
    assert asked_import._claim(NOON + timedelta(minutes=1)) is None
    later: datetime = NOON + timedelta(minutes=3)
    assert not import_some(clock=lambda: later, until=later)
    row.refresh_from_db()
    assert "not a public host" in row.problem
    assert row.finished_at == later


@pytest.mark.parametrize("addresses", ["", "\n \n", "javascript:alert(1)", "x" * 200_001])
def test_what_is_no_address_is_refused(cast: Cast, addresses: str) -> None:
    with pytest.raises(NotRead):
        ask_import(by=cast.alice, addresses=addresses, now=NOON)
    assert find_addresses("# only a comment") == []


def test_the_command(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("# A\n\nB.")
    call_command("import_articles", cast.acme.slug, str(tmp_path))
    assert json.loads(capsys.readouterr().out)["added"] == 1
    with pytest.raises(CommandError, match="no workspace"):
        call_command("import_articles", "nobody", str(tmp_path))
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import_articles", cast.acme.slug, str(tmp_path / "gone.xml"))
