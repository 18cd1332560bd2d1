"""Which accounts of the program are which people of the register, as somebody recorded it.

A name tells little: two people have one name, and one person changes his. So what was recorded
counts first; where nothing was, names are compared, and one that may be the same is taken for
the same until somebody else says that it is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import resources
from app.data import Rows
from app.errors import Refusal
from app.ids import new_id
from app.names import fold, full_name
from app.people.records import AccountSaid, Guardian, StaffMember
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ports import Reader, Session

SAME, OTHER, OPEN = "same", "other", "open"
"""An account is this person, is a namesake, or nothing is said any more."""

KINDS: dict[str, type[StaffMember | Guardian]] = {"staff": StaffMember, "guardian": Guardian}
"""Who an account can be, as kinds of people a report can be about."""


class Kinship(StrEnum):
    """What an account has to do with a person.

    RECORDED: it is this person; NAMED: the name is, or may be, the same and nobody said
    otherwise; NONE: it is somebody else.
    """

    RECORDED = "recorded"
    NAMED = "named"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Accounts:
    """What was recorded of accounts, newest word of each account and person.

    Attributes:
        known: it could be read; without that only names can be compared.
        into: who goes on in whom after two that were one were merged.
        names: what the register calls whom an account is, by the id of the account.
    """

    known: bool = False
    said: dict[tuple[str, str], AccountSaid] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def word(self, user_id: str, person_id: str) -> str:
        """What counts of an account and a person: `SAME`, `OTHER`, or `OPEN`."""
        found = self.said.get((user_id, self.into.get(person_id, person_id)))
        return found.said if found else OPEN

    def people(self, user_id: str) -> tuple[AccountSaid, ...]:
        """Everybody whom an account is said to be, or not to be; oldest first."""
        return tuple(
            one for one in self.said.values() if one.user_id == user_id and one.said != OPEN
        )

    def users(self, person_id: str) -> tuple[str, ...]:
        """The ids of the accounts that are a person."""
        wanted = self.into.get(person_id, person_id)
        return tuple(
            user
            for (user, person), one in self.said.items()
            if person == wanted and one.said == SAME
        )

    def called(self, user_id: str, user_name: str) -> tuple[str, ...]:
        """The names of a user: of his account, and in the register where that is known."""
        return (user_name, *self.names.get(user_id, ()))

    def is_settled(self, user_id: str) -> bool:
        """Whether it was recorded which member of staff an account is."""
        return any(
            one.kind == "staff" and one.said == SAME
            for (user, _), one in self.said.items()
            if user == user_id
        )

    def kinship(self, user_id: str, user_name: str, person_id: str, name: str) -> Kinship:
        """What an account has to do with a person, who may have no id.

        Whoever is recorded as one member of staff is, by likeness of names alone, no other;
        under the very same name he is until somebody says that he is not: one person may stand
        in the register twice.
        """
        word = self.word(user_id, person_id) if person_id else OPEN
        if word != OPEN:
            return Kinship.RECORDED if word == SAME else Kinship.NONE
        if fold(user_name) == fold(name):
            return Kinship.NAMED
        settled = bool(person_id) and self.is_settled(user_id)
        return Kinship.NAMED if not settled and alike(user_name, name) else Kinship.NONE


NOTHING_RECORDED = Accounts()
"""For whoever cannot read what was recorded."""


def accounts(session: Session, *people: str) -> Accounts:
    """What was recorded of accounts, as far as the user can read it.

    Args:
        session: whose keys are used.
        people: ids that will be asked about, to follow parents who were merged.
    """
    if not session.opens(Compartment.CONSENT):
        return NOTHING_RECORDED
    with session.look(Compartment.CONSENT) as reader:
        return recorded(reader, *people)


def recorded(reader: Reader, *people: str) -> Accounts:
    """What was recorded of accounts, out of the consent compartment."""
    every = sorted(reader.all(AccountSaid), key=lambda one: (one.recorded_at, one.id))
    wanted = {*people} | {one.person_id for one in every if one.kind == "guardian"}
    into: dict[str, str] = {}
    for id in wanted - {""} if every else ():
        last = id
        while (guardian := reader.find(Guardian, last)) and guardian.merged_into:
            last = guardian.merged_into
        if last != id:
            into[id] = last
    said = {(one.user_id, into.get(one.person_id, one.person_id)): one for one in every}
    return Accounts(known=True, said=said, into=into, names=_names(reader, said.values()))


def _names(reader: Reader, said: Iterable[AccountSaid]) -> dict[str, tuple[str, ...]]:
    """What the register calls whom each account is."""
    found: dict[str, tuple[str, ...]] = {}
    for one in said:
        person = reader.find(KINDS[one.kind], one.person_id) if one.said == SAME else None
        if person is not None:
            name = full_name(person.first_name, person.prefix, person.surname)
            found[one.user_id] = (*found.get(one.user_id, ()), name)
    return found


def say_account(
    session: Session, user_id: str, kind: str, person_id: str, said: str
) -> AccountSaid:
    """Record that an account is somebody of the register (`SAME`), or is not (`OTHER`).

    Nobody says of his own account that it is somebody else, nor takes back who he is: another
    one has to.

    Raises:
        Refusal: `people.account_unknown` for a user that is not there, `register.not_found`,
            `people.account_own` for one's own account, `people.account_said` when that is what
            counts already.
    """
    if user_id not in {user.id for user in session.users()}:
        raise Refusal("people.account_unknown", field="user_id")
    if user_id == session.user.id and said != SAME:
        raise Refusal("people.account_own")
    with session.work(Compartment.CONSENT, f"account_{said}", person_id) as work:
        work.get(KINDS[kind], person_id)
        if recorded(work, person_id).word(user_id, person_id) == said:
            raise Refusal("people.account_said")
        record = AccountSaid(
            id=new_id(),
            user_id=user_id,
            kind=kind,
            person_id=person_id,
            said=said,
            said_by=session.user.name,
            recorded_at=session.clock.now(),
        )
        work.add(record)
        work.commit()
    return record


def alike(one: str, two: str) -> bool:
    """Whether two names may be one person's: a word of the surname, given names not against it.

    "Jan de Wit", "J. de Wit" and "Jan de Wit-Visser" are alike; "Janneke de Wit" is not. A name
    without a surname is alike to every name with the same first name.
    """
    (given, family), (other, family2) = _parts(one), _parts(two)
    if not given or not other:
        return False
    short = 1 in (len(given), len(other))
    if given != other and not (short and given[0] == other[0]):
        return False
    return not family.isdisjoint(family2) or (not short and (not family or not family2))


def _parts(name: str) -> tuple[str, frozenset[str]]:
    """A name as its first word and the words of its surname; "Wit, Jan de" is turned round."""
    last, comma, first = name.partition(",")
    words = fold(f"{first} {last}" if comma else name).split()
    given = words[0] if words else ""
    return given, frozenset(word for word in words[1:] if len(word) > 1) - _prefix_words()


@cache
def _prefix_words() -> frozenset[str]:
    """The words of prefixes of surnames, folded."""
    names = Rows(resources.roster_rules()["prefixes"], "roster: prefixes").texts("names")
    return frozenset(word for name in names for word in fold(name).split())
