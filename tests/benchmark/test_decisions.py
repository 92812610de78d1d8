from argparse import ArgumentParser

import pytest

from vcsm.benchmark.decisions import add_options, run


def test_it_works() -> None:
    found = run(worlds=12, seed=3)
    certificate = found["certificate"]
    assert isinstance(certificate, list)
    assert [row["delta"] for row in certificate] == [0.05, 0.1, 0.2]
    for row in certificate:
        assert row["certified"] > 0.3, "it holds only because nothing is certified"
        assert row["broken"] <= row["delta"] + 3 * (row["delta"] / row["worlds"]) ** 0.5
    assert 0.8 < float(str(found["value_of_optimum"])) <= 1
    assert float(str(found["value_over_daily_cap"])) > 1
    assert float(str(found["value_over_points"])) > 1
    called = found["drift_called"]
    assert isinstance(called, dict)
    assert called["none"] < 0.3 < called["from_10_to_30"] < called["from_5_to_40"]
    assert float(str(found["recall_interval_coverage"])) > 0.8


def test_the_same_seed_finds_the_same_but_for_the_time_it_took() -> None:
    one, other = run(worlds=3, seed=8), run(worlds=3, seed=8)
    del one["decision_ms_p95"], other["decision_ms_p95"]
    assert one == other
    assert run(worlds=3, seed=9)["value_over_points"] != one["value_over_points"]


def test_no_worlds(capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    add_options(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--worlds", "0"])
    assert "too few: at least 1" in capsys.readouterr().err
