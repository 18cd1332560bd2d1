"""Which guardians and members of staff are meant by the rows of a file.

A guardian is recognised by the source's stable key, by e-mail address and family name, by name
and address, and by name among the guardians of the same child. Rows of one file that are about
one person (a mother in the rows of both children) are taken together first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.errors import Message
from app.names import fold
from app.people.phones import same_phone
from app.roster.likeness import family_key, may_be, same_name
from app.roster.match import NOBODY, Found, Index, place_of, ruled
from app.roster.roster import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from app.roster.calm import Pace
    from app.roster.proposal import Decided
    from app.roster.questions import Known
    from app.roster.roster import RosterGuardian, RosterRelation, RosterStaff

_SAID = (
    *("first_name", "initials", "prefix", "surname", "institution", "street", "postcode"),
    *("town", "country", "ship", "language", "email", "phone"),
)


_PARENTS = {"father", "mother"}


class Child(NamedTuple):
    """A child of the register whose guardian a row is about; `kind` and `position` as there."""

    id: str
    kind: str
    position: int


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


class OfOneChild:
    """Tells which guardians of a file are guardians of one child.

    It is made when it is asked for first, which is seldom.
    """

    def __init__(self, relations: Sequence[RosterRelation]) -> None:
        self._relations = relations
        self._children: dict[str, tuple[str, ...]] = {}

    def __call__(self, one: str, two: str) -> bool:
        """Whether the guardians with these keys have a child in common."""
        if not self._children:
            for tie in self._relations:
                known = self._children.get(tie.guardian_key, ())
                self._children[tie.guardian_key] = (*known, tie.pupil_key)
        mine = self._children.get(one, ())
        return any(child in mine for child in self._children.get(two, ()))

    def unite(self, one: str, two: str) -> None:
        """The guardian with the second key is the one with the first."""
        more = self._children.get(two, ())
        if more and one != two:
            self._children[one] = (*self._children.get(one, ()), *more)


class Together:
    """The guardians of a file, each once.

    Args:
        of_one_child: tells who have a child in common; where the names of such two do not
            say that they are one person, they are two.

    Attributes:
        once: the guardians.
        places: for each key of a row the place of its guardian among them.
        apart: places of those who share a name and an address, and a child: two people.
        faults: what two rows contradict each other in; the first one counts.
    """

    def __init__(self, of_one_child: OfOneChild) -> None:
        self.once: list[RosterGuardian] = []
        self.places: dict[str, int] = {}
        self.apart: dict[int, list[int]] = {}
        self.faults: list[Fault] = []
        self._of_one_child = of_one_child
        self._marks: Index[int, int] = Index()

    def add(self, row: RosterGuardian) -> None:
        """Take a row, as one more or as a person who is there."""
        family = family_of(row)
        both = email_mark(row, family), address_mark(row, family)
        own = [hash(mark) for mark in both if mark]
        place = self.places.get(row.key)
        beside: list[int] = []
        if place is None:
            place = self._same_person(row, own, beside)
        if place is None:
            place = len(self.once)
            self.once.append(row)
        else:
            self._of_one_child.unite(self.once[place].key, row.key)
            self.once[place], contradictions = _united(self.once[place], row)
            self.faults += contradictions
        for other in beside:
            self.apart.setdefault(place, []).append(other)
            self.apart.setdefault(other, []).append(place)
        self.places[row.key] = place
        for mark in own:
            self._marks.put(mark, place)

    def _same_person(
        self, row: RosterGuardian, own: list[int], beside: list[int]
    ) -> int | None:
        for mark in own:
            for place in self._marks.get(mark):
                other = self.once[place]
                distinct = row.stable and other.stable and row.key != other.key
                if distinct or not may_be(row, other):
                    continue
                sure = _is_named(row) and _is_named(other)
                if sure or not self._of_one_child(other.key, row.key):
                    return place
                beside.append(place)
        return None


def _is_named(adult: Adult) -> bool:
    return bool(adult.first_name or adult.initials)


def together(
    rows: Sequence[RosterGuardian], relations: Sequence[RosterRelation], pace: Pace
) -> Together:
    """The guardians of a file, each once."""
    found = Together(OfOneChild(relations))
    for row in pace.over(rows):
        found.add(row)
    return found


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
        self._marks: Index[tuple[str, ...], str] = Index()
        for guardian in pace.over(known.guardians.values()):
            family = family_of(guardian)
            self._families[guardian.id] = family
            for mark in (email_mark(guardian, family), address_mark(guardian, family)):
                if mark:
                    self._marks.put(mark, guardian.id)
        self._keyed: set[str] = set()
        self._beside: set[str] = set()

    def find(
        self,
        rows: list[RosterGuardian],
        children: Callable[[int], list[Child]],
        apart: Mapping[int, Sequence[int]],
    ) -> list[Found]:
        """One answer for each row.

        Args:
            rows: the guardians of the file, each once.
            children: the children of a row who are in the register, as far as they are sure.
            apart: rows that are about two people, whatever they share.
        """
        found = [
            ruled(self._decided.get(at)) or self._by_key(row)
            for at, row in enumerate(self._pace.over(rows))
        ]
        self._keyed = {answer.id for answer in found if answer is not None and answer.id}
        for at, row in enumerate(self._pace.over(rows)):
            if found[at] is None:
                beside = apart.get(at)
                taken = [found[place] for place in beside or () if place < at]
                self._beside = {each.id for each in taken if each and each.doubt is None}
                found[at] = self._by_name(row, children(at), one_of_two=bool(beside))
        return [answer or NOBODY for answer in found]

    def _by_key(self, row: RosterGuardian) -> Found | None:
        id = self._known.key("guardian", row.key) if row.stable else ""
        return Found(id) if id in self._known.guardians else None

    def _by_name(
        self, row: RosterGuardian, children: list[Child], *, one_of_two: bool
    ) -> Found:
        family = family_of(row) if self._families else ""
        if not family:
            return NOBODY
        others = frozenset() if _is_named(row) else self._other_parents(children)
        left: list[str] = []
        for some in self._likely(row, family, children):
            likely = [id for id in some if id not in others and self._fits(id, row, family)]
            narrowed = [id for id in left if id in likely] if left else likely
            left = narrowed or left
            if len(left) == 1:
                return Found(left[0])
        if left and one_of_two and (told := self._told_apart(left, children)):
            return Found(told)
        if not left:
            return NOBODY
        return Found(left[0], Message("roster.doubt_guardians"), tuple(left))

    def _likely(
        self, row: RosterGuardian, family: str, children: list[Child]
    ) -> Iterable[list[str]]:
        for mark in (email_mark(row, family), address_mark(row, family)):
            yield self._marks.get(mark) if mark else []
        tied: dict[str, None] = {}
        for child in children:
            tied.update((tie.guardian_id, None) for tie in self._known.ties.get(child.id, ()))
        yield list(tied)

    def _fits(self, id: str, row: RosterGuardian, family: str) -> bool:
        if id in self._keyed or id in self._beside or self._families.get(id) != family:
            return False
        return may_be(row, self._known.guardians[id])

    def _other_parents(self, children: list[Child]) -> frozenset[str]:
        """Ids of the mothers of children whose father a row is about, and the reverse."""
        ties = (
            (tie, child) for child in children for tie in self._known.ties.get(child.id, ())
        )
        return frozenset(
            tie.guardian_id for tie, child in ties if {tie.kind, child.kind} == _PARENTS
        )

    def _told_apart(self, left: list[str], children: list[Child]) -> str:
        """Which of two guardians of one child a row is about: the one with its place, or ""."""
        for child in children:
            ties = [
                tie for tie in self._known.ties.get(child.id, ()) if tie.guardian_id in left
            ]
            for tie in ties:
                if tie.position == child.position:
                    return tie.guardian_id
        return ""


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
        self._emails: Index[str, str] = Index()
        self._families: Index[str, str] = Index()
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
            result.append(self._once(at, rows, answer, seen))
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
            return NOBODY
        if len(left) > 1 or (not sure and _mailed_apart(row.email, staff[left[0]].email)):
            return Found(left[0], Message("roster.doubt_staff"), tuple(left))
        return Found(left[0])

    def _once(
        self, at: int, rows: tuple[RosterStaff, ...], answer: Found, seen: dict[str, int]
    ) -> Found:
        """The answer; it leaves out a row about whom another was before."""
        row = rows[at]
        mark = answer.id if answer.doubt is None else ""
        mark = mark or (f"key {row.key}" if row.stable else f"name {_staff_mark(row)}")
        first = seen.setdefault(mark, at)
        if first == at:
            return answer
        message = Message("roster.twice", place_of(rows[first].where))
        self.faults.append(Fault(row.where, message, left_out=True))
        return answer._replace(left_out=True)


def _mailed_apart(one: str, two: str) -> bool:
    """Whether two people of one name each have an address of their own at one post office."""
    a, b = one.strip().casefold(), two.casefold()
    return bool(a and b) and a != b and a.rpartition("@")[2] == b.rpartition("@")[2]


def _staff_mark(row: RosterStaff) -> str:
    return fold(f"{row.first_name} {row.initials} {row.prefix} {row.surname} {row.email}")
