"""Every kind of event a widget can send: the structs are the wire format.

They import no framework, so the protocol, the detectors, the replay of history and the generated
TypeScript all read the same definitions. Times are milliseconds since the epoch on the client's
clock; the offset measured at `hello` is stored beside them. Durations are milliseconds too.

Events contain no cycles, so the garbage collector need not walk the thousands of them that wait
for a commit (`gc=False`).
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Millis = Annotated[int, Meta(ge=0, le=4_102_444_800_000)]
Duration = Annotated[float, Meta(ge=0, le=86_400_000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Name = Annotated[str, Meta(max_length=120)]
Path = Annotated[str, Meta(max_length=512)]
Words = Annotated[str, Meta(max_length=2_000)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]


class Element(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A control or region of the page, identified in a way that survives a deploy.

    `id` is the fingerprint (role, test id, hashed name, place among landmarks); `name` is for
    humans and holds no page text unless the workspace allowed it.
    """

    id: Id
    name: Name = ""
    role: Name = ""
    ignore: Name = ""
    """Signal kinds that `data-vcsm-ignore` switches off here, separated by spaces; or `all`."""


class Event(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", kw_only=True, gc=False
):
    """Fields of every kind: the time on the client's clock, and the page (path without query)."""

    at: Millis
    page: Path = ""


class Page(Event, frozen=True, tag="page"):
    """A page was shown: loaded, navigated to inside the app, or restored."""

    how: Literal["load", "reload", "push", "replace", "back", "hash", "restore"] = "load"
    title: Name = ""


class Click(Event, frozen=True, tag="click"):
    """A completed, trusted click. No verdict for it means that the page answered in time."""

    click: Count
    """Number of the click within its tab; `verdict`, `error` and `request` refer to it."""
    element: Element
    x: int = 0
    y: int = 0


class Verdict(Event, frozen=True, tag="verdict"):
    """What became of a click or swipe that was not plainly answered.

    `answered` takes back an earlier verdict on the same click.
    """

    click: Count
    element: Element
    verdict: Literal["answered", "slow", "dead", "disabled", "error", "dead_swipe"]
    after: Duration = 0
    """Milliseconds from the click to this verdict's cause (or to the end of the window)."""
    reason: Name = ""


class Burst(Event, frozen=True, tag="burst"):
    """Clicks repeated on one control. Sent again with the same number as the burst grows.

    `rage`: the clicks went unanswered, or answered repeats undid each other.
    `repeat_use`: a stepper, calendar or toggle used many times; not friction, and it takes back an
    earlier `rage` of the same burst.
    """

    burst: Count
    element: Element
    verdict: Literal["rage", "repeat_use"]
    clicks: Count
    answered: Count = 0
    span: Duration = 0


class Input(Event, frozen=True, tag="input"):
    """One visit to a form field, or a form's refusal, submission or reset; never a value."""

    element: Element
    form: Name = ""
    how: Literal["focus", "leave", "invalid", "submit", "reset"] = "leave"
    edits: Count = 0
    """Keystrokes and other changes during the visit."""
    deletions: Count = 0
    dwell: Duration = 0
    hesitation: Duration = 0
    """Longest pause inside the visit."""
    filled: bool = False


class Error(Event, frozen=True, tag="error"):
    """An uncaught error or rejection. `click` is the click that led to it, if any."""

    message: Words
    source: Path = ""
    line: Count = 0
    click: Count | None = None


class Request(Event, frozen=True, tag="request"):
    """A request by the page that failed or was slow. A `status` of 0 means no answer at all."""

    method: Annotated[str, Meta(max_length=10)]
    route: Path
    """Path with identifiers replaced by `:id`, without the query."""
    status: Annotated[int, Meta(ge=0, le=999)]
    took: Duration = 0
    click: Count | None = None


class Vital(Event, frozen=True, tag="vital"):
    """A web-vitals measurement: LCP, INP and TTFB in milliseconds, CLS as a score."""

    metric: Literal["LCP", "INP", "TTFB", "CLS"]
    value: Annotated[float, Meta(ge=0, le=86_400_000)]
    element: Element | None = None


class Cursor(Event, frozen=True, tag="cursor"):
    """A window of fast, direction-changing pointer movement, summed up in the browser.

    `path` is its length and `box` the longer side of the box around it, both in pixels.
    """

    span: Duration
    path: Annotated[float, Meta(ge=0, le=10_000_000)]
    turns: Count
    box: Annotated[float, Meta(ge=0, le=100_000)]


class Visibility(Event, frozen=True, tag="visibility"):
    """The tab was hidden or shown again."""

    state: Literal["hidden", "visible"]


class Track(Event, frozen=True, tag="track"):
    """Something the product reported through `vcsm('track', name, properties)`."""

    name: Name
    properties: dict[
        Annotated[str, Meta(max_length=64)],
        Annotated[str, Meta(max_length=500)] | int | float | bool | None,
    ] = {}


class Search(Event, frozen=True, tag="search"):
    """A search in the product, reported through `vcsm('track', 'search', {query, results})`."""

    query: Name
    results: Count | None = None


class Question(Event, frozen=True, tag="question"):
    """The contact asked something in the panel. The `say` sent beside it gets answered; this event
    marks its place in the session."""

    text: Words


Any = (
    Page
    | Click
    | Verdict
    | Burst
    | Input
    | Error
    | Request
    | Vital
    | Cursor
    | Visibility
    | Track
    | Search
    | Question
)
"""An event of any kind: what a widget may send and a session consists of."""
