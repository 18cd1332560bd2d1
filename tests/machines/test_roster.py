"""Files come in, people are changed by hand, files come in again; beside a plain model.

The model knows what a person at the desk would expect: the file wins where it speaks, an empty
field empties nothing, who is missing from a whole file has left, and nothing that was decided is
ever touched.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from app.check.answer import find_pupils
from app.consent.decide import raise_flag
from app.consent.records import Decision, SafetyFlag
from app.ids import new_id
from app.override import override
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import PupilDraft, save_pupil
from app.people.places import EnrolmentDraft, enrol, latest, leave
from app.people.records import (
    Authority,
    AuthorityKind,
    Enrolment,
    Group,
    Guardian,
    Pupil,
    Relation,
)
from app.record import Compartment
from app.roster.accept import accept, propose
from app.roster.undo import built_on, imports, undo_import
from app.start.begin import make_ready
from tests.app.roster.made import child, family, group, parent, roster
from tests.journeys.families import says
from tests.machines.afresh import run_afresh

if TYPE_CHECKING:
    from pathlib import Path

    from app.record import Record
    from app.roster.roster import Roster
    from db.register.session import LocalSession
    from tests.registers import School

FIRST = ("Zoë", "Tom", "Eva", "Łucja", "Bram")
SURNAMES = ("Wal", "Kowalczyk", "Bos")
GROUPS = ("Zeester", "Zeepaard", "Koraal")
BEGUN = date(2026, 8, 20)
NUMBERS = st.integers(1, 5)
K = TypeVar("K")
V = TypeVar("V")


@dataclass
class Row:
    """A child as a file tells it; "" says nothing."""

    number: int
    surname: str
    group: str
    parents: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        return FIRST[self.number - 1]


@dataclass
class Kid:
    """A child as the register should hold it."""

    first: str
    surname: str
    group: str
    here: bool = True
    parents: set[str] = field(default_factory=set)


@dataclass
class Taken:
    """An import, and what there was before it and after it."""

    id: str
    kids: dict[int, Kid]
    people: dict[str, Record]
    kids_after: dict[int, Kid]
    people_after: dict[str, Record]


ROWS = st.builds(
    Row,
    number=NUMBERS,
    surname=st.sampled_from(SURNAMES),
    group=st.sampled_from(("", *GROUPS)),
    parents=st.lists(st.sampled_from(("Anna", "Piotr")), unique=True).map(tuple),
)
FILES = st.lists(ROWS, min_size=1, max_size=5, unique_by=lambda row: row.number)


def as_roster(rows: list[Row], *, whole: bool) -> Roster:
    people: list[object] = [group(name, name) for name in GROUPS]
    for row in rows:
        key = f"k{row.number}"
        keys = (row.group,) if row.group else ()
        people.append(
            child(
                row.first, row.surname, key=key, stable=True, number=str(row.number),
                group_keys=keys, entered=BEGUN, birth_date=date(2020, 1, row.number),
            )
        )  # fmt: skip
        names = [f"{name} {row.number}" for name in row.parents]
        people += [parent(name.split()[0], f"Ouder{row.number}", key=name) for name in names]
        people += family(**{key: names})
    return roster(*people, whole=whole)


def copied(kids: dict[int, Kid]) -> dict[int, Kid]:
    return {number: replace(kid, parents=set(kid.parents)) for number, kid in kids.items()}


def parts(kids: dict[int, Kid]) -> dict[tuple[int, str], Any]:
    """What is known of each child in the pieces in which it is stored and taken back."""
    found: dict[tuple[int, str], Any] = {}
    for number, kid in kids.items():
        found[number, "name"] = (kid.first, kid.surname)
        found[number, "place"] = (kid.group, kid.here)
        found[number, "parents"] = frozenset(kid.parents)
    return found


def together(pieces: dict[tuple[int, str], Any]) -> dict[int, Kid]:
    """The children of these pieces."""
    found = {}
    for number, _ in pieces:
        first, surname = pieces[number, "name"]
        where, here = pieces[number, "place"]
        found[number] = Kid(first, surname, where, here, {*pieces[number, "parents"]})
    return found


def apart_from(now: dict[K, V], after: dict[K, V], before: dict[K, V]) -> dict[K, V]:
    """What there was before, with what differs now from what there was after."""
    changed = {key: value for key, value in now.items() if after.get(key) != value}
    kept = {key: value for key, value in before.items() if key in now or key not in after}
    return {**kept, **changed}


class Desk(RuleBasedStateMachine):
    """One register, its files, and what somebody changes by hand in between."""

    def __init__(self, school: School) -> None:
        super().__init__()
        self.school = school
        self.kids: dict[int, Kid] = {}
        self.last: Roster | None = None
        self.known: list[tuple[Record, ...]] = []
        self.before_last: Taken | None = None

    @initialize()
    def begin(self) -> None:
        self.session: LocalSession = self.school.administrator()
        make_ready(self.session)

    # -- files ------------------------------------------------------------------------------

    @rule(rows=FILES, whole=st.booleans())
    def take(self, rows: list[Row], whole: bool) -> None:
        """A file is taken over; what it says is so afterwards."""
        made = as_roster(rows, whole=whole)
        proposal = propose(self.session, made)
        assert proposal.doubtful == (), [line.doubt for line in proposal.doubtful]
        expected = self.expected(rows, whole=whole)
        before, kept = self.people(), copied(self.kids)
        if proposal.is_empty:
            assert expected == self.kids
        else:
            done = accept(self.session, made, proposal)
            after = self.people()
            self.before_last = Taken(done.id, kept, before, copied(expected), after)
        self.kids, self.last = expected, made

    def expected(self, rows: list[Row], *, whole: bool) -> dict[int, Kid]:
        kids = copied(self.kids)
        for row in rows:
            kid = kids.get(row.number)
            if kid is None:
                kid = kids[row.number] = Kid(row.first, row.surname, row.group)
            elif not kid.here:
                kid.group = row.group
            kid.first, kid.surname, kid.here = row.first, row.surname, True
            kid.group = row.group or kid.group
            kid.parents |= set(row.parents)
        if whole:
            said = {row.number for row in rows}
            for number, kid in kids.items():
                kid.here = kid.here and number in said
        return kids

    @precondition(lambda self: self.last is not None)
    @rule()
    def take_again(self) -> None:
        """The same file a second time only says again what was changed by hand since."""
        assert self.last is not None
        proposal = propose(self.session, self.last)
        if not proposal.is_empty:
            accept(self.session, self.last, proposal)
            self.kids = self.said_again()
            self.before_last = None
        assert propose(self.session, self.last).is_empty

    def said_again(self) -> dict[int, Kid]:
        """What the last file says, on top of what the register holds now."""
        assert self.last is not None
        rows = []
        for row in self.last.pupils:
            parents = tuple(
                tie.guardian_key.split()[0]
                for tie in self.last.relations
                if tie.pupil_key == row.key
            )
            where = row.group_keys[0] if row.group_keys else ""
            rows.append(Row(int(row.number), row.surname, where, parents))
        return self.expected(rows, whole=self.last.whole)

    @precondition(lambda self: self.before_last is not None)
    @rule()
    def undo(self) -> None:
        """The last import is undone, or says what was built on it.

        What was changed by hand since about people of whom the import said nothing stays.
        """
        assert self.before_last is not None
        taken, self.before_last = self.before_last, None
        if built_on(self.session, taken.id):
            return
        now = self.people()
        undo_import(self.session, taken.id)
        assert self.people() == apart_from(now, taken.people_after, taken.people)
        now_and_then = (parts(each) for each in (self.kids, taken.kids_after, taken.kids))
        self.kids = together(apart_from(*now_and_then))
        self.last = None

    # -- by hand ----------------------------------------------------------------------------

    @precondition(lambda self: self.kids)
    @rule(number=NUMBERS, surname=st.sampled_from(SURNAMES))
    def rename(self, number: int, surname: str) -> None:
        if number in self.kids and self.kids[number].surname != surname:
            known = self.pupil(number)
            drafted = PupilDraft(
                known.first_name, "", surname, known.birth_date, known.number, known.id
            )
            save_pupil(self.session, drafted)
            self.kids[number].surname = surname

    @precondition(lambda self: self.kids)
    @rule(number=NUMBERS, name=st.sampled_from(GROUPS))
    def move(self, number: int, name: str) -> None:
        kid = self.kids.get(number)
        if kid is not None and kid.here and kid.group != name:
            there = self.group_named(name)
            drafted = EnrolmentDraft(self.pupil(number).id, there.site_id, there.id)
            enrol(self.session, drafted)
            kid.group = name

    @precondition(lambda self: self.kids)
    @rule(number=NUMBERS)
    def leave(self, number: int) -> None:
        kid = self.kids.get(number)
        if kid is not None and kid.here:
            yesterday = self.session.clock.today() - timedelta(days=1)
            leave(self.session, self.pupil(number).id, yesterday)
            kid.here = False

    @precondition(lambda self: self.kids)
    @rule(number=NUMBERS, what=st.sampled_from(("answer", "authority", "flag")))
    def decide(self, number: int, what: str) -> None:
        """Something is recorded that no file may ever touch."""
        kid = self.kids.get(number)
        if kid is None or not kid.parents:
            return
        pupil = self.pupil(number)
        with self.session.look(Compartment.CONSENT) as reader:
            tie = reader.all(Relation, pupil_id=pupil.id)[0]
            guardian = reader.get(Guardian, tie.guardian_id)
        if what == "answer":
            says(self.session, pupil, guardian)
        elif what == "authority":
            kind = AuthorityKind.JOINT_PARENTAL
            drafted = AuthorityDraft(pupil.id, guardian.id, kind, source="enrolment_form")
            record_authority(self.session, drafted)
        else:
            raise_flag(self.session, pupil.id)

    @rule(days=st.sampled_from([1, 2, 30]))
    def pass_time(self, days: int) -> None:
        self.school.clock.move(timedelta(days=days))

    # -- what the register holds -----------------------------------------------------------

    def pupil(self, number: int) -> Pupil:
        with self.session.look(Compartment.CONSENT) as reader:
            return reader.all(Pupil, number=str(number))[0]

    def group_named(self, name: str) -> Group:
        with self.session.look(Compartment.CONSENT) as reader:
            return reader.all(Group, name=name)[0]

    def people(self) -> dict[str, Record]:
        with self.session.look(Compartment.CONSENT) as reader:
            kinds = (Pupil, Guardian, Relation, Enrolment, Group)
            return {record.id: record for kind in kinds for record in reader.all(kind)}

    def decided(self) -> list[tuple[Record, ...]]:
        with self.session.look(Compartment.CONSENT) as reader:
            return [reader.all(kind) for kind in (Decision, Authority, SafetyFlag)]

    @invariant()
    def the_register_holds_what_is_expected(self) -> None:
        if not hasattr(self, "session"):
            return
        with self.session.look(Compartment.CONSENT) as reader:
            groups = {each.id: each.name for each in reader.all(Group)}
            found = {}
            for pupil in reader.all(Pupil):
                known = latest(reader.all(Enrolment, pupil_id=pupil.id))
                here, where = self.place(known)
                ties = reader.all(Relation, pupil_id=pupil.id)
                parents = {reader.get(Guardian, tie.guardian_id).first_name for tie in ties}
                assert len(parents) == len(ties), "a parent was taken over twice"
                found[int(pupil.number)] = Kid(
                    pupil.first_name, pupil.surname, groups.get(where, ""), here, parents
                )
        for number, kid in self.kids.items():
            shown = found[number]
            if not kid.here:
                shown = replace(shown, group=kid.group)
            assert shown == kid, (number, shown, kid)
        assert set(found) == set(self.kids)

    def place(self, facts: tuple[Enrolment, ...]) -> tuple[bool, str]:
        today = self.session.clock.today()
        real = [f for f in facts if f.end is None or f.end >= f.start]
        here = [f for f in real if f.start <= today and (f.end is None or f.end >= today)]
        assert len(here) <= 1, "enrolled twice on one day"
        return bool(here), here[0].group_id if here else ""

    @invariant()
    def nothing_that_was_decided_is_touched(self) -> None:
        if not hasattr(self, "session"):
            return
        now = self.decided()
        for before, after in zip(self.known or now, now, strict=True):
            assert set(before) <= set(after)
        self.known = now

    @invariant()
    def the_list_names_who_is_here(self) -> None:
        if not hasattr(self, "session"):
            return
        for number, kid in self.kids.items():
            named = {hit.name for hit in find_pupils(self.session, kid.first)}
            assert (f"{kid.first} {kid.surname}" in named) == kid.here, (number, kid, named)

    @override
    def teardown(self) -> None:
        if hasattr(self, "session"):
            found = self.session.verify(Compartment.CONSENT)
            assert found.in_order, found.findings
            assert imports(self.session) is not None
        self.school.lock()
        shutil.rmtree(self.school.folder.parent)


def test_files_and_hands_agree_with_the_model(school: School, quick_disk: Path) -> None:
    school.lock()

    def desk() -> Desk:
        return Desk(school.copied(quick_disk / new_id()))

    whole = settings(phases=[Phase.generate], stateful_step_count=25)
    run_afresh(desk, whole)
