"""Long commands say how far they are, and short ones nothing."""

from vcsm.core.progress import EVERY, say_on


class Lines(list[str]):
    def write(self, line: str) -> None:
        self.append(line)


def test_it_works():
    lines, now = Lines(), [0.0]
    tell = say_on(lines, clock=lambda: now[0])
    for done in range(1_200):
        now[0] = done * EVERY / 1_000
        tell("texts", done, 1_200)
    assert lines == ["texts: 1,000 of 1,200"]


def test_what_is_done_at_once_says_nothing():
    lines = Lines()
    say_on(lines, clock=lambda: 0.0)("texts", 1, 1)
    assert lines == []
