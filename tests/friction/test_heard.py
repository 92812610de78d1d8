"""Which events a detector is given."""

from tests.friction.build import SAVE, T
from vcsm.events.kinds import Input, Page
from vcsm.friction.detectors.heard import EVERYTHING, WAYS, every
from vcsm.friction.session import DETECTORS, SessionFriction
from vcsm.friction.thresholds import FrictionSettings


def test_no_way_of_one_type_is_a_way_of_another() -> None:
    """They are told apart by their word alone."""
    words = [how for hows in WAYS.values() for how in hows]
    assert words and len(words) == len(set(words))


def test_what_detectors_listen_to_exists() -> None:
    for detector in DETECTORS:
        for what in detector.handlers:
            assert set(every(what)) <= set(EVERYTHING), (detector.kind, what)


def test_every_way_of_a_page_and_an_input_is_taken() -> None:
    friction = SessionFriction(FrictionSettings())
    events = [Page(at=T, page="/a", how=how) for how in WAYS[Page]]
    events += [Input(at=T, page="/a", element=SAVE, form="f", how=how) for how in WAYS[Input]]
    assert friction.feed_all(events, sequence=1) == []
