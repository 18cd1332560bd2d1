"""Work off the screen: one storage thread, a small pool, answers to living owners.

A job is a callable without Qt. Its answer arrives on the screen's thread, and only while the
owner that asked still exists; a page that was closed simply never hears it. This is one of the
two places where every exception is caught: what is neither refusal nor trouble is a defect and
goes to the hook.
"""

from __future__ import annotations

import sys
import threading
import time
import weakref
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.errors import BoordboekError, Refusal, Trouble
from app.jobs import CancelledError, Progress
from ui.collector import Collector

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Failed = Callable[[BoordboekError], None]
_POOL = 2
_TOLD_EVERY = 0.04
"""Seconds from one report of progress to the next."""
_TURN = 0.0005
"""Seconds after which a thread that computes lets another one in. A page is drawn in hundreds
of calls; with Python's own five milliseconds at each it would be drawn in seconds."""


@runtime_checkable
class Hears(Protocol):
    """A widget that shows what went wrong to somebody inside it: a page, a frame, a sheet."""

    def hear_refusal(self, refusal: Refusal) -> None:
        """Show why a rule says no."""
        ...

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        """Show what is in the way, and offer to try again."""
        ...


class Task(QObject):
    """A job on its way. Long ones tell their progress and can be stopped.

    Signals:
        progressed(done, total): so many units are finished; on the screen's thread.
        finished(): the job ended, in whatever way.
    """

    progressed = Signal(int, int)
    finished = Signal()

    def __init__(self, label: str, parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self._stopped = threading.Event()
        self._told = 0.0

    def step(self, done: int, total: int) -> None:
        """Report progress from the job's own thread; of many reports at once the first is told.

        Thousands of them in a second would keep the screen's thread from all else.

        Raises:
            CancelledError: when the person asked to stop.
        """
        if self._stopped.is_set():
            raise CancelledError
        now = time.monotonic()
        if now - self._told >= _TOLD_EVERY:
            self._told = now
            self.progressed.emit(done, total)

    def cancel(self) -> None:
        """Ask the job to stop at its next step; nothing of it is kept."""
        self._stopped.set()


class _Asked(Generic[T]):
    """One request: what to do, for whom, and who hears the answer."""

    def __init__(
        self,
        job: Callable[[Progress], T],
        owner: QObject,
        then: Callable[[T], None],
        failed: Failed | None,
        pool: ThreadPoolExecutor,
        task: Task,
    ) -> None:
        self.job, self.owner = job, weakref.ref(owner)
        self.then, self.failed = _held(then), _held(failed)
        self.pool, self.task, self.label = pool, task, task.label
        self.value: T | None = None
        self.error: BaseException | None = None


class Runner(QObject):
    """Runs jobs for pages.

    Signals:
        idle(): nothing is running any more and every answer was handed over.
        started(task): a long job began (`Task`); show its progress.
    """

    idle = Signal()
    started = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self,
        defect: Callable[[BaseException], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._defect = defect or _to_hook
        self._running: list[_Asked[Any]] = []
        self._ended = False
        self._collector = Collector(self)
        sys.setswitchinterval(_TURN)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _storage(self) -> ThreadPoolExecutor:
        return _threads(1, "storage")

    @cached_property
    def _pure(self) -> ThreadPoolExecutor:
        return _threads(_POOL, "work")

    @property
    def is_pressed(self) -> bool:
        """Whether something waits behind the work that runs now; may be asked on any thread."""
        return len(self._running) > 1

    @property
    def is_idle(self) -> bool:
        """Whether nothing is running."""
        return not self._running

    def run(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        owner: QObject,
        *,
        failed: Failed | None = None,
        pure: bool = False,
    ) -> None:
        """Do a job on the storage thread (or with `pure` in the pool) and hand over its answer.

        `then` and `failed` are bound methods, best of the owner itself. Without `failed`, a
        refusal or trouble is shown by the nearest `Hears` around the owner.
        """
        self._send(partial(_alone, job), then, owner, failed, Task("", self), pure=pure)

    def run_long(
        self,
        job: Callable[[Progress], T],
        then: Callable[[T], None],
        owner: QObject,
        label: str,
        *,
        failed: Failed | None = None,
        pure: bool = False,
    ) -> Task:
        """As `run`, for work with progress: `label` says what is being done, in words."""
        task = Task(label, self)
        self.started.emit(task)
        self._send(job, then, owner, failed, task, pure=pure)
        return task

    def on_storage(self, part: Callable[[], T]) -> T:
        """Do a part of a job of the pool on the storage thread, and wait for it there.

        Raises:
            CancelledError: nothing is read any more.
        """
        from concurrent.futures import CancelledError as Dropped  # noqa: PLC0415 - loaded after the first window

        if self._ended:
            raise CancelledError
        try:
            return self._storage.submit(part).result()
        except (Dropped, RuntimeError) as error:
            if self._ended:
                raise CancelledError from error
            raise

    def cancel(self) -> None:
        """Ask everything that is running to stop."""
        for asked in self._running:
            asked.task.cancel()

    def finish(self) -> None:
        """Stop long work, do everything else that was asked, and take no more jobs.

        Answers that have not been handed over are dropped.
        """
        self.cancel()
        self._end(drop=False)

    def close(self) -> None:
        """Stop what can be stopped, wait for the rest, and take no more jobs.

        Answers that have not been handed over are dropped.
        """
        self.cancel()
        self._end(drop=True)

    def _end(self, *, drop: bool) -> None:
        self._ended = True
        for pool in (self._storage, self._pure):
            pool.shutdown(wait=True, cancel_futures=drop)
        self._running.clear()
        self._collector.end()

    def _send(
        self,
        job: Callable[[Progress], T],
        then: Callable[[T], None],
        owner: QObject,
        failed: Failed | None,
        task: Task,
        *,
        pure: bool,
    ) -> None:
        pool = self._pure if pure else self._storage
        self._start(_Asked(job, owner, then, failed, pool, task))

    def _start(self, asked: _Asked[T]) -> None:
        if self._ended:
            return
        self._running.append(asked)
        future = asked.pool.submit(asked.job, asked.task)
        future.add_done_callback(partial(self._done, asked))

    def _done(self, asked: _Asked[T], future: Future[T]) -> None:
        if future.cancelled():
            return
        asked.error = future.exception()
        asked.value = None if asked.error else future.result()
        self._arrived.emit(asked)

    def _deliver(self, asked: _Asked[object]) -> None:
        if asked not in self._running:
            return
        self._running.remove(asked)
        owner = asked.owner()
        try:
            if owner is not None and shiboken6.isValid(owner):
                self._hand_over(asked, owner)
            elif asked.error is not None and not _expected(asked.error):
                self._defect(asked.error)
        finally:
            asked.task.finished.emit()
            asked.task.deleteLater()
            if not self._running:
                self.idle.emit()

    def _hand_over(self, asked: _Asked[object], owner: QObject) -> None:
        error = asked.error
        if error is None:
            then = asked.then()
            if then is not None:
                then(asked.value)
        elif isinstance(error, (Refusal, Trouble)):
            self._show(error, asked, owner)
        elif not isinstance(error, CancelledError):
            self._defect(error)

    def _show(self, error: Refusal | Trouble, asked: _Asked[object], owner: QObject) -> None:
        failed, hears = asked.failed(), hearing(owner)
        if failed is not None:
            failed(error)
        elif hears is None:
            self._defect(error)
        elif isinstance(error, Refusal):
            hears.hear_refusal(error)
        else:
            hears.hear_trouble(error, partial(self._again, asked))

    def _again(self, asked: _Asked[object]) -> None:
        asked.error = None
        asked.task = Task(asked.label, self)
        if asked.label:
            self.started.emit(asked.task)
        self._start(asked)


def _threads(many: int, name: str) -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - loaded after the first window

    return ThreadPoolExecutor(many, thread_name_prefix=name)


def hearing(owner: QObject | None) -> Hears | None:
    """The nearest widget around somebody that shows what went wrong, or None."""
    while owner is not None:
        if isinstance(owner, Hears):
            return owner
        owner = owner.parent()
    return None


def _expected(error: BaseException) -> bool:
    return isinstance(error, (BoordboekError, CancelledError))


def _held(method: Callable[[T], None] | None) -> Callable[[], Callable[[T], None] | None]:
    """Keep a bound method of a QObject weakly, anything else for as long as the job takes."""
    if method is not None and isinstance(getattr(method, "__self__", None), QObject):
        return weakref.WeakMethod(method)
    return partial(_same, method)


def _alone(job: Callable[[], T], _progress: Progress) -> T:
    return job()


def _same(method: T) -> T:
    return method


def _to_hook(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
