"""A whole import played in the window, while a pulse notes how long the window stood still."""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer

from app.check.answer import check_pupil
from app.clock import SystemClock
from app.consent.profiles import profile
from app.consent.questions import SubjectFacts
from app.consent.records import Channel
from app.consent.uses import use_rules
from app.consent.verdict import verdict
from app.people.questions import Presence, PupilIds
from app.record import Compartment
from app.roster.proposal import Change
from app.start.begin import NewRegister, begin_register, make_ready
from tests.bench.imports import write_list
from tests.robots import part
from ui.app.office import Office
from ui.kit import ask
from ui.kit.button import Main, Quiet
from ui.roster.page import RosterPage
from ui.runner import Runner
from ui.shell.choices import Choices
from ui.shell.desk import Desk, SignedIn
from ui.shell.outside import Outside
from ui.theme.dress import application
from ui.words import speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.ports import Session

T = TypeVar("T")
_PULSE = 10
_LATE = 100
_LOOK = 10
_WAIT = 900
_MANY = 1000
"""A shorter list is done before anybody could stop it."""


@dataclass(slots=True)
class Phase:
    """What one part of the import asked of the window; times in milliseconds.

    Attributes:
        took: on the clock.
        gap: the longest time in which the window was not served.
        own: the same, without what other programs took from the processors.
        unserved: gaps of more than 100 ms, all together.
        silent: the longest time in which a long job said nothing about its progress.
    """

    name: str
    took: float = 0
    gap: float = 0
    own: float = 0
    unserved: float = 0
    silent: float = 0


@dataclass(eq=False)
class Pulse(QObject):
    """Beats every ten milliseconds on the screen's thread and notes when it comes late."""

    traces: Path | None = None
    phases: list[Phase] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last, self._worked = time.perf_counter(), time.process_time()
        self._told = 0.0
        self._out = self.traces.open("w") if self.traces else None
        self._over = Event()
        if self._out is not None:
            Thread(target=self._look, args=(self._out,), daemon=True).start()
        self._timer.start(_PULSE)

    def _look(self, out: TextIO) -> None:
        """Note what every thread does while a beat is late.

        This thread holds Python's lock meanwhile. What `faulthandler` does by itself after a
        time reads the frames of threads that run, and now and then ended the program.
        """
        noted = 0.0
        while not self._over.wait(_PULSE / 1000):
            if self._last != noted and time.perf_counter() - self._last > _LATE / 1000:
                noted = self._last
                faulthandler.dump_traceback(out)

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.process_time()
        late, own = (now - self._last) * 1000, (worked - self._worked) * 1000
        self._last, self._worked = now, worked
        if self.phases:
            phase = self.phases[-1]
            phase.gap = max(phase.gap, late)
            phase.own = max(phase.own, min(own, late))
            phase.unserved += late if late > _LATE else 0
            if late > _LATE and self._out is not None:
                self._out.write(f"^^^ {phase.name}: {late:.0f} ms, worked {own:.0f} ms\n\n")
                self._out.flush()

    def watch(self, task: Any) -> None:
        """Note how long a long job says nothing."""
        self._told = time.perf_counter()
        task.progressed.connect(self._hear)
        task.finished.connect(self._hear)

    def _hear(self, *_numbers: int) -> None:
        now = time.perf_counter()
        self.phases[-1].silent = max(self.phases[-1].silent, (now - self._told) * 1000)
        self._told = now

    @contextmanager
    def phase(self, name: str) -> Iterator[Phase]:
        """A part of the import."""
        found = Phase(name)
        self.phases.append(found)
        begun = self._last = time.perf_counter()
        self._worked = time.process_time()
        yield found
        self._beat()
        found.took = (time.perf_counter() - begun) * 1000
        self.phases.append(Phase(""))

    def stop(self) -> None:
        """End."""
        self._timer.stop()
        self._over.set()


def until(come: Callable[[], object]) -> None:
    """Serve the window until something is so, be it for a moment."""
    loop, poll, since = QEventLoop(), QTimer(), QElapsedTimer()
    since.start()
    has_come = False

    def look() -> None:
        nonlocal has_come
        # Asked once: what was so here may be over when the loop has ended.
        has_come = bool(come())
        if has_come or since.elapsed() > _WAIT * 1000:
            poll.stop()
            loop.quit()

    poll.timeout.connect(look)
    poll.start(_LOOK)
    loop.exec()
    assert has_come, "it did not come in time"


class Player:
    """Somebody who takes over a list in the office that is open.

    Attributes:
        stopping: what the slowest stop cost this process, in milliseconds of a processor; on the
            clock it takes longer when other programs are busy.
    """

    def __init__(self, office: Office, pulse: Pulse) -> None:
        self.stopping = 0.0
        self.office, self.desk, self.pulse = office, office.desk, pulse
        self.desk.runner.started.connect(pulse.watch)

    @property
    def page(self) -> RosterPage:
        """The page for imports."""
        found = self.office.frame.page
        assert isinstance(found, RosterPage)
        return found

    def settle(self) -> None:
        """Serve the window until nothing runs."""
        until(lambda: self.desk.runner.is_idle)

    def go_on(self) -> None:
        """Press what leads on."""
        part(self.page, Main, "go_on").click()

    def people(self) -> tuple[str, ...]:
        """Ids of all pupils that are stored."""
        return here(self.desk, _people)

    def find(self) -> None:
        """Filter, search and open lines; decide about some of them."""
        review = self.page.review
        assert review is not None
        lines = review.lines
        for text in ("b", "br", "bram v", "anna", ""):
            lines.search.setText(text)
            self.rest()
        lines.kinds.take(Change.NEW.value)
        lines.kinds.chosen.emit(Change.NEW.value)
        self.rest()
        view = lines.table.view
        for share in (0.3, 0.9, 0.5):
            view.verticalScrollBar().setValue(int(view.verticalScrollBar().maximum() * share))
            self.rest()
        last = lines.table.model.ids[-1]
        lines.table.opened.emit(last)
        self.rest()
        self.page.shut_sheet()
        part(lines, Quiet, "leave_all").click()
        self.rest()
        part(lines, Quiet, "take_all").click()
        self.rest()

    def rest(self, least: int = 120) -> None:
        """Look at what is shown."""
        since = QElapsedTimer()
        since.start()
        until(lambda: since.elapsed() > least and self.desk.runner.is_idle)

    def undo(self) -> None:
        """Press what undoes the last import."""
        with ask.scripted(True):
            part(self.page.choose, Quiet, "undo_import").click()

    def cancel_after(self, begin: Callable[[], object], steps: float) -> float:
        """Stop a long job at a part of its progress; milliseconds until it had ended."""
        runner = self.desk.runner
        stopped: list[tuple[float, float]] = []

        def watch(task: Any) -> None:
            def heard(done: int, total: int) -> None:
                if not stopped and done >= steps * total:
                    stopped.append((time.perf_counter(), time.process_time()))
                    task.cancel()

            task.progressed.connect(heard, Qt.ConnectionType.DirectConnection)

        runner.started.connect(watch)
        begin()
        self.settle()
        runner.started.disconnect(watch)
        ((begun, worked),) = stopped
        self.stopping = max(self.stopping, (time.process_time() - worked) * 1000)
        return (time.perf_counter() - begun) * 1000


def here(desk: Desk, work: Callable[[Session], T]) -> T:
    """Do work on the storage thread and wait for its answer."""
    return desk.runner._storage.submit(work, desk.session).result()


def peak() -> float:
    """The most memory that this process ever had, in MB."""
    found = [x for x in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in x]
    return int(found[0].split()[1]) / 1024


def play(player: Player, path: Path, stops: Sequence[float] = (0.2, 0.7)) -> dict[str, Any]:
    """A whole import of a list, stopped at these shares first and looked at afterwards."""
    cancelled: dict[str, float] = {}
    peaks = {"begin": peak()}
    _read(player, path, stops, cancelled)
    peaks["proposal"] = peak()
    with player.pulse.phase("lines"):
        player.find()
    for share in stops:
        with player.pulse.phase(f"accept, stopped at {share}"):
            cancelled[f"accept {share}"] = player.cancel_after(player.go_on, share)
        assert not player.people(), "what was stopped left something"
    with player.pulse.phase("accept"):
        player.go_on()
        player.settle()
    peaks["accept"] = peak()
    people = player.people()
    wrong = here(player.desk, partial(_wrong, ids=people[:: max(len(people) // 40, 1)]))
    with player.pulse.phase("pupil list"):
        player.office.goto("people", {})
        player.rest()
    player.office.goto("roster", {})
    player.rest()
    for share in stops[:1]:
        with player.pulse.phase(f"undo, stopped at {share}"):
            cancelled[f"undo {share}"] = player.cancel_after(player.undo, share)
    assert len(player.people()) == len(people), "what was stopped took something"
    with player.pulse.phase("undo"):
        player.undo()
        player.settle()
    peaks["undo"] = peak()
    player.pulse.stop()
    assert not player.people()
    phases = {phase.name: asdict(phase) for phase in player.pulse.phases if phase.name}
    return {
        "phases": phases, "cancelled": cancelled, "peaks": peaks, "pupils": len(people),
        "wrong": wrong, "peak": peak(),
    }  # fmt: skip


def _read(
    player: Player, path: Path, stops: Sequence[float], cancelled: dict[str, float]
) -> None:
    """From the choice of a file to its proposal."""
    pulse = player.pulse
    with pulse.phase("page"):
        player.office.goto("roster", {})
        player.settle()
    with pulse.phase("columns"):
        player.page.open_paths((path,))
        player.settle()
    for share in stops:
        with pulse.phase(f"proposal, stopped at {share}"):
            cancelled[f"proposal {share}"] = player.cancel_after(player.go_on, share)
        assert player.page.review is None
    with pulse.phase("proposal"):
        player.go_on()
        player.settle()
    assert player.page.review is not None


def _people(session: Session) -> tuple[str, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(PupilIds(session.clock.today(), presence=Presence.ALL))


def _wrong(session: Session, ids: Sequence[str]) -> list[str]:
    """Pupils of whom the teacher's list says something else than the verdict."""
    today, found = session.clock.today(), []
    for id in ids:
        with session.look(Compartment.CONSENT) as reader:
            subject = reader.ask(SubjectFacts(id))
            rules = use_rules(reader.all(Channel))
        assert subject is not None
        said = {line.use: line.outcome for line in check_pupil(session, id).lines}
        due = {rule.use: verdict(subject, rule, today, profile()).outcome for rule in rules}
        found += [id] if said != due else []
    return found


def _office(place: Path) -> Office:
    app = application("boordboek")
    app.setQuitOnLastWindowClosed(False)
    from db.keys.derive import KdfCost
    from db.register.preferences import LocalPreferences
    from db.register.vault import LocalVault
    from main import _binder, _Press

    vault = LocalVault(
        SystemClock(), KdfCost.floor(), keyring_enabled=False, remembered=place / "remembered"
    )
    outside = Outside(
        vault=lambda: vault,
        press=_Press(),
        binder=_binder,
        preferences=LocalPreferences(place / "preferences"),
    )
    speak("nl")
    runner = Runner()

    def sign_in() -> SignedIn:
        new = NewRegister(
            place / "register", "De Kade", "Anna", "koperen lantaarn vooraan", "Dordrecht"
        )
        session, code = begin_register(vault, new)
        session.confirm_recovery(code.text)
        make_ready(session)
        return SignedIn(session)

    signed_in = runner._storage.submit(sign_in).result()
    desk = Desk(signed_in, runner, outside, Choices(outside.preferences))
    signed_in.session.listen(desk.hear)
    office = Office(desk, "1.0")
    office.frame.resize(1280, 800)
    office.frame.show()
    office.begin()
    until(lambda: desk.runner.is_idle)
    return office


def _leave(office: Office) -> None:
    desk: Desk = office.desk
    office.close()
    desk.runner._storage.submit(desk.session.lock).result()
    desk.runner.finish()


def main(place: Path, pupils: int) -> dict[str, Any]:
    """The whole import in a process of its own, into a new register."""
    path = place / "lijst.csv"
    write_list(path, pupils)
    office = _office(place)
    traces = os.environ.get("BOORDBOEK_ALIVE_TRACES", "")
    stops = (0.2, 0.7) if pupils >= _MANY else ()
    found = play(Player(office, Pulse(Path(traces) if traces else None)), path, stops)
    _leave(office)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
