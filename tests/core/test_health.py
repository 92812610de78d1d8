"""/healthz, /readyz and /metrics, as a balancer and a monitor see them."""

import re
import time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from kombu import Connection

from tests.stack import ROOT
from vcsm.core import queue
from vcsm.core.pulse import note_wait, send_pulse
from vcsm.core.queue import URGENT
from vcsm.dead_letters.keep import Failed, keep

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.mark.django_db
def test_it_works(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "missing": {}})


@pytest.mark.django_db
def test_a_missing_broker_is_named_and_the_process_still_lives(
    client: Client, settings: Any
) -> None:
    settings.REDIS_URL = NOWHERE
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["missing"] == {"redis": "Redis does not answer."}
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_metrics_name_queues_waits_and_drops(client: Client) -> None:
    note_wait(queue=URGENT, sent_at=100.0, now=100.25)
    text = client.get("/metrics").content.decode()
    assert 'vcsm_queue_wait_seconds{queue="urgent"} 0.25' in text
    assert 'vcsm_queue_tasks{queue="default"}' in text
    for name in ("vcsm_sockets_open", "vcsm_ingest_waiting_events", "vcsm_ingest_commit_seconds"):
        assert f"# HELP {name} " in text


@pytest.mark.django_db
def test_metrics_without_a_broker_are_the_process_own(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = NOWHERE
    monkeypatch.setattr(queue.app, "connection_for_read", lambda **how: Connection(NOWHERE, **how))
    text = client.get("/metrics").content.decode()
    assert "vcsm_sockets_open" in text
    assert "vcsm_queue_tasks{" not in text


@pytest.mark.django_db
def test_metrics_ask_for_the_token_where_there_is_one(client: Client, settings: Any) -> None:
    settings.VCSM_METRICS_TOKEN = "s3cret"
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer s3cret"}).status_code == 200


@pytest.mark.django_db
def test_a_queue_nobody_works_on_grows_old(client: Client) -> None:
    queue.app.connection_for_write().channel().queue_declare("bulk")
    send_pulse("bulk", now=time.time() - 40)
    send_pulse("bulk", now=time.time() - 20)
    try:
        assert 40 <= _value(client, 'vcsm_queue_age_seconds{queue="bulk"}') < 60
        assert 20 <= _value(client, 'vcsm_beat_silent_seconds{queue="bulk"}') < 40
        assert _value(client, 'vcsm_queue_tasks{queue="bulk"}') >= 2
        note_wait(queue="bulk", sent_at=time.time())
        assert _value(client, 'vcsm_queue_age_seconds{queue="bulk"}') == 0
    finally:
        queue.app.connection_for_write().channel().queue_purge("bulk")


@pytest.mark.django_db
def test_every_metric_is_in_the_docs_and_the_docs_name_no_other(client: Client) -> None:
    keep(Failed(task="any", arguments={}, error=ValueError()), now=timezone.now())
    note_wait(queue=URGENT, sent_at=time.time())
    send_pulse("bulk")
    told = set(re.findall(r"^# HELP (vcsm_\w+)", client.get("/metrics").content.decode(), re.M))
    told = {name for name in told if not name.endswith("_created")}
    words = (ROOT / "docs" / "operations.md").read_text()
    assert set(re.findall(r"^\| `(vcsm_\w+)`", words, re.M)) == told
    assert 'vcsm_dead_letters{task="any"} 1.0' in client.get("/metrics").content.decode()


def _value(client: Client, name: str) -> float:
    lines = client.get("/metrics").content.decode().splitlines()
    return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))
