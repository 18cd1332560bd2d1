"""Work off the screen."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import BoordboekError, Refusal, Trouble
from app.jobs import CancelledError, Progress
from tests.patience import PATIENCE_MS
from ui.runner import Runner

_MANY = 20_000


class Page(QWidget):
    """Keeps what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.retry: Callable[[], None] | None = None

    def take(self, value: object) -> None:
        self.heard.append((value, threading.current_thread().name))

    def failed(self, error: BoordboekError) -> None:
        self.heard.append(error.message.id)

    def hear_refusal(self, refusal: Refusal) -> None:
        self.heard.append(("refused", refusal.message.id))

    def hear_trouble(self, trouble: Trouble, retry: Callable[[], None]) -> None:
        self.heard.append(("trouble", trouble.message.id))
        self.retry = retry


class Jobs:
    """Jobs of every kind."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.tries = 0

    def name(self) -> str:
        return threading.current_thread().name

    def wait(self) -> str:
        self.gate.wait(PATIENCE_MS / 1000)
        return "late"

    def refuse(self) -> str:
        raise Refusal("room.no")

    def stumble(self) -> str:
        self.tries += 1
        if self.tries == 1:
            raise Trouble("room.full")
        return "again"

    def break_down(self) -> str:
        raise ZeroDivisionError

    def long(self, progress: Progress) -> str:
        self.gate.wait(PATIENCE_MS / 1000)
        progress.step(1, 2)
        return "done"


class Defects:
    """What went to the hook."""

    def __init__(self) -> None:
        self.found: list[BaseException] = []

    def note(self, error: BaseException) -> None:
        self.found.append(error)


@pytest.fixture
def defects() -> Defects:
    return Defects()


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


@pytest.fixture
def runner(qtbot: QtBot, defects: Defects, jobs: Jobs) -> Iterator[Runner]:
    made = Runner(defects.note)
    yield made
    jobs.gate.set()
    made.close()


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    return made


def settle(qtbot: QtBot, runner: Runner) -> None:
    """Wait until nothing runs."""
    qtbot.waitUntil(lambda: runner.is_idle)


def test_storage_work_runs_on_one_thread_and_answers_on_the_screen(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    for _ in range(5):
        runner.run(jobs.name, page.take, page)
    settle(qtbot, runner)
    assert page.heard == [("storage_0", "MainThread")] * 5


def test_pure_work_does_not_wait_for_storage(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    runner.run(jobs.wait, page.take, page)
    runner.run(jobs.name, page.take, page, pure=True)
    qtbot.waitUntil(lambda: len(page.heard) == 1)
    assert str(page.heard[0]).startswith("('work_")
    jobs.gate.set()
    settle(qtbot, runner)


def test_closed_page_hears_nothing(qtbot: QtBot, runner: Runner, jobs: Jobs) -> None:
    page = Page()
    runner.run(jobs.wait, page.take, page)
    heard = page.heard
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass
    jobs.gate.set()
    settle(qtbot, runner)
    assert heard == []


def test_refusal_goes_to_whoever_hears_around_the_owner(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    part = QObject(page)
    runner.run(jobs.refuse, page.take, part)
    settle(qtbot, runner)
    assert page.heard == [("refused", "room.no")]


def test_trouble_can_be_tried_again(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    runner.run(jobs.stumble, page.take, page)
    settle(qtbot, runner)
    assert page.heard.pop() == ("trouble", "room.full")
    assert page.retry is not None
    page.retry()
    settle(qtbot, runner)
    assert page.heard == [("again", "MainThread")]


def test_own_failed_method_comes_first(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    runner.run(jobs.refuse, page.take, page, failed=page.failed)
    settle(qtbot, runner)
    assert page.heard == ["room.no"]


def test_anything_else_is_a_defect(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs, defects: Defects
) -> None:
    runner.run(jobs.break_down, page.take, page)
    settle(qtbot, runner)
    assert page.heard == []
    assert [type(error) for error in defects.found] == [ZeroDivisionError]


def test_long_work_tells_its_progress(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    with qtbot.waitSignal(runner.started):
        task = runner.run_long(jobs.long, page.take, page, "Lezen")
    with qtbot.waitSignal(task.progressed) as told:
        jobs.gate.set()
    assert told.args == [1, 2]
    settle(qtbot, runner)
    assert page.heard == [("done", "MainThread")]


def test_of_very_many_reports_few_reach_the_screen(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    heard: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> None:
        heard.append((done, total))

    def count(progress: Progress) -> int:
        jobs.wait()
        for done in range(_MANY):
            progress.step(done, _MANY)
        return _MANY

    task = runner.run_long(count, page.take, page, "Tellen")
    task.progressed.connect(hear)
    jobs.gate.set()
    settle(qtbot, runner)
    assert page.heard == [(_MANY, "MainThread")]
    assert heard[0] == (0, _MANY)
    assert len(heard) < _MANY // 10


def test_cancelled_work_is_neither_answer_nor_error(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs, defects: Defects
) -> None:
    task = runner.run_long(jobs.long, page.take, page, "Lezen")
    task.cancel()
    jobs.gate.set()
    settle(qtbot, runner)
    assert page.heard == []
    assert defects.found == []


def test_cancelled_task_says_so_to_its_job(qtbot: QtBot, runner: Runner, page: Page) -> None:
    task = runner.run_long(_nothing, page.take, page, "Lezen")
    task.cancel()
    with pytest.raises(CancelledError):
        task.step(1, 2)
    settle(qtbot, runner)


def test_close_waits_for_what_runs(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    runner.run(jobs.name, page.take, page)
    runner.close()
    assert runner.is_idle
    assert not [t for t in threading.enumerate() if t.name.startswith(("storage", "work_"))]


def _nothing(_progress: Progress) -> None:
    pass


def test_a_job_of_the_pool_reads_on_the_storage_thread(
    qtbot: QtBot, runner: Runner, page: Page, jobs: Jobs
) -> None:
    def sliced(_progress: Progress) -> list[str]:
        return [runner.on_storage(jobs.name), jobs.name()]

    runner.run_long(sliced, page.take, page, "", pure=True)
    qtbot.waitUntil(lambda: bool(page.heard))
    assert page.heard == [(["storage_0", "work_0"], "MainThread")]


def test_nothing_is_read_any_more_once_the_register_is_closing(
    runner: Runner, jobs: Jobs
) -> None:
    runner.close()
    with pytest.raises(CancelledError):
        runner.on_storage(jobs.name)
