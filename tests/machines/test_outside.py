"""What has left the house is followed: publications, lists on paper, and questions to ask.

The stories are those of the register. After every step the tasks of publications, the state of
lists and who has to be asked equal the plain model's, and what a session keeps equals what is
looked at anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.asking.standing import open_pairs
from app.ids import new_id
from app.jobs import SILENT, Progress
from app.lists.lines import read
from app.lists.listing import end_list, list_board, list_board_anew, undo_end
from app.lists.make import ListRequest, prepare_list, register_list
from app.lists.records import Ending, ListEnd, PrintedList
from app.override import override
from app.paper import Pdf
from app.publications.record import (
    PublicationDraft,
    record_publication,
    take_back_publication,
)
from app.publications.records import PublicationStep, StepKind
from app.publications.steps import StepDraft, note_step, take_back_steps
from app.publications.tasks import kept_tasks, open_tasks
from app.record import Compartment
from tests.campaigns.places import TORTURE
from tests.machines.afresh import run_afresh
from tests.machines.house import LENGTHS, ONE, PAST, PICK
from tests.machines.plain import PUPIL, Answered, Child, answer, silent
from tests.machines.test_register import USES, Stories, furnished

if TYPE_CHECKING:
    from pathlib import Path

    from app.lists.listing import ListState
    from app.paper import Paper
    from tests.journeys.families import Place
    from tests.registers import School

SHORT, LONG = 12, 200
"""Stories, in every run and in `make torture`."""
EVERY_USE = {*USES, "audio:site"}
PERMITS = {"yes", "yes_if", "not_needed"}
SHOWN_AFTER = timedelta(days=60)
"""So long a list stays on the board after its last day, see `resources/lists.toml`."""
FAR_BACK = 30
"""So many days before today the model looks for the day since when nothing permits a use."""
STEPS = [StepKind.ASKED, StepKind.REMOVED, StepKind.NOT_RECALLED, StepKind.BACK]


@dataclass(slots=True)
class Shown:
    """A publication as it was told."""

    id: str
    use: str
    used_on: date
    until: date | None
    handed_out: bool
    people: tuple[str, ...]
    steps: list[PublicationStep] = field(default_factory=list)


class Printed(NamedTuple):
    """A list that left, and what the model says it shows."""

    list: PrintedList
    cells: dict[str, tuple[Answered, ...]]


class Plain:
    """A press that sets every name, also those for which no font is at hand."""

    def draw(self, paper: Paper, progress: Progress = SILENT) -> Pdf:
        progress.step(1, 1)
        return Pdf(repr(paper).encode(), 1, "")


class Outside(Stories):
    """Stories in which recordings are published and lists are printed."""

    def __init__(self, school: School, place: Place) -> None:
        super().__init__(school, place)
        self.shown: list[Shown] = []
        self.papers: dict[str, Printed] = {}
        self.ends: list[ListEnd] = []
        self.press = Plain()

    @precondition(lambda self: self.office())
    @rule(said=st.sampled_from(["yes", "yes", "no"]), length=LENGTHS)
    def everybody_answers(self, said: str, length: int | None) -> None:
        """So that somebody has nothing left to answer."""
        more = {"condition": False, "correct": False, "length": length}
        for at, child in enumerate(self.children.values()):
            for who in range(len(child.guardians) + 1):
                self.decide(child=at, decider=who, uses=EVERY_USE, said=said, ago=0, **more)

    # -- publications ---------------------------------------------------------------------

    @precondition(lambda self: self.office() and len(self.shown) < 6)
    @rule(
        use=st.sampled_from(USES),
        people=st.sets(PICK, min_size=1, max_size=3),
        ago=PAST,
        length=LENGTHS,
        handed_out=st.sampled_from([False, False, False, True]),
    )
    def publish(
        self, use: str, people: set[int], ago: int, length: int | None, *, handed_out: bool
    ) -> None:
        self.tick()
        used_on = self.clock.today() - timedelta(days=ago)
        until = used_on + timedelta(days=length) if length is not None else None
        medium, _, channel = use.partition(":")
        within = tuple(dict.fromkeys(self.pupil(pick) for pick in sorted(people)))
        drafted = PublicationDraft(
            "Haven", medium, channel, used_on, within, until=until, handed_out=handed_out
        )
        made = record_publication(self.signed_in(), drafted)
        self.shown.append(
            Shown(made.publication_id, use, used_on, until, handed_out, tuple(within))
        )

    @precondition(lambda self: self.office() and self.shown)
    @rule(which=PICK, who=st.none() | PICK, kind=st.sampled_from(STEPS), ago=PAST)
    def act(self, which: int, who: int | None, kind: StepKind, ago: int) -> None:
        """Something is done, for one or for all."""
        self.tick()
        one = self.shown[which % len(self.shown)]
        taken_on = max(self.clock.today() - timedelta(days=ago), one.used_on)
        subject = "" if who is None else one.people[who % len(one.people)]
        drafted = StepDraft(one.id, kind, taken_on, subject)
        one.steps += note_step(self.signed_in(), drafted)

    @precondition(lambda self: self.office() and any(one.steps for one in self.shown))
    @rule(which=PICK)
    def undo(self, which: int) -> None:
        """Something that was done never was."""
        self.tick()
        done = [one for one in self.shown if one.steps]
        one = done[which % len(done)]
        take_back_steps(self.signed_in(), (one.steps.pop(which % len(one.steps)),))

    @precondition(lambda self: self.office() and len(self.shown) > 3)
    @rule(which=PICK)
    def take_back(self, which: int) -> None:
        """A publication never was."""
        self.tick()
        one = self.shown.pop(which % len(self.shown))
        take_back_publication(self.signed_in(), one.id)

    # -- lists ----------------------------------------------------------------------------

    @precondition(lambda self: self.office() and len(self.papers) < 4)
    @rule(uses=st.sets(st.sampled_from(USES), min_size=1), guest=st.none() | PICK)
    def print_list(self, uses: set[str], guest: int | None) -> None:
        self.tick()
        guests = () if guest is None else (self.pupil(guest),)
        request = ListRequest((self.place.group_id,), tuple(sorted(uses)), guests)
        expected = self.listed(request.uses, guests)
        if not expected:
            self.refused("lists.nobody", prepare_list, self.press, request)
            return
        prepared = prepare_list(self.signed_in(), self.press, request)
        register_list(self.signed_in(), prepared)
        printed = prepared.record
        assert words(printed) == {id: tuple(map(word, said)) for id, said in expected.items()}
        last = self.holds_until(expected, request.uses)
        assert self.clock.today() <= printed.valid_until <= last
        self.papers[printed.id] = Printed(printed, expected)

    @precondition(lambda self: self.office() and self.papers)
    @rule(which=PICK)
    def comes_back(self, which: int) -> None:
        self.tick()
        id = list(self.papers)[which % len(self.papers)]
        if id not in {end.list_id for end in self.ends}:
            self.ends.append(end_list(self.signed_in(), id, Ending.RETURNED))

    @precondition(lambda self: self.office() and self.ends)
    @rule()
    def is_out_there_after_all(self) -> None:
        self.tick()
        undo_end(self.signed_in(), self.ends.pop())

    # -- what always holds ----------------------------------------------------------------

    @override
    def the_office_answers_as_the_model(self) -> None:
        """Told elsewhere."""

    @override
    def the_teachers_list_says_the_same_or_asks(self) -> None:
        """Told elsewhere."""

    @override
    def the_journals_verify(self) -> None:
        """Told elsewhere."""

    @invariant()
    def what_must_be_taken_down_is_known(self) -> None:
        if not self.office():
            return
        kept = kept_tasks(self.signed_in())
        assert kept == open_tasks(self.signed_in())
        found = {
            (task.publication_id, task.subject_id): task for one in kept for task in one.tasks
        }
        expected = self.tasks()
        assert found.keys() == expected.keys()
        for key, (kind, since) in expected.items():
            assert found[key].stand.value == kind
            assert since is None or found[key].since == since

    @invariant()
    def stale_lists_are_known(self) -> None:
        if not self.office():
            return
        board = list_board(self.signed_in())
        assert board == list_board_anew(self.signed_in())
        states = {state.list.id: state for state in (*board.stale, *board.current)}
        ended = {end.list_id for end in self.ends}
        assert not ended & states.keys()
        for id, paper in self.papers.items():
            if id in states:
                assert differences(states[id]) == self.differs(paper), paper
            else:  # came back, or is so old that nobody asks for it any more
                assert id in ended or paper.list.valid_until < self.clock.today() - SHOWN_AFTER

    @invariant()
    def who_has_to_be_asked_is_known(self) -> None:
        if not self.office():
            return
        at, day = self.clock.now(), self.clock.today()
        with self.signed_in().look(Compartment.CONSENT) as reader:
            found = {(one.subject_id, one.decider_id) for one in open_pairs(reader, day)}
        expected = {
            (id, id if who == PUPIL else who)
            for id, child in self.children.items()
            for who in silent(child, self.lines.values(), day, at)
        }
        assert found == expected

    # -- the model ------------------------------------------------------------------------

    def said(self, child: str, use: str, day: date) -> Answered:
        medium, _, channel = use.partition(":")
        now = self.clock.now()
        return answer(self.children[child], self.lines[channel], medium, day, now)

    def here(self, child: str, day: date) -> bool:
        """Whether a child is at school on a day, flagged or not."""
        known = self.children[child]
        bare = Child(known.born, known.guardians, [t for t in known.told if t.kind != "flag"])
        said = answer(bare, self.lines["site"], "photo", day, self.clock.now())
        return said.reason != "not_present"

    def tasks(self) -> dict[tuple[str, str], tuple[str, date | None]]:
        """What must be taken down, for whom, asked for already or not, and since when."""
        today = self.clock.today()
        up = [one for one in self.shown if not one.handed_out]
        found = {}
        for one in up:
            if one.until is not None and one.until < today:
                continue
            for child in one.people:
                kind = self.last_step(one, child, today)
                if self.permits(child, one.use, today) or kind in CLOSED:
                    continue
                stand = "asked" if kind is StepKind.ASKED else "open"
                found[one.id, child] = stand, self.since(child, one, today)
        return found

    def permits(self, child: str, use: str, day: date) -> bool:
        return self.said(child, use, day).outcome in PERMITS

    def last_step(self, one: Shown, child: str, today: date) -> StepKind | None:
        about = [s for s in one.steps if s.subject_id in ("", child) and s.taken_on <= today]
        about.sort(key=lambda step: (step.taken_on, step.recorded_at))
        return about[-1].kind if about else None

    def since(self, child: str, one: Shown, today: date) -> date | None:
        """First day from which nothing permits it, not before its use; None when long ago."""
        day = today
        while day > one.used_on and not self.permits(child, one.use, day - ONE):
            day -= ONE
            if day < today - FAR_BACK * ONE:
                return None
        return day

    def listed(
        self, uses: tuple[str, ...], guests: tuple[str, ...], day: date | None = None
    ) -> dict[str, tuple[Answered, ...]]:
        """What a list says on a day, by child."""
        day = day or self.clock.today()
        return {
            id: tuple(self.said(id, use, day) for use in uses)
            for id in self.children
            if self.here(id, day) or (id in guests and self.said(id, uses[0], day) == FLAGGED)
        }

    def holds_until(
        self, lines: dict[str, tuple[Answered, ...]], uses: tuple[str, ...]
    ) -> date:
        """The last of a week's days on which every child on a list has the same answers."""
        today = self.clock.today()
        for days in range(1, WEEK):
            day = today + timedelta(days=days)
            if any(lines[id] != tuple(self.said(id, use, day) for use in uses) for id in lines):
                return day - ONE
        return today + timedelta(days=WEEK - 1)

    def differs(self, paper: Printed) -> set[tuple[str, str, str]]:
        """In what a list differs from what it would say today."""
        now = self.listed(paper.list.uses, paper.list.guests)
        found = {("joined", id, "") for id in now.keys() - paper.cells.keys()}
        found |= {("left", id, "") for id in paper.cells.keys() - now.keys()}
        for id in now.keys() & paper.cells.keys():
            for use, then, said in zip(paper.list.uses, paper.cells[id], now[id], strict=True):
                if word(then) != word(said):
                    found.add((change(word(then), word(said)), id, use))
        if self.clock.today() > paper.list.valid_until:
            found.add(("ended", "", ""))
        return found


CLOSED = {StepKind.REMOVED, StepKind.NOT_RECALLED}
FLAGGED = Answered("no", "safety")
WEEK = 7
STRICTNESS = ["yes", "not_needed", "yes_if", "ask", "no"]


def word(said: Answered) -> tuple[str, tuple[str, ...]]:
    """An answer as paper shows it."""
    return ("yes" if said.outcome == "not_needed" else said.outcome), said.conditions


def change(then: tuple[str, tuple[str, ...]], now: tuple[str, tuple[str, ...]]) -> str:
    """Whether paper allows what does not hold any more, or forbids what does."""
    stricter = STRICTNESS.index(now[0]) > STRICTNESS.index(then[0])
    return "forbids" if stricter or not set(now[1]) <= set(then[1]) else "allows"


def differences(state: ListState) -> set[tuple[str, str, str]]:
    return {(change.kind.value, change.pupil_id, change.use) for change in state.changes}


def words(printed: PrintedList) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    return {
        id: tuple((cell.word.value, cell.conditions) for cell in cells)
        for id, cells in read(printed.lines).items()
    }


def test_what_left_the_house_is_followed(school: School, quick_disk: Path) -> None:
    place = furnished(school)

    def stories() -> Outside:
        return Outside(school.copied(quick_disk / new_id()), place)

    whole = (
        settings(max_examples=LONG)
        if TORTURE
        else settings(phases=[Phase.generate], max_examples=SHORT)
    )
    run_afresh(stories, whole)
