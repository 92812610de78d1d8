"""Loads the encoder before a worker takes its first task, so that no contact waits for it."""

from typing import Any

from celery.signals import worker_process_init

from vcsm.core.embeddings import encode


@worker_process_init.connect
def load_encoder(**_: Any) -> None:
    encode("ready")
