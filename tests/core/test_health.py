"""/healthz, /readyz and /metrics, as a balancer and a monitor see them."""

from typing import Any

import pytest
from django.test import Client

from vcsm.core.pulse import note_wait
from vcsm.core.queue import URGENT

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


def test_metrics_name_queues_waits_and_drops(client: Client) -> None:
    note_wait(queue=URGENT, sent_at=100.0, now=100.25)
    text = client.get("/metrics").content.decode()
    assert 'vcsm_queue_wait_seconds{queue="urgent"} 0.25' in text
    assert 'vcsm_queue_tasks{queue="default"}' in text
    for name in ("vcsm_sockets_open", "vcsm_ingest_waiting_events", "vcsm_ingest_commit_seconds"):
        assert f"# HELP {name} " in text


def test_metrics_without_a_broker_are_the_process_own(client: Client, settings: Any) -> None:
    settings.REDIS_URL = NOWHERE
    text = client.get("/metrics").content.decode()
    assert "vcsm_sockets_open" in text
    assert "vcsm_queue_tasks{" not in text


def test_metrics_ask_for_the_token_where_there_is_one(client: Client, settings: Any) -> None:
    settings.VCSM_METRICS_TOKEN = "s3cret"
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/metrics", headers={"authorization": "Bearer s3cret"}).status_code == 200
