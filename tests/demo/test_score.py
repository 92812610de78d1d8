from datetime import UTC, datetime

from vcsm.demo.score import Seen, score_visits
from vcsm.demo.truth import VisitRecord, VisitTruth, append_truth, read_truth

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
STUCK = VisitTruth("furious", stuck=True, page="/s", element="e", wants="w", asks_person=True)
CALM = VisitTruth("calm", stuck=False, wants="w")
NOTHING = Seen(frozenset(), acted=False, called_person=False, intents=())
FOUND = Seen(
    frozenset({("/s", "e")}),
    acted=True,
    called_person=True,
    intents=(("sure", "w"), ("sure", "x"), ("none", "")),
)


def record(truth: VisitTruth) -> VisitRecord:
    return VisitRecord(
        session="s", contact="c", started_at=NOON, ended_at=NOON, truth=truth, nudges=("ignored",)
    )


def test_it_works() -> None:
    score = score_visits(
        [
            (record(STUCK), FOUND),
            (record(STUCK), NOTHING),
            (record(CALM), NOTHING),
            (record(CALM), FOUND),
        ]
    )
    assert (score["found"], score["missed"], score["recall"]) == (1, 1, 0.5)
    assert (score["false_alarms"], score["false_alarm_share"]) == (1, 0.5)
    assert (score["asked_for_person"], score["person_called"]) == (2, 1)
    assert score["right_place"] == 1.0
    assert score["messages"] == {"understood": 6, "right": 2, "wrong": 2, "unsure": 0, "none": 2}
    assert score["temperaments"] == {
        "calm": {"false_alarm": 1, "left_alone": 1},
        "furious": {"found": 1, "missed": 1},
    }


def test_found_elsewhere_is_not_the_right_place() -> None:
    elsewhere = Seen(frozenset({("/t", "e")}), acted=True, called_person=False, intents=())
    assert score_visits([(record(STUCK), elsewhere)])["right_place"] == 0.0


def test_nothing_is_no_share_at_all() -> None:
    score = score_visits([])
    assert (score["visits"], score["recall"], score["false_alarm_share"]) == (0, None, None)


def test_truth_survives_the_file(tmp_path: object, settings: object) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    assert list(read_truth()) == []
    append_truth(record(STUCK))
    append_truth(record(CALM))
    assert list(read_truth()) == [record(STUCK), record(CALM)]
