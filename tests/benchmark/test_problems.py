"""The benchmark of problems as it is called from outside: one JSON object, or one clear refusal."""

import json
from io import StringIO

import pytest
from django.core.management import call_command


def test_it_works(capfd: pytest.CaptureFixture[str]) -> None:
    out = StringIO()
    asked = ["--streams", "20", "--weeks", "3", "--seed", "3", "--runs", "1"]
    call_command("benchmark", "problems", *asked, stdout=out)
    found = json.loads(out.getvalue())
    asked_for = {
        "q", "fdp_mean", "fdp_upper95", "power", "delay_minutes_p50", "delay_exposures_p50",
        "incidents_right", "run_length_over_bound", "seconds", "rivals",
    }  # fmt: skip
    assert asked_for <= set(found)
    assert set(found["rivals"]) == {"z35", "bh_daily", "drop40"}
    told = capfd.readouterr()
    assert told.out == ""
    assert "1 of 1 worlds" in told.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--streams", "0"], "0 is too few: at least 20"),
        (["--streams", "-4"], "-4 is too few: at least 20"),
        (["--weeks", "1"], "1 is too few: at least 3"),
        (["--seed", "-1"], "-1 is too few: at least 0"),
        (["--runs", "many"], "'many' is not a whole number"),
        (["--q", "1"], "1 does not lie between 0 and 1"),
        (["--q", "nan"], "nan does not lie between 0 and 1"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    options: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        call_command("benchmark", "problems", *options)
    assert refused.value.code == 2
    assert said in capfd.readouterr().err
