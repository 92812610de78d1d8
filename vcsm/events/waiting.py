"""Holds the batches that wait to be committed, in a bounded queue no workspace can fill.

A workspace may have at most as many events waiting as there is room left (dynamic thresholds:
Choudhury and Hahne 1998). So one that floods gets half of the room and leaves the other half free,
two that flood get a third each, and their number need not be known beforehand. Workspaces take
turns, one batch each, so that a quiet one does not wait behind a flood either; within a workspace,
and so within a session, order is kept.
"""

from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class _Sized(Protocol):
    @property
    def workspace_id(self) -> int: ...
    @property
    def size(self) -> int:
        """Number of events."""


T = TypeVar("T", bound=_Sized)


class Waiting(Generic[T]):
    """A line of batches per workspace. `room` is the number of events that may wait in all."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 0
        self._lines: OrderedDict[int, deque[T]] = OrderedDict()
        self._sizes: dict[int, int] = {}

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))

    def __iter__(self) -> Iterator[T]:
        for line in self._lines.values():
            yield from line

    def has_room(self, workspace_id: int, size: int) -> bool:
        """Tells whether `size` more events of the workspace may wait; any may if nothing waits."""
        own = self._sizes.get(workspace_id, 0)
        return own + size <= self.room - self.size or not self.size

    def add(self, one: T) -> None:
        """Puts a batch at the end of its workspace's line; the caller has asked `has_room`."""
        workspace_id, size = one.workspace_id, one.size
        line = self._lines.get(workspace_id)
        if line is None:
            line = self._lines[workspace_id] = deque()
            self._sizes[workspace_id] = 0
        line.append(one)
        self._sizes[workspace_id] += size
        self.size += size

    def take(self, most: int) -> list[T]:
        """Takes batches out until they hold at least `most` events or nothing waits."""
        taken: list[T] = []
        until = max(0, self.size - most)
        while self._lines and (self.size > until or not self.size):
            workspace_id, line = next(iter(self._lines.items()))
            taken.append(one := line.popleft())
            self.size -= one.size
            self._sizes[workspace_id] -= one.size
            if line:
                self._lines.move_to_end(workspace_id)
            else:
                del self._lines[workspace_id], self._sizes[workspace_id]
        return taken

    def take_all(self) -> list[T]:
        taken = list(self)
        self._lines.clear()
        self._sizes.clear()
        self.size = 0
        return taken
