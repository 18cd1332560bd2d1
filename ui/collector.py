"""Garbage is collected on the screen's thread, and nowhere else.

Python collects cycles on whichever thread happens to need room. A Qt object in such a cycle is
then destroyed on the storage thread, and the whole program ends. So while a runner has threads
of its own, Python's own collector rests, and the screen's thread collects between two events.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 400
_LATELY = 0.95
_MANY = 150_000
"""So many new objects lately, counted less the longer ago they came, are data of a large job:
they hold no cycles worth looking for, and looking through them all would keep the screen
waiting. Of eight seconds, for a busy machine makes them more slowly."""


class _Resting:
    """How many collectors keep Python's own one from working."""

    count = 0


class Collector(QObject):
    """Collects now and then for as long as it works; made on the screen's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._works = True
        self._lately = 0.0
        _Resting.count += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what Python itself would have collected by now."""
        young, middle, old = gc.get_count()
        first, second, third = gc.get_threshold()
        self._lately = self._lately * _LATELY + young
        if self._lately > _MANY:
            self._lately = 0
            gc.freeze()
        elif young > first:
            gc.collect(0 if middle <= second else 1 if old <= third else 2)

    def end(self) -> None:
        """Leave it to Python again; the threads are gone. More than once does nothing."""
        if not self._works:
            return
        self._works = False
        self._timer.stop()
        _Resting.count -= 1
        if not _Resting.count:
            gc.enable()
