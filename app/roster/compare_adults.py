"""Guardians with their children, and staff, of a file beside those of the register."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import Message
from app.ids import new_id
from app.people.phones import same_phone
from app.people.records import Guardian, StaffMember
from app.roster.adults import Child, GuardianMatch, StaffMatch, together
from app.roster.calm import all_spent, spent
from app.roster.checking import check_guardian, check_staff
from app.roster.likeness import as_known, family_name, neat
from app.roster.match import Found, by_number
from app.roster.older import day_of
from app.roster.plan import Plan, Step, name_of
from app.roster.proposal import About, Candidate, Change
from app.roster.related import Tie
from app.roster.roster import Fault, RosterGuardian, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.roster.asking import Asking
    from app.roster.calm import Pace
    from app.roster.placing import Placing
    from app.roster.questions import Known
    from app.roster.roster import Roster, RosterStaff

_PLACES = 32
_TIE = (1 << _PLACES) - 1
"""Place of a guardian and number of a relation as one number: numbers are sorted quickly, while
nobody else is let in."""
_VAGUE = frozenset({"", "parent", "other"})
_KINDS = frozenset(
    {
        *("mother", "father", "parent", "guardian", "foster_parent", "step_parent"),
        *("institution", "other"),
    }
)
_PLAIN = (
    *("institution", "street", "postcode", "town", "country", "ship", "language"),
    *("phone",),
)
_NOBODY = RosterGuardian(key="", where=Where(""))


class _Children:
    """Whose children the guardians of a file are, in rows of numbers that take little room.

    Args:
        roster: the file.
        places: the place of each guardian, by key.
        pace: told how far it is.
    """

    def __init__(self, roster: Roster, places: dict[str, int], pace: Pace) -> None:
        rows = roster.relations
        pupils = {row.key: number for number, row in enumerate(roster.pupils)}
        both = [
            places[tie.guardian_key] << _PLACES | at
            for at, tie in enumerate(pace.over(rows))
            if tie.guardian_key in places and tie.pupil_key in pupils
        ]
        both.sort()
        ties = [each & _TIE for each in pace.over(both)]
        self._guardians = array("L", (each >> _PLACES for each in both))
        self._pupils = array("L", (pupils[rows[at].pupil_key] for at in ties))
        self._positions = array("L", (rows[at].position for at in ties))
        self._kinds = [_known_kind(rows[at].kind) for at in pace.over(ties)]
        all_spent(rows)

    def of(self, guardian: int) -> Iterator[tuple[int, str, int]]:
        """The children of a guardian: number of the row, kind and position of the relation."""
        start = bisect_left(self._guardians, guardian)
        end = bisect_right(self._guardians, guardian, start)
        for at in range(start, end):
            yield self._pupils[at], self._kinds[at], self._positions[at]


def _known_kind(kind: str) -> str:
    return kind if kind in _KINDS else "other"


class Guardians:
    """The guardians of a file and whose they are, beside those of the register.

    Args:
        roster: the file; its guardians and relations are spent.
        known: the register.
        plan: what would be written so far.
        asking: what a person decided, and who is told how far it is.
    """

    def __init__(self, roster: Roster, known: Known, plan: Plan, asking: Asking) -> None:
        self._known, self._plan = known, plan
        self._decided, self._pace = asking.decided, asking.pace
        self._pupils: list[Step | None] = []
        found = together(roster.guardians, roster.relations, self._pace)
        self._once, self._faults, self._apart = found.once, found.faults, found.apart
        all_spent(roster.guardians)
        self._children = _Children(roster, found.places, self._pace)
        self._unchanged = 0

    def compare(self, pupils: list[Step | None]) -> None:
        """Add steps and relations.

        Args:
            pupils: a step for each pupil of the file, None for one left out.
        """
        if not self._once:
            return
        self._pupils = pupils
        self._plan.faults += self._faults
        match = GuardianMatch(
            self._known, by_number(self._decided, About.GUARDIAN.value), self._pace
        )
        found = match.find(self._once, self._sure_children, self._apart)
        next_place: dict[str, int] = {}
        both = zip(self._pace.over(self._once), found, strict=True)
        for at, (row, answer) in enumerate(both):
            self._step(at, row, answer, next_place)
            spent(self._once, at, _NOBODY)
        self._plan.unchanged[About.GUARDIAN] = self._unchanged

    def _sure_children(self, at: int) -> list[Child]:
        found = []
        for pupil, kind, position in self._children.of(at):
            step = self._pupils[pupil]
            if step is not None and step.before is not None and step.doubt is None:
                found.append(Child(step.id, kind, position))
        return found

    def _step(
        self, at: int, row: RosterGuardian, answer: Found, next_place: dict[str, int]
    ) -> None:
        before = self._known.guardians.get(answer.id)
        after: Guardian | None = _guardian(row, before)
        if after != before and after is not None:
            after, faults = check_guardian(after, row.where)
            self._plan.faults += faults
        if after is None:
            return
        ties = self._ties(at, after.id, next_place)
        if before is None and not ties:
            message = Message("roster.no_child")
            self._plan.faults.append(Fault(row.where, message, left_out=True))
            return
        step = Step(About.GUARDIAN, Change.NEW, at, before=before, where=row.where)
        step.after = after if after != before else None
        if before is not None:
            step.change = Change.CHANGED if step.after or ties else Change.UNCHANGED
        if row.stable and self._known.key("guardian", row.key) != step.id:
            step.key = row.key
        self._doubt(step, answer)
        self._plan.ties.add(at, ties)
        if step.shows or step.key:
            self._plan.steps.append(step)
        self._unchanged += not step.shows

    def _doubt(self, step: Step, answer: Found) -> None:
        if answer.doubt is None or step.line_key in self._decided:
            return
        step.doubt = answer.doubt
        guardians = self._known.guardians
        _note(self._plan, step, (guardians[id] for id in answer.candidates))
        if step.change is Change.UNCHANGED:
            step.change = Change.CHANGED

    def _ties(self, at: int, guardian_id: str, next_place: dict[str, int]) -> list[Tie]:
        """Relations to be added, and those whose kind becomes known; none is ever ended."""
        found: dict[str, Tie] = {}
        for number, kind, position in self._children.of(at):
            pupil = self._pupils[number]
            if pupil is None or pupil.id in found:
                continue
            known = self._known.ties.get(pupil.id, ())
            tie = next((tie for tie in known if tie.guardian_id == guardian_id), None)
            if tie is None:
                place = next_place.get(pupil.id, len(known)) + 1
                next_place[pupil.id] = place
                place = place if known else max(place, position)
                found[pupil.id] = Tie(pupil, guardian_id, kind or "parent", place)
            elif not tie.ended and kind not in _VAGUE and kind != tie.kind:
                found[pupil.id] = Tie(pupil, guardian_id, kind, tie.position, tie.id)
        return list(found.values())


def compare_staff(
    roster: Roster,
    known: Known,
    plan: Plan,
    asking: Asking,
    placing: Placing,
) -> None:
    """Add the staff of a file to a plan.

    Args:
        roster: the file.
        known: the register.
        plan: what would be written so far.
        asking: the day, and what a person decided.
        placing: the sites and the school year of the file.
    """
    decided = asking.decided
    match = StaffMatch(known, by_number(decided, About.STAFF.value))
    found = match.find(roster.staff)
    plan.faults += match.faults
    unchanged = 0
    for at, (row, answer) in enumerate(zip(roster.staff, found, strict=True)):
        step = None if answer.left_out else _staff_step(at, row, answer, known, plan)
        if step is None:
            continue
        if answer.doubt is not None and step.line_key not in decided:
            step.doubt = answer.doubt
            _note(plan, step, (known.staff[id] for id in answer.candidates))
            step.change = Change.CHANGED
        if step.shows or step.key:
            plan.steps.append(step)
        unchanged += not step.shows
    plan.unchanged[About.STAFF] = unchanged
    if roster.whole_staff:
        _Missing(roster, known, asking, placing).propose(plan, found)


def _staff_step(
    at: int, row: RosterStaff, answer: Found, known: Known, plan: Plan
) -> Step | None:
    before = known.staff.get(answer.id)
    if before is None and row.left:
        return None
    after: StaffMember | None = _member(row, before)
    if after != before and after is not None:
        after, faults = check_staff(after, row.where)
        plan.faults += faults
    if after is None:
        return None
    step = Step(About.STAFF, Change.NEW, at, before=before, where=row.where)
    step.after = after if after != before else None
    if before is not None:
        step.change = _staff_change(before, after)
    if row.stable and known.key("staff", row.key) != step.id:
        step.key = row.key
    return step


def _staff_change(before: StaffMember, after: StaffMember) -> Change:
    if before.left != after.left:
        return Change.LEFT if after.left else Change.RETURNED
    return Change.CHANGED if after != before else Change.UNCHANGED


class _Missing:
    """Staff who are missing from a file: proposed as left, some of them for a person to see."""

    def __init__(self, roster: Roster, known: Known, asking: Asking, placing: Placing) -> None:
        self._known, self._asking, self._year = known, asking, placing.year
        told = {*placing.covered, known.spare_site}
        self._elsewhere = any(
            not site.closed and site.id not in told for site in known.sites.values()
        )
        self._as_of = day_of(roster, asking.today)
        self._keyed = frozenset(known.keys.get(About.STAFF.value, {}).values())

    def propose(self, plan: Plan, found: list[Found]) -> None:
        """Add a step for everybody who is missing."""
        meant = {answer.id for answer in found}
        for answer in found:
            meant.update(answer.candidates)
        for member in self._known.staff.values():
            if member.left or member.id in meant:
                continue
            step = Step(About.STAFF, Change.LEFT, -1, before=member)
            step.after = replace(member, left=True)
            if step.line_key not in self._asking.decided:
                step.doubt = self._doubt(member.id)
            plan.steps.append(step)

    def _doubt(self, id: str) -> Message | None:
        """Why somebody who is missing may work at the school all the same."""
        since = self._known.staff_since.get(id)
        if self._as_of and since and since >= self._as_of and id not in self._keyed:
            return Message("roster.doubt_staff_later", {"day": since})
        if self._year.end < self._asking.today:
            return Message("roster.doubt_staff_year_over", {"year": self._year.name})
        return Message("roster.doubt_elsewhere") if self._elsewhere else None


def _note(plan: Plan, step: Step, people: Iterable[Guardian | StaffMember]) -> None:
    if found := tuple(map(_candidate, people)):
        plan.candidates[step.line_key] = found


def _candidate(person: Guardian | StaffMember) -> Candidate:
    if isinstance(person, Guardian):
        parts = (person.street, person.town, person.email)
    else:
        parts = (person.function, person.email, "")
    return Candidate(person.id, name_of(person), ", ".join(part for part in parts if part))


def _guardian(row: RosterGuardian, old: Guardian | None) -> Guardian:
    """The guardian as he would be: what the file says, else what is known."""
    if old is None:
        return _new_guardian(row)
    prefix, surname = family_name(row, old)
    said = {name: value for name in _PLAIN if (value := neat(getattr(row, name)))}
    if same_phone(said.get("phone", ""), old.phone):
        said.pop("phone", None)
    return replace(
        old,
        first_name=_given(row.first_name, old.first_name),
        initials=neat(row.initials) or old.initials,
        prefix=prefix,
        surname=surname,
        email=_email(row.email, old.email),
        large_print=old.large_print,
        **said,
    )


def _new_guardian(row: RosterGuardian) -> Guardian:
    surname, language = neat(row.surname), neat(row.language)
    found = Guardian(
        id=new_id(),
        first_name=neat(row.first_name),
        initials=neat(row.initials),
        prefix=neat(row.prefix) if surname else "",
        surname=surname,
        institution=neat(row.institution),
        street=neat(row.street),
        postcode=neat(row.postcode),
        town=neat(row.town),
        country=neat(row.country),
        ship=neat(row.ship),
        email=neat(row.email),
        phone=neat(row.phone),
    )
    return replace(found, language=language) if language else found


def _member(row: RosterStaff, before: StaffMember | None) -> StaffMember:
    old = before or StaffMember(id=new_id(), first_name="")
    prefix, surname = family_name(row, old)
    return replace(
        old,
        first_name=_given(row.first_name, old.first_name),
        initials=neat(row.initials) or old.initials,
        prefix=prefix,
        surname=surname,
        function=neat(row.function) or old.function,
        email=_email(row.email, old.email),
        left=row.left,
    )


def _given(new: str, old: str) -> str:
    """A first name; a single letter does not replace a name that begins with it."""
    name = neat(new)
    short = len(name.rstrip(".")) == 1 and old[:1].casefold() == name[:1].casefold()
    return old if not name or (old and short) else as_known("first_name", name, old)


def _email(new: str, old: str) -> str:
    """An address; capitals alone make no other one."""
    email = neat(new)
    return old if not email or email.casefold() == old.casefold() else email
