"""A thread that looks at something now and then while a block lasts, and once more at its end."""

import threading
from collections.abc import Callable
from typing import Self

# Twice a second is as often as a Batch lands; looking more often shows nothing new.
LOOK_SECONDS = 0.5


class Watched:
    """`with Watched(show): work()` calls `show` twice a second, and once when the work is done."""

    def __init__(self, show: Callable[[], object]) -> None:
        self._show = show
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watched", daemon=True)

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self._show()

    def __enter__(self) -> Self:
        """Starts to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Looks once more and ends."""
        self._ended.set()
        self._thread.join()
        self._show()
