import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.embedded.processes import processes_of, wait_until
from vcsm.embedded.child import Program, start_child, stop_children
from vcsm.embedded.farewell import Farewell
from vcsm.embedded.parts import Part
from vcsm.embedded.supervise import Stopped, Supervisor
from vcsm.embedded.trouble import Trouble

SLEEP = "import time; time.sleep(600)"

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""

FAMILY = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {SLEEP!r}, sys.argv[1]])
print("born", flush=True)
time.sleep(600)
"""

SUPERVISED_SERVICES = """
import sys, time
from pathlib import Path
from vcsm.embedded.start import start_services
with start_services(Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(600)
"""


def python(name: str, source: str, *arguments: object) -> Program:
    return Program(name=name, command=[sys.executable, "-c", source, *map(str, arguments)])


def part(program: Program, word: str = "") -> Part:
    return Part(program, lambda child: word in child.log.read_text())


@pytest.fixture
def supervisor(home: Path) -> Supervisor:
    return Supervisor(logs=home / "log", farewell=Farewell(), services=())


def test_it_works(supervisor: Supervisor, home: Path) -> None:
    supervisor.start_and_wait([part(python("family", FAMILY, home), "born")])
    assert len(processes_of(home)) == 2
    supervisor.stop()
    wait_until(lambda: not processes_of(home))


def test_part_that_dies_is_named_with_its_last_words(supervisor: Supervisor) -> None:
    supervisor.start_and_wait([part(python("steady", SLEEP))])
    supervisor.start(python("doomed", "raise SystemExit('the cat sat on the cable')"))
    with pytest.raises(Trouble, match=r"(?s)^doomed ended with 1\. .*the cat sat on the cable"):
        for _ in range(200):
            supervisor.pause(0.05)
    supervisor.stop()
    assert not any(child.running() for child in supervisor.parts)


def test_part_that_is_killed_is_named(supervisor: Supervisor) -> None:
    child = supervisor.start(python("victim", SLEEP))
    child.process.kill()
    child.process.wait()
    with pytest.raises(Trouble, match="^victim was killed by SIGKILL"):
        supervisor.pause(0)


def test_part_that_will_not_stop_is_killed(home: Path) -> None:
    child = start_child(python("stubborn", STUBBORN, home), log=home / "stubborn.log")
    wait_until(lambda: "deaf" in child.log.read_text())
    stop_children([child], patience=0.2)
    assert child.process.returncode == -signal.SIGKILL
    assert not processes_of(home)


def test_step_says_its_lines_and_its_failure(supervisor: Supervisor) -> None:
    said: list[str] = []
    supervisor.run_to_end(python("step", "print('one'); print('two ✓')"), say=said.append)
    assert said == ["one", "two ✓"]
    with pytest.raises(Trouble, match="^step ended with 3"):
        supervisor.run_to_end(python("step", "raise SystemExit(3)"), say=said.append)


def test_asked_to_stop_while_starting(supervisor: Supervisor) -> None:
    with supervisor.farewell:
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(Stopped):
            supervisor.start_and_wait([part(python("slow", SLEEP), "never said")])
    supervisor.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of a parent's death")
def test_nothing_outlives_a_killed_supervisor(home: Path) -> None:
    program = python("supervisor", SUPERVISED_SERVICES, home)
    supervisor = start_child(program, log=home / "supervisor.log")
    wait_until(lambda: "up" in supervisor.log.read_text())
    assert any("postgres" in line for line in processes_of(home))
    supervisor.process.kill()
    supervisor.process.wait()
    wait_until(lambda: not processes_of(home))


def test_what_is_nice_stands_behind_with_all_it_starts(home: Path) -> None:
    program = replace(python("polite", FAMILY, "child"), nice=5)
    child = start_child(program, log=home / "polite.log")
    try:
        wait_until(lambda: "born" in child.log.read_text())
        parent = psutil.Process(child.process.pid)
        assert [one.nice() for one in (parent, *parent.children())] == [5, 5]
    finally:
        stop_children([child])
