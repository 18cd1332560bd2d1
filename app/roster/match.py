"""Who in the register is meant by a row of a file.

Matching goes by what proves most: the source's stable key, then the school's own number, then
name and birth date. What a person has to decide comes out as a doubt, never as a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from app.errors import Message
from app.names import fold
from app.roster.likeness import name_keys, same_name, shares_name
from app.roster.proposal import Choice
from app.roster.roster import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.roster.calm import Pace
    from app.roster.proposal import Decided
    from app.roster.questions import Known, KnownPupil
    from app.roster.roster import RosterPupil, Where

Key = TypeVar("Key")
Of = TypeVar("Of", str, int)


class Found(NamedTuple):
    """Who is meant by one row.

    Attributes:
        id: id in the register of the one meant, or likely meant when doubtful; "" for nobody.
        doubt: why a person has to decide.
        candidates: ids of all who may be meant.
        left_out: the row is not taken over at all.
    """

    id: str = ""
    doubt: Message | None = None
    candidates: tuple[str, ...] = ()
    left_out: bool = False


class Index(Generic[Key, Of]):
    """Ids, or numbers of rows, by something that several people may share."""

    def __init__(self) -> None:
        self._found: dict[Key, Of | list[Of]] = {}

    def put(self, key: Key, who: Of) -> None:
        """Note one more."""
        before = self._found.setdefault(key, who)
        if isinstance(before, list):
            if who not in before:
                before.append(who)
        elif before != who:
            self._found[key] = [before, who]

    def get(self, key: Key) -> list[Of]:
        """Everybody under a key, in the order they were noted."""
        found = self._found.get(key)
        if found is None:
            return []
        return found if isinstance(found, list) else [found]


NOBODY = Found()
"""What is found for somebody new; very many rows share it."""


def ruled(decided: Decided | None) -> Found | None:
    """What a person decided about a row: it is this one, or nobody of the register."""
    if decided is None:
        return None
    if decided.choice is Choice.SAME:
        return Found(decided.same)
    return NOBODY if decided.choice is Choice.NEW else None


class PupilMatch:
    """Finds the pupils of the register that the rows of a file are about.

    Args:
        known: the register.
        places: site and group of each row, as ids of the register ("" for new ones).
        decided: what a person decided, by the number of the row.
        pace: told how far it is.
    """

    def __init__(
        self,
        known: Known,
        places: list[tuple[str, str]],
        decided: Mapping[int, Decided],
        pace: Pace,
    ) -> None:
        self._known = known
        self._places = places
        self._decided = decided
        self._pace = pace
        self._claimed: dict[str, int] = {}
        self._numbers: dict[str, str] = {}
        self._names: Index[str, str] = Index()
        self._keyed: dict[str, int] = {}
        self._numbered: dict[str, int] = {}
        self._called: dict[tuple[str, date | None], int] = {}
        self.faults: list[Fault] = []
        for pupil in pace.over(known.pupils.values()):
            if pupil.number:
                self._numbers[fold(pupil.number)] = pupil.id
            for key in name_keys(pupil):
                self._names.put(key, pupil.id)

    def find(self, rows: Sequence[RosterPupil]) -> list[Found]:
        """One answer for each row; faults tell of rows that are there twice."""
        found: list[Found | None] = [ruled(self._decided.get(at)) for at in range(len(rows))]
        self._claim(found)
        found = [found[at] or self._marked(row) for at, row in enumerate(self._pace.over(rows))]
        self._claim(found)
        result = []
        for at, row in enumerate(self._pace.over(rows)):
            answer = found[at] or self._by_name(at, row)
            result.append(answer)
            self._note(at, answer)
        self._twice(rows, result)
        return result

    # -- keys and numbers ---------------------------------------------------------------------

    def _marked(self, row: RosterPupil) -> Found | None:
        by_key = self._known.key("pupil", row.key) if row.stable else ""
        by_number = self._numbers.get(fold(row.number), "") if row.number else ""
        keyed = self._known.pupils.get(by_key)
        if keyed is not None:
            if by_number and by_number != by_key:
                return _doubtful("number_elsewhere", by_key, by_number)
            if self._is(row, keyed, shared=True):
                return Found(by_key)
            return _doubtful("key_name", by_key)
        if not by_number:
            return None
        pupil = self._known.pupils[by_number]
        if self._is(row, pupil, shared=False):
            return Found(by_number)
        return _doubtful("number_name", by_number, *self._named(row))

    def _is(self, row: RosterPupil, pupil: KnownPupil, *, shared: bool) -> bool:
        """Whether a row is about whom its key or number names, and about nobody else by name.

        Of twins whose numbers were exchanged neither gets the other's name unasked.
        """
        if _agrees(row, pupil):
            return True
        convinces = _convinces(row, pupil, shared=shared)
        return convinces and all(id == pupil.id for id in self._named(row))

    # -- names --------------------------------------------------------------------------------

    def _named(self, row: RosterPupil) -> list[str]:
        """Ids of pupils with the name of a row and no other birth date."""
        if not self._known.pupils:
            return []
        found: dict[str, None] = {}
        for key in name_keys(row):
            found.update(dict.fromkeys(self._names.get(key)))
        born = row.birth_date
        return [id for id in found if not _contradict(born, self._known.pupils[id].birth_date)]

    def _by_name(self, at: int, row: RosterPupil) -> Found:
        everybody = self._named(row)
        named = [id for id in everybody if id not in self._claimed]
        if not named:
            return self._namesake(row, everybody) if everybody else NOBODY
        pupils = [self._known.pupils[id] for id in named]
        born = [p for p in pupils if row.birth_date and p.birth_date == row.birth_date]
        if len(born) > 1:
            place = self._places[at]
            near = [p for p in born if place[1] and (p.site_id, p.group_id) == place]
            if len(near) == 1:  # twins of one name, each in a group of their own
                return Found(near[0].id)
            return _doubtful("several", *(p.id for p in born))
        if born:
            return self._likely(at, row, born[0])
        if other := [p.id for p in pupils if _other_number(row, p)]:
            return _doubtful("other_number", *other)
        return self._without_birth(at, pupils)

    def _likely(self, at: int, row: RosterPupil, pupil: KnownPupil) -> Found:
        if _other_number(row, pupil):
            return _doubtful("other_number", pupil.id)
        site, _ = self._places[at]
        if names_place(row) and pupil.site_id and site != pupil.site_id:
            return _doubtful("moved", pupil.id)
        return Found(pupil.id)

    def _without_birth(self, at: int, pupils: list[KnownPupil]) -> Found:
        """The only one of that name in the same group is meant; else a person decides."""
        site, group = self._places[at]
        near = [p for p in pupils if (p.site_id, p.group_id) == (site, group)]
        if len(near) == 1 and (group or near[0].birth_date is None):
            return Found(near[0].id)
        return _doubtful("no_birth", *(p.id for p in pupils))

    def _namesake(self, row: RosterPupil, everybody: list[str]) -> Found:
        """Somebody of this name is in another row: twins of one name, or a double entry."""
        if row.birth_date is None and not row.number:
            return NOBODY
        return Found("", Message("roster.doubt_namesake"), tuple(everybody))

    # -- rows that are there twice ------------------------------------------------------------

    def _claim(self, found: list[Found | None]) -> None:
        for at, answer in enumerate(found):
            if answer is not None and answer.id and answer.doubt is None:
                self._claimed.setdefault(answer.id, at)

    def _note(self, at: int, answer: Found) -> None:
        if answer.id and answer.doubt is None:
            self._claimed.setdefault(answer.id, at)

    def _twice(self, rows: Sequence[RosterPupil], found: list[Found]) -> None:
        """Leave out rows that say again what another said; twins of one name are a doubt."""
        for at, row in enumerate(self._pace.over(rows)):
            answer = found[at]
            first = self._first(at, row, answer)
            if first is None:
                continue
            if answer.id or not _apart(rows[first], row):
                found[at] = answer._replace(left_out=True)
                same = same_name(rows[first], row)
                why = "roster.twice" if same else "roster.number_twice"
                message = Message(why, place_of(rows[first].where))
                self.faults.append(Fault(row.where, message, left_out=True))
            elif at not in self._decided and answer.doubt is None:
                found[at] = answer._replace(doubt=Message("roster.doubt_namesake"))

    def _first(self, at: int, row: RosterPupil, answer: Found) -> int | None:
        """The earlier row about the same person, or about somebody of the same name."""
        if answer.id:
            if answer.doubt is not None:
                return None
            first = self._claimed.get(answer.id, at)
            return first if first != at else None
        seen = (
            self._keyed.setdefault(row.key, at) if row.stable else at,
            self._numbered.setdefault(fold(row.number), at) if row.number else at,
            self._called.setdefault((name_keys(row)[0], row.birth_date), at),
        )
        return next((earlier for earlier in seen if earlier != at), None)


def place_of(where: Where) -> dict[str, object]:
    """A place as the values of a message."""
    return {"file": where.file, "row": where.row}


def names_place(row: RosterPupil) -> bool:
    """Whether a row says where somebody is taught; a list of parents often does not."""
    return bool(row.site_key or row.group_keys)


def _doubtful(why: str, *ids: str) -> Found:
    candidates = tuple(dict.fromkeys(ids))
    return Found(candidates[0], Message(f"roster.doubt_{why}"), candidates)


def _agrees(row: RosterPupil, pupil: KnownPupil) -> bool:
    """Whether the name in a row is that of a pupil, as far as the row says a name."""
    if row.first_name and row.surname:
        return same_name(row, pupil)
    return not (row.first_name or row.surname) or shares_name(row, pupil)


def _contradict(one: object, two: object) -> bool:
    return one is not None and two is not None and one != two


def _other_number(row: RosterPupil, pupil: KnownPupil) -> bool:
    return bool(row.number and pupil.number) and fold(row.number) != fold(pupil.number)


def _convinces(row: RosterPupil, pupil: KnownPupil, *, shared: bool) -> bool:
    """Whether a key or number may belong to somebody whose name was changed.

    Args:
        row: the row of the file.
        pupil: who has the key or number.
        shared: half of the name is enough when a birth date is missing.
    """
    if _contradict(row.birth_date, pupil.birth_date):
        return False
    known = row.birth_date is not None and pupil.birth_date is not None
    return (known or shared) and shares_name(row, pupil)


def _apart(one: RosterPupil, two: RosterPupil) -> bool:
    """Whether two rows of one name say that they are about two children."""
    if one.number and two.number:
        return fold(one.number) != fold(two.number)
    if one.stable and two.stable:
        return one.key != two.key
    return one.group_keys[:1] != two.group_keys[:1]


def by_number(decided: Mapping[str, Decided], about: str) -> dict[int, Decided]:
    """What was decided about the rows of one kind, by the number of the row."""
    found = {}
    for key, value in decided.items():
        kind, _, number = key.partition(":")
        if kind == about and number.isdecimal():
            found[int(number)] = value
    return found
