"""Start and end of a worker process: it warms up before its first task, so that no contact waits
for what is only loaded once."""

import logging
from typing import Any

from celery.signals import worker_process_init, worker_process_shutdown

from vcsm.assistant.warm import warm_up
from vcsm.core.spans import send_spans

log = logging.getLogger(__name__)


@worker_process_init.connect
def warm_worker(**_: Any) -> None:
    try:
        warm_up()
    except Exception:
        # A worker that starts cold still works; one that does not start is of no use.
        log.exception("the worker starts cold")


@worker_process_shutdown.connect
def say_the_rest(**_: Any) -> None:
    send_spans()
