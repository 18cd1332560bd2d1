"""Looks at deciders one by one; what many of them share is worked out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from app.asking.contacts import counts_from
from app.asking.needs import NOTHING_UNCLEAR, Cause, Due, Need, Pair, Setting, due
from app.asking.questions import OpenPair, Selection
from app.asking.records import Round, RoundKind
from app.consent.profiles import profile_of
from app.consent.records import FormVersion
from db.asking.contacts import contact
from db.asking.standing import NONE, coded, own_words, read_words, uses_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.asking.needs import Unclear
    from app.asking.questions import OpenPairs, Renewal
    from db.asking.contacts import Noted
    from db.store.reading import Reading

Coded = tuple[str, str]
"""What somebody said last, as `answers` and `stamps` of the derived table."""

LEFT_OPEN = (Cause.LEFT_OPEN,)
"""Something was left open beside other answers, and nothing else is asked."""

_NEVER = "~"  # after every day
_SELECTED = """
SELECT DISTINCT id FROM pupil_index WHERE {column} = ? AND ? BETWEEN start AND "end"
"""


class Seen(NamedTuple):
    """A decider who may have something open.

    Attributes:
        coded: what was said last, or None when nothing ever was.
        since: first day of deciding, as text.
        own: a pupil who decides alone; staff: a member of staff.
        unclear: what this one filled in and nobody can read.
    """

    subject_id: str
    decider_id: str
    coded: Coded | None
    since: str = ""
    own: bool = False
    staff: bool = False
    unclear: Unclear = NOTHING_UNCLEAR


class Stand(NamedTuple):
    """What somebody has open; `about` are the contacts about it, in order."""

    causes: tuple[Cause, ...]
    partly: bool
    about: Sequence[Noted]


class Look:
    """What is open, and what was asked about it.

    Attributes:
        values: what the statements are given that find who may have something open.
        begun: the first day at school of those who never said anything, as text.
    """

    def __init__(self, reader: Reading, question: OpenPairs) -> None:
        self._reader, self._setting = reader, question.setting
        self._uses = uses_in_order(reader.rows)
        self._heard = _Heard(reader, self._setting.channel)
        self._scopes = {v.number: _scopes(v) for v in reader.all(FormVersion)}
        self._renewed = _Renewed(reader, question)
        self._known: dict[tuple[object, ...], tuple[Due, tuple[Cause, ...]]] = {}
        self._counting: dict[tuple[int, int], str] = {}
        self.begun: dict[str, str] = {}
        self.values: dict[str, object] = {
            "on": question.setting.day.isoformat(),
            "pattern": self._pattern(),
            "widest": max((rule.scope for rule in question.setting.asked), default=0),
            "renewed": self._renewed.newest,
        }

    def at(self, one: Seen, contacts: Sequence[Noted]) -> Stand | None:
        """What is open, or None when nothing is; `contacts` in order."""
        if one.coded is None:
            found, causes = self._silent(one)
        else:
            renewed = self._renewed.of(one.subject_id, staff=one.staff)
            found, causes = self._spoken(one.coded, renewed, one.unclear)
        if not found.needs:
            return None
        about = [each for each in contacts if self._counts(found, each)] if contacts else []
        return Stand(causes, found.partly, about)

    def heard(self, pupil_id: str, said: Coded | None, own_from: date) -> Coded | None:
        """What a pupil who decides alone said last, without a yes from before coming of age."""
        words = read_words(*said, self._uses).values() if said else ()
        if not any(word.scope and word.signed_on < own_from for word in words):
            return said
        months = profile_of(self._reader).expires_months
        own = own_words(self._reader.rows, pupil_id, own_from, months)
        return coded(own, {use: place for place, use in enumerate(self._uses)}) if own else None

    def _pattern(self) -> str:
        """What `answers` looks like when every use that is asked has an answer."""
        asked = {rule.use for rule in self._setting.asked}
        places = [f"[^{NONE}]" if use in asked else "?" for use in self._uses]
        while places and places[-1] == "?":
            places.pop()
        return "".join(places) + "*"

    def _silent(self, one: Seen) -> tuple[Due, tuple[Cause, ...]]:
        first = self.begun.get(one.subject_id, "")
        key = (one.own, first, one.since, one.unclear)
        if key not in self._known:
            begun = date.fromisoformat(first) if first else date.min
            decides = date.fromisoformat(one.since) if one.since else begun
            pair = Pair("", "", {}, begun, decides, one.own, one.unclear)
            self._keep(key, pair, self._setting)
        return self._known[key]

    def _spoken(
        self, coded: Coded, renewed: date | None, unclear: Unclear
    ) -> tuple[Due, tuple[Cause, ...]]:
        key = (coded, renewed, unclear)
        if key not in self._known:
            words = read_words(*coded, self._uses)
            setting = replace(self._setting, renewed=renewed)
            self._keep(key, Pair("", "", words, unclear=unclear), setting)
        return self._known[key]

    def _keep(self, key: tuple[object, ...], pair: Pair, setting: Setting) -> None:
        found = due(pair, setting)
        self._known[key] = found, found.causes

    def _counts(self, found: Due, noted: Noted) -> bool:
        """Whether a contact is about what is open."""
        return noted[0] >= self._from(found.needs, noted[2]) and self._heard.counts(noted)

    def _from(self, needs: tuple[Need, ...], version: int) -> str:
        """The day from which a contact with a wording counts, as text."""
        key = (id(needs), version)  # all needs are kept, so that no id comes twice
        if key not in self._counting:
            scopes = self._scopes.get(version, {}) if version else None
            day = counts_from(needs, scopes)
            self._counting[key] = day.isoformat() if day else _NEVER
        return self._counting[key]


def pair(one: Seen, stand: Stand) -> OpenPair:
    """What is open, ready to list."""
    causes, partly, about = stand
    if not about:
        return OpenPair(one.subject_id, one.decider_id, causes, partly=partly)
    return OpenPair(
        one.subject_id,
        one.decider_id,
        causes,
        contact(about[0]),
        contact(about[-1]),
        len(about) - 1,
        partly,
    )


class _Heard:
    """Which contacts ask for what is looked at: the form of the school, or a one-off use."""

    def __init__(self, reader: Reading, channel: str) -> None:
        self._once = bool(channel)
        rounds = reader.all(Round)
        if channel:
            self._rounds = frozenset(one.id for one in rounds if one.channel == channel)
        else:
            apart = (RoundKind.REMINDER, RoundKind.ONE_OFF)
            self._rounds = frozenset(one.id for one in rounds if one.kind in apart)
        versions = reader.all(FormVersion, channel=channel) if channel else ()
        self._versions = frozenset(version.number for version in versions)

    def counts(self, noted: Noted) -> bool:
        """Whether a contact is about it: on its own form or in its own round, where it has any.

        What was noted in a round that only reminds, or about a one-off use, is about nothing
        else.
        """
        here = noted[3] in self._rounds
        return here or noted[2] in self._versions if self._once else not here


class _Renewed:
    """From which day answers of a subject are asked anew.

    Attributes:
        newest: the newest such day, as text; "" without a renewal.
    """

    def __init__(self, reader: Reading, question: OpenPairs) -> None:
        self._all: date | None = None
        self._some: dict[str, date] = {}
        day = question.setting.day
        for renewal in sorted(question.renewals, key=_before):
            if renewal.where == Selection():
                self._all = renewal.before
            for pupil_id in _selected(reader, renewal.where, day):
                self._some[pupil_id] = renewal.before
        days = [renewal.before.isoformat() for renewal in question.renewals]
        self.newest = max(days, default="")

    def of(self, subject_id: str, *, staff: bool) -> date | None:
        """The day for one subject; members of staff belong to no site or group."""
        own = None if staff or not self._some else self._some.get(subject_id)
        if own is None or self._all is None:
            return own or self._all
        return max(own, self._all)


def _before(renewal: Renewal) -> date:
    return renewal.before


def _selected(reader: Reading, where: Selection, day: date) -> Iterator[str]:
    for column, value in (("group_id", where.group_id), ("site_id", where.site_id)):
        if value:
            statement = _SELECTED.format(column=column)
            yield from (row[0] for row in reader.rows(statement, (value, day.isoformat())))
            return


def _scopes(version: FormVersion) -> dict[str, int]:
    parts = (use.rpartition(":") for use in version.uses)
    return {use: int(scope) for use, _, scope in parts}
