"""A few blows of what `make chaos` does for as long as one likes, judged by the same checks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOWS = ["kill_web", "kill_worker", "kill_postgres", "kill_valkey", "stall_postgres", "kill_task"]


@pytest.mark.timeout(500)
def test_nothing_acknowledged_is_lost_or_doubled() -> None:
    options = ["--kills", str(len(BLOWS)), "--pause", "1.5", "--widgets", "4", "--only", *BLOWS]
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["found"] == [], done.stderr[-3000:]
    assert done.returncode == 0
    assert told["blows"] == len(BLOWS)
    # A run in which hardly anything was acknowledged or killed would show nothing.
    assert told["batches_acknowledged"] > 40
    assert told["parts_started_again"] >= 4
