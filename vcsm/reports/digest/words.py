"""The digest in words: plain text, and HTML that every mail program shows as intended."""

from html import escape
from urllib.parse import urlencode

from vcsm.core.money import write_money
from vcsm.problems.lifecycle import WORDS
from vcsm.reports.digest.gather import MOST_LINES, Digest, ProblemLine
from vcsm.reports.friction import FrictionLine

STATES = {
    "open": "open",
    "acknowledged": "acknowledged",
    "claimed": "said to be fixed, not proved yet",
    "verified": "fixed, and proved by the rate",
}
_CELL = "padding:6px 10px 6px 0;border-bottom:1px solid #e3e7ee;vertical-align:top"
_NAMES = f"{_CELL};word-break:break-word"
"""A name without spaces is broken, or it would push the numbers out of sight."""


def subject_of(digest: Digest) -> str:
    standing = sum(1 for one in digest.problems if one.verified_at is None)
    return f"{digest.workspace}: {_many(standing, 'problem')}, {_hit(digest)} hit by friction"


def write_text(digest: Digest) -> str:
    lines = [f"Friction in {digest.workspace}, {_period(digest)}", "", _summary(digest), ""]
    lines.append("PROBLEMS")
    problems = [f"- {_problem(one, digest.currency)}" for one in digest.problems]
    lines += problems or ["- None at the moment."]
    lines += ["", "WHERE CONTACTS GET STUCK"]
    lines += [f"- {_line(one)}" for one in _lines(digest)] or [_silence(digest)]
    if digest.address:
        lines += ["", f"The whole report: {report_address(digest)}"]
    return "\n".join(lines) + "\n"


def write_html(digest: Digest, *, pictures: dict[str, str]) -> str:
    """Writes the HTML. `pictures` maps names to addresses in the message, `cid:…` or `data:…`."""
    parts = [
        f"<h1 style='font-size:20px;margin:0 0 4px'>Friction in {escape(digest.workspace)}</h1>",
        f"<p style='color:#5b6675;margin:0 0 16px'>{escape(_period(digest))}</p>",
        f"<p>{escape(_summary(digest))}</p>",
        _picture(pictures, "week", "Signals per day, this week and the week before"),
        "<h2 style='font-size:16px'>Problems</h2>",
        _problem_table(digest),
        "<h2 style='font-size:16px'>Where contacts get stuck</h2>",
        _picture(pictures, "shares", "Share of the sessions hit, with its 95 % interval")
        if digest.week.lines
        else "",
        _line_table(digest),
        f"<p>{_link(report_address(digest), 'Open the whole report')}</p>"
        if digest.address
        else "",
    ]
    # Mail programs drop the body's style; Outlook uses Times if it does not know the first font.
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='color-scheme' content='light'>"
        f"<title>{escape(subject_of(digest))}</title></head><body style='margin:0'>"
        "<div style='font:14px/1.5 Arial,Helvetica,sans-serif;color:#1c2430;background:#fff;"
        "word-wrap:break-word;max-width:640px;margin:0 auto;padding:24px 16px'>"
        + "\n".join(filter(None, parts))
        + "</div>"
        "</body></html>"
    )


def report_address(digest: Digest) -> str:
    """Returns the report's address; it carries the period it shows."""
    return f"{digest.address}/console/friction?{urlencode({'period': '7d'})}"


def _summary(digest: Digest) -> str:
    now, then = digest.week.totals, digest.before.totals
    if now.sessions_seen == 0:
        return _silence(digest)
    change = ""
    if then.sessions_seen:
        share, was = now.sessions / now.sessions_seen, then.sessions / then.sessions_seen
        change = f" The week before it was {100 * was:.1f} %, now {100 * share:.1f} %."
    return (
        f"{_many(now.sessions, 'session')} of {now.sessions_seen:,} ran into friction: "
        f"{_hit(digest)} from {_many(now.accounts, 'account')}.{change}"
    )


def _silence(digest: Digest) -> str:
    if digest.week.totals.sessions_seen:
        return "Nobody ran into friction."
    return "No sessions were recorded, so this says nothing about how the product is doing."


def _problem(one: ProblemLine, currency: str) -> str:
    facts = [STATES.get(one.state, one.state)]
    if one.own:
        facts.append("yours")
    elif one.team:
        facts.append(one.team)
    if one.due_at is not None:
        facts.append(f"to be acknowledged by {one.due_at:%d %b %H:%M} UTC")
    if one.release:
        facts.append(f"since {one.release}")
    cost = f"{_many(one.cost.contacts, 'contact')} from {_many(one.cost.accounts, 'account')}"
    worth = f", {write_money(one.cost.revenue, currency)} a year" if one.cost.revenue else ""
    return f"{one.title} ({', '.join(facts)}): {cost}{worth}"


def _line(one: FrictionLine) -> str:
    what = WORDS.get(one.kind, one.kind)
    where = one.element_name or one.element or "the page"
    return (
        f"{what}: {where} at {one.page or '/'}: {_many(one.contacts, 'contact')}, "
        f"{100 * one.share:.1f} % of the sessions that saw it "
        f"({100 * one.share_low:.1f} to {100 * one.share_high:.1f})"
    )


def _problem_table(digest: Digest) -> str:
    if not digest.problems:
        return "<p>None at the moment.</p>"
    rows = []
    for one in digest.problems:
        words = escape(_problem(one, digest.currency))
        address = f"{digest.address}/console/problems/{one.id}"
        title = _link(address, one.title) if digest.address else escape(one.title)
        rows.append(f"<li style='margin:0 0 8px'>{words.replace(escape(one.title), title, 1)}</li>")
    return f"<ul style='padding-left:18px'>{''.join(rows)}</ul>"


def _line_table(digest: Digest) -> str:
    if not digest.week.lines:
        return f"<p>{escape(_silence(digest))}</p>"
    head = "".join(
        f"<th style='{_CELL};text-align:left'>{word}</th>"
        for word in ("Where", "Contacts", "Of those who saw it")
    )
    rows = [
        # One below the other: a phone has no room for both side by side.
        f"<tr><td style='{_NAMES}'><strong>{escape(WORDS.get(one.kind, one.kind))}</strong><br>"
        f"{escape(one.element_name or one.element)} "
        f"<code style='font-size:12px'>{escape(one.page or '/')}</code></td>"
        f"<td style='{_CELL}'>{one.contacts:,}</td>"
        f"<td style='{_CELL};white-space:nowrap'>{100 * one.share:.1f} %<br>"
        f"({100 * one.share_low:.1f} to {100 * one.share_high:.1f})</td></tr>"
        for one in _lines(digest)
    ]
    return (
        f"<table style='border-collapse:collapse;width:100%'><tr>{head}</tr>{''.join(rows)}</table>"
    )


def _lines(digest: Digest) -> tuple[FrictionLine, ...]:
    return digest.week.lines[:MOST_LINES]


def _picture(pictures: dict[str, str], name: str, words: str) -> str:
    if name not in pictures:
        return ""
    # The attribute is for programs that know no style; a phone is narrower than that.
    narrow = "max-width:100%;height:auto"
    source, words = escape(pictures[name]), escape(words)
    return f"<p><img src='{source}' alt='{words}' width='600' style='{narrow}'></p>"


def _link(address: str, words: str) -> str:
    return f"<a href='{escape(address)}' style='color:#3456d1'>{escape(words)}</a>"


def _period(digest: Digest) -> str:
    return f"{digest.since:%d %b %Y} to {digest.until:%d %b %Y}"


def _hit(digest: Digest) -> str:
    return _many(digest.week.totals.contacts, "contact")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
