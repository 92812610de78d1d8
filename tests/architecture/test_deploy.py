"""The manifests keep step with the code: a worker for each queue, time to end, known settings."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.stack import ROOT
from vcsm.config.routes import LIMITS
from vcsm.core.queue import QUEUES

COMPOSE = ROOT / "compose.yaml"
KUBERNETES = ROOT / "docs" / "deploy" / "kubernetes.yaml"
DEFAULT_COMMAND = ["celery", "-Q", "urgent"]
"""As the worker's image is started where a manifest says nothing."""


def workers() -> Iterator[tuple[str, list[str], int]]:
    """Name, command and seconds to end of each worker, in both manifests."""
    for name, one in yaml.safe_load(COMPOSE.read_text())["services"].items():
        if name.startswith("worker"):
            command = one.get("command", DEFAULT_COMMAND)
            yield f"compose {name}", command, int(one["stop_grace_period"].rstrip("s"))
    for one in yaml.safe_load_all(KUBERNETES.read_text()):
        if one["kind"] == "Deployment" and "worker" in one["metadata"]["name"]:
            spec = one["spec"]["template"]["spec"]
            command = spec["containers"][0]["args"]
            yield one["metadata"]["name"], command, spec["terminationGracePeriodSeconds"]


def test_both_manifests_have_a_worker_for_every_queue() -> None:
    served = sorted(command[command.index("-Q") + 1] for _, command, _ in workers())
    assert served == sorted([*QUEUES, *QUEUES])


@pytest.mark.parametrize(("name", "command", "seconds"), list(workers()))
def test_a_worker_may_end_its_task(name: str, command: list[str], seconds: int) -> None:
    assert seconds > LIMITS[command[command.index("-Q") + 1]][1], name


@pytest.mark.parametrize("path", [COMPOSE, KUBERNETES, ROOT / "Dockerfile"])
def test_only_settings_that_exist_are_set(path: Any) -> None:
    known = (ROOT / "vcsm" / "config" / "settings.py").read_text()
    named = set(re.findall(r"\b(VCSM_[A-Z_]+)\b", path.read_text()))
    assert named and not [name for name in named if f'"{name}"' not in known]
