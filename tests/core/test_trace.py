"""Reading and writing a trace's header; what a request answers and what a line says."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from uuid import UUID

import pytest
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.stack import ROOT
from vcsm.core.log_lines import set_up_logs
from vcsm.core.trace import Trace, current_trace, read_traceparent, trace_of, traceparent, tracing

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
HEADER = f"00-{TRACE}-{SPAN}-01"


def test_it_works() -> None:
    assert read_traceparent(HEADER) == Trace(TRACE, SPAN)
    with tracing(Trace(TRACE, SPAN)):
        assert traceparent() == HEADER
    assert current_trace().id == ""


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        7,
        f"00-{TRACE}-{SPAN}",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"{HEADER}\n",
    ],
)
def test_what_is_no_header_begins_nothing(header: object) -> None:
    assert read_traceparent(header) is None


@given(st.uuids(version=4))
def test_a_visit_without_a_span_arrives_without_one(session: UUID) -> None:
    assert read_traceparent(traceparent(trace_of(session))) == Trace(session.hex)


def test_a_request_goes_on_with_the_callers_trace(client: Client) -> None:
    assert client.get("/healthz", headers={"traceparent": HEADER})["X-Trace-Id"] == TRACE
    made = client.get("/healthz", headers={"traceparent": "nonsense"})["X-Trace-Id"]
    assert len(made) == 32 and made != client.get("/healthz")["X-Trace-Id"]


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """What is written, set up as in production."""
    set_up_logs({"level": "INFO", "form": "json", "words": False})
    written = io.StringIO()
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(written)
    yield written
    set_up_logs({"level": "INFO", "form": "text", "words": False})


def test_a_line_has_its_trace_and_no_words_of_an_error(logs: io.StringIO) -> None:
    try:
        int("zanzibar")
    except ValueError as error:
        with tracing(Trace(TRACE)):
            structlog.get_logger("ours").exception("it broke", workspace=7)
            logging.getLogger("theirs").warning("it broke: %s", error, exc_info=True)
    said = logs.getvalue()
    ours, theirs = map(json.loads, said.splitlines())
    assert "zanzibar" not in said
    assert (ours["trace"], ours["workspace"], ours["error"]) == (TRACE, 7, "ValueError")
    assert (theirs["trace"], theirs["event"]) == (TRACE, "it broke: ValueError")
    assert "test_trace.py" in ours["frames"][-1]


def test_a_machines_error_is_told_in_its_own_words(logs: io.StringIO) -> None:
    logging.getLogger("theirs").warning("away: %s", ConnectionRefusedError(111, "refused"))
    assert "refused" in logs.getvalue()


@pytest.mark.parametrize("wrong", [{"level": "LOUD"}, {"form": "xml"}])
def test_a_wrong_setting_is_named(wrong: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="VCSM_LOG_"):
        set_up_logs({"level": "INFO", "form": "json", "words": False, **wrong})


def test_no_exporter_is_loaded_and_no_thread_started_without_an_endpoint() -> None:
    """redis-py reads OpenTelemetry's metrics by itself where it is installed; we read nothing."""
    program = (
        "import sys, threading, django; django.setup(); from vcsm.core.spans import span\n"
        "with span('a'): pass\n"
        "ours = ('opentelemetry.exporter', 'opentelemetry.sdk.trace.export')\n"
        "loaded = [name for name in sys.modules if name.startswith(ours)]\n"
        "sys.exit(loaded or threading.active_count() > 1)"
    )
    env = {"DJANGO_SETTINGS_MODULE": "vcsm.config.settings", "PATH": ""}
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env).returncode == 0
