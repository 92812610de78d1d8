"""What a benchmark cannot measure it refuses before it starts anything."""

from argparse import ArgumentParser
from importlib import import_module

import pytest
from django.core.management import call_command

from vcsm.benchmark.management.commands.benchmark import BENCHMARKS


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("ingest", "--seconds", "0"), "0 is not above 0"),
        (("ingest", "--seconds", "nan"), "nan is not above 0"),
        (("ingest", "--connections", "-3"), "-3 is too few: at least 1"),
        (("latency", "--warm", "inf"), "inf is not 0 or above"),
        (("tasks", "--count", "100000"), "100000 is too many: at most"),
        (("decisions", "--worlds", "x"), "'x' is not a whole number"),
    ],
)
def test_it_works(asked: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("benchmark", *asked)
    told = capsys.readouterr()
    assert ended.value.code == 2
    assert said in told.err
    assert told.out == ""


@pytest.mark.parametrize("name", sorted(BENCHMARKS))
def test_no_option_takes_less_than_nothing(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module, parser = import_module(BENCHMARKS[name]), ArgumentParser()
    if hasattr(module, "add_options"):
        module.add_options(parser)
    for action in parser._actions:
        if action.type in (None, str) or action.nargs == 0:
            continue
        with pytest.raises(SystemExit):
            parser.parse_args([f"{action.option_strings[0]}=-1"])
    assert "Traceback" not in capsys.readouterr().err
