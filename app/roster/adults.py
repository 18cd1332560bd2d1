"""Which guardians and members of staff are meant by the rows of a file.

A guardian is recognised by the source's stable key, by e-mail address and family name, by name
and address, and by name among the guardians of the same child. Rows of one file that are about
one person (a mother in the rows of both children) are taken together first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from app.errors import Message
from app.names import fold
from app.people.phones import same_phone
from app.roster.likeness import family_key, may_be, same_name
from app.roster.match import Found, Index, place_of, ruled
from app.roster.roster import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from app.roster.calm import Pace
    from app.roster.proposal import Decided
    from app.roster.questions import Known
    from app.roster.roster import RosterGuardian, RosterStaff

_SAID = (
    *("first_name", "initials", "prefix", "surname", "institution", "street", "postcode"),
    *("town", "country", "ship", "language", "email", "phone"),
)


class Adult(Protocol):
    """A guardian of a file or of the register."""

    @property
    def first_name(self) -> str:
        """The name somebody is called by."""
        ...

    @property
    def initials(self) -> str:
        """Initials."""
        ...

    @property
    def prefix(self) -> str:
        """Prefix of the surname."""
        ...

    @property
    def surname(self) -> str:
        """Surname without prefix."""
        ...

    @property
    def institution(self) -> str:
        """Name of a guardian institution."""
        ...

    @property
    def street(self) -> str:
        """Street and number."""
        ...

    @property
    def postcode(self) -> str:
        """Postcode."""
        ...

    @property
    def email(self) -> str:
        """E-mail address."""
        ...


def family_of(adult: Adult) -> str:
    """The folded family name, or that of the institution."""
    return family_key(adult.prefix, adult.surname) or fold(adult.institution)


def email_mark(adult: Adult, family: str) -> tuple[str, ...] | None:
    """What tells by e-mail address and family name."""
    return ("@", adult.email.strip().casefold(), family) if adult.email and family else None


def address_mark(adult: Adult, family: str) -> tuple[str, ...] | None:
    """What tells by family name and address."""
    if not (family and adult.street):
        return None
    postcode = "".join(adult.postcode.split()).casefold()
    return ("#", postcode, fold(adult.street), family)


def together(
    rows: Sequence[RosterGuardian], pace: Pace
) -> tuple[list[RosterGuardian], dict[str, int], list[Fault]]:
    """The guardians of a file, each once.

    Returns:
        The guardians; for each key of a row the place of its guardian among them; and what two
        rows contradict each other in (the first one counts).
    """
    once: list[RosterGuardian] = []
    faults: list[Fault] = []
    keys: dict[str, int] = {}
    marks: Index[int] = Index()
    for row in pace.over(rows):
        family = family_of(row)
        both = email_mark(row, family), address_mark(row, family)
        own = [hash(mark) for mark in both if mark]
        place = keys.get(row.key)
        if place is None:
            place = _same_person(row, own, once, marks)
        if place is None:
            place = len(once)
            once.append(row)
        else:
            once[place], contradictions = _united(once[place], row)
            faults += contradictions
        keys[row.key] = place
        for mark in own:
            marks.put(mark, str(place))
    return once, keys, faults


def _same_person(
    row: RosterGuardian,
    own: list[int],
    once: list[RosterGuardian],
    marks: Index[int],
) -> int | None:
    for mark in own:
        for place in map(int, marks.get(mark)):
            other = once[place]
            distinct = row.stable and other.stable and row.key != other.key
            if not distinct and may_be(row, other):
                return place
    return None


def contradicts(name: str, one: str, two: str) -> bool:
    """Whether two rows about one person say different things; given names come in many ways."""
    if name in ("first_name", "initials"):
        return False
    if name == "phone":
        return not same_phone(one, two)
    return fold(one).replace(" ", "") != fold(two).replace(" ", "")


def _united(
    first: RosterGuardian, second: RosterGuardian
) -> tuple[RosterGuardian, list[Fault]]:
    """Both rows as one; where they contradict each other the first one counts."""
    added = {}
    faults = []
    for name in _SAID:
        one, two = getattr(first, name), getattr(second, name)
        if not one and two:
            added[name] = two
        elif one and two and contradicts(name, one, two):
            message = Message("roster.guardian_contradicts", place_of(first.where))
            faults.append(Fault(replace(second.where, column=name), message))
    return (replace(first, **added) if added else first), faults


class GuardianMatch:
    """Finds the guardians of the register that the rows of a file are about.

    Args:
        known: the register.
        decided: what a person decided, by the number of the row.
        pace: told how far it is.
    """

    def __init__(self, known: Known, decided: Mapping[int, Decided], pace: Pace) -> None:
        self._known = known
        self._decided = decided
        self._pace = pace
        self._families: dict[str, str] = {}
        self._marks: Index[tuple[str, ...]] = Index()
        for guardian in pace.over(known.guardians.values()):
            family = family_of(guardian)
            self._families[guardian.id] = family
            for mark in (email_mark(guardian, family), address_mark(guardian, family)):
                if mark:
                    self._marks.put(mark, guardian.id)
        self._keyed: set[str] = set()
        self._nobody = Found()

    def find(
        self,
        rows: list[RosterGuardian],
        children: Callable[[int], Iterable[str]],
    ) -> list[Found]:
        """One answer for each row.

        Args:
            rows: the guardians of the file, each once.
            children: ids in the register of the children of a row, as far as they are sure.
        """
        found = [
            ruled(self._decided.get(at)) or self._by_key(row)
            for at, row in enumerate(self._pace.over(rows))
        ]
        self._keyed = {answer.id for answer in found if answer is not None and answer.id}
        return [
            answer if answer is not None else self._by_name(row, children(at))
            for at, (row, answer) in enumerate(zip(self._pace.over(rows), found, strict=True))
        ]

    def _by_key(self, row: RosterGuardian) -> Found | None:
        id = self._known.key("guardian", row.key) if row.stable else ""
        return Found(id) if id in self._known.guardians else None

    def _by_name(self, row: RosterGuardian, children: Iterable[str]) -> Found:
        family = family_of(row) if self._families else ""
        if not family:
            return self._nobody
        left: list[str] = []
        for some in self._likely(row, family, children):
            likely = [id for id in some if self._fits(id, row, family)]
            narrowed = [id for id in left if id in likely] if left else likely
            left = narrowed or left
            if len(left) == 1:
                return Found(left[0])
        if not left:
            return self._nobody
        return Found(left[0], Message("roster.doubt_guardians"), tuple(left))

    def _likely(
        self, row: RosterGuardian, family: str, children: Iterable[str]
    ) -> Iterable[list[str]]:
        for mark in (email_mark(row, family), address_mark(row, family)):
            yield self._marks.get(mark) if mark else []
        tied: dict[str, None] = {}
        for child in children:
            tied.update((tie.guardian_id, None) for tie in self._known.ties.get(child, ()))
        yield list(tied)

    def _fits(self, id: str, row: RosterGuardian, family: str) -> bool:
        if id in self._keyed or self._families.get(id) != family:
            return False
        return may_be(row, self._known.guardians[id])


class StaffMatch:
    """Finds the members of staff that the rows of a file are about.

    Args:
        known: the register.
        decided: what a person decided, by the number of the row.
    """

    def __init__(self, known: Known, decided: Mapping[int, Decided]) -> None:
        self._known = known
        self._decided = decided
        self._claimed: dict[str, int] = {}
        self._emails: Index[str] = Index()
        self._families: Index[str] = Index()
        for member in known.staff.values():
            if member.email:
                self._emails.put(member.email.casefold(), member.id)
            self._families.put(family_key(member.prefix, member.surname), member.id)
        self.faults: list[Fault] = []

    def find(self, rows: tuple[RosterStaff, ...]) -> list[Found]:
        """One answer for each row; faults tell of rows that are there twice."""
        found = [
            ruled(self._decided.get(at)) or self._by_key(row) for at, row in enumerate(rows)
        ]
        keyed = {answer.id for answer in found if answer is not None}
        result = []
        seen: dict[str, int] = {}
        for at, row in enumerate(rows):
            answer = found[at] or self._by_name(row, keyed)
            self._twice(at, rows, answer, seen)
            result.append(answer)
        return result

    def _by_key(self, row: RosterStaff) -> Found | None:
        id = self._known.key("staff", row.key) if row.stable else ""
        return Found(id) if id in self._known.staff else None

    def _by_name(self, row: RosterStaff, keyed: set[str]) -> Found:
        family = family_key(row.prefix, row.surname)
        staff = self._known.staff
        same = [id for id in self._families.get(family) if may_be(row, staff[id])]
        mailed = self._emails.get(row.email.strip().casefold()) if row.email else []
        sure = [id for id in same if id in mailed]
        left = [id for id in sure or same if id not in keyed]
        if len(left) > 1:
            left = [id for id in left if same_name(row, staff[id])] or left
        if not left:
            return Found()
        if len(left) > 1 or (not sure and _mailed_apart(row.email, staff[left[0]].email)):
            return Found(left[0], Message("roster.doubt_staff"), tuple(left))
        return Found(left[0])

    def _twice(
        self, at: int, rows: tuple[RosterStaff, ...], answer: Found, seen: dict[str, int]
    ) -> None:
        row = rows[at]
        mark = answer.id if answer.doubt is None else ""
        mark = mark or (f"key {row.key}" if row.stable else f"name {_staff_mark(row)}")
        first = seen.setdefault(mark, at)
        if first != at:
            answer.left_out = True
            message = Message("roster.twice", place_of(rows[first].where))
            self.faults.append(Fault(row.where, message, left_out=True))


def _mailed_apart(one: str, two: str) -> bool:
    """Whether two people of one name each have an address of their own at one post office."""
    a, b = one.strip().casefold(), two.casefold()
    return bool(a and b) and a != b and a.rpartition("@")[2] == b.rpartition("@")[2]


def _staff_mark(row: RosterStaff) -> str:
    return fold(f"{row.first_name} {row.initials} {row.prefix} {row.surname} {row.email}")
