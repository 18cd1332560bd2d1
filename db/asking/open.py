"""Finding open questions: rows that may have some are found by SQL, then looked at one by one.

What SQL leaves out is certain to be answered: every use has a letter, no yes covers less than
the widest use, none lapsed, and none is older than what is asked anew.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.asking.contacts import Contact, counts_from
from app.asking.needs import Cause, Due, Need, Pair, Setting, due, latest_birth
from app.asking.questions import OpenPair, Selection
from app.asking.records import Round, RoundKind
from app.consent.decide import active_flags
from app.consent.records import FormVersion, SafetyFlag
from db.asking.standing import NONE, read_words, uses_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.asking.questions import OpenPairs, Renewal
    from db.store.reading import Reading, Row

_NEVER = "~"  # after every day
_COLUMNS = """
    s.answers, s.stamps, c.contacts,
    CASE WHEN s.answers IS NULL
        THEN (SELECT min(i.start) FROM pupil_index AS i WHERE i.id = p.{pupil}) END,
    CASE WHEN s.answers IS NULL
        THEN (SELECT min(q.start) FROM pair_index AS q
            WHERE q.pupil_id = p.{pupil} AND q.guardian_id = {decider}) END
"""
_KNOWN = """
LEFT JOIN standing_index AS s ON s.subject_id = p.{pupil} AND s.decider_id = {decider}
LEFT JOIN contact_index AS c ON c.subject_id = p.{pupil} AND c.decider_id = {decider}
"""
_OPEN = """
AND (s.answers IS NULL OR s.answers NOT GLOB :pattern OR s.lapses < :on
    OR s.lowest < :widest OR s.oldest < :renewed)
"""
_GUARDIANS = (
    "SELECT p.sort_key, p.pupil_id, p.guardian_id, "
    + _COLUMNS.format(pupil="pupil_id", decider="p.guardian_id")
    + "FROM pair_index AS p"
    + _KNOWN.format(pupil="pupil_id", decider="p.guardian_id")
    + """WHERE :on BETWEEN p.start AND p."end" AND p.guardian_id <> '' {where}"""
    + _OPEN
    + "ORDER BY p.sort_key, p.pupil_id, p.start, p.position"
)
_PUPILS = (
    "SELECT DISTINCT p.sort_key, p.id, p.id, "
    + _COLUMNS.format(pupil="id", decider="p.id")
    + "FROM pupil_index AS p"
    + _KNOWN.format(pupil="id", decider="p.id")
    + """WHERE p.birth_date <> '' AND p.birth_date <= :born
        AND :on BETWEEN p.start AND p."end" {where}"""
    + _OPEN
)
_STAFF = (
    "SELECT '', p.id, p.id, s.answers, s.stamps, c.contacts, NULL, NULL FROM staff_member AS p"
    + _KNOWN.format(pupil="id", decider="p.id")
    + "WHERE NOT p.left"
    + _OPEN
    + "ORDER BY p.surname, p.first_name, p.id"
)
THERE = """
AND p.{pupil} IN (SELECT id FROM pupil_index
    WHERE {column} = :{column} AND :on BETWEEN start AND "end")
"""
_SELECTED = """
SELECT DISTINCT id FROM pupil_index WHERE {column} = ? AND ? BETWEEN start AND "end"
"""


def open_pairs(reader: Reading, question: OpenPairs) -> tuple[OpenPair, ...]:
    """Every decider with open questions; kept until the next commit."""
    kept = reader.kept_answer(question)
    if kept is None:
        kept = tuple(_found(reader, question)) if question.setting.asked else ()
        reader.keep_answer(question, kept)
    return kept


def _found(reader: Reading, question: OpenPairs) -> Iterator[OpenPair]:
    look = _Look(reader, question)
    rows = _pupil_rows(reader, question.where, look.values)
    flagged = _flagged(reader, question.setting.day)
    for row in rows:
        if row[1] not in flagged and (found := look.at(row, own=row[1] == row[2])):
            yield found
    if question.where == Selection():
        for row in reader.rows(_STAFF, look.values):
            if found := look.at(row, own=False):
                yield found


def _pupil_rows(reader: Reading, where: Selection, values: dict[str, object]) -> list[Row]:
    chosen = {"site_id": where.site_id, "group_id": where.group_id}
    there = [(name, value) for name, value in chosen.items() if value]
    values.update(there)
    found = []
    for statement, pupil in ((_GUARDIANS, "pupil_id"), (_PUPILS, "id")):
        clauses = [THERE.format(pupil=pupil, column=name) for name, _ in there]
        if where.pupil_id:
            clauses.append(f"AND p.{pupil} = :pupil_id")
        found.append(
            reader.rows(
                statement.format(where=" ".join(clauses)),
                values | {"pupil_id": where.pupil_id},
            )
        )
    guardians, pupils = found
    return sorted(guardians + pupils, key=_place) if pupils else guardians


def _place(row: Row) -> tuple[str, str]:
    return row[0], row[1]


def _flagged(reader: Reading, day: date) -> frozenset[str]:
    flags = active_flags(reader.all(SafetyFlag), day, day)
    return frozenset(flag.pupil_id for flag in flags)


class _Look:
    """Looks at rows one by one; what many of them share is worked out once.

    Attributes:
        values: what the statements are given.
    """

    def __init__(self, reader: Reading, question: OpenPairs) -> None:
        self._setting = question.setting
        self._uses = uses_in_order(reader.rows)
        reminding = reader.all(Round, kind=RoundKind.REMINDER)
        self._telling = frozenset(one.id for one in reminding)
        self._scopes = {v.number: _scopes(v) for v in reader.all(FormVersion)}
        self._renewed = _Renewed(reader, question)
        self._known: dict[tuple[object, ...], tuple[Due, tuple[Cause, ...]]] = {}
        self._counting: dict[tuple[tuple[Need, ...], int], str] = {}
        day = question.setting.day
        asked = {rule.use for rule in question.setting.asked}
        places = [f"[^{NONE}]" if use in asked else "?" for use in self._uses]
        while places and places[-1] == "?":
            places.pop()
        self.values: dict[str, object] = {
            "on": day.isoformat(),
            "born": latest_birth(day, question.decides_from).isoformat(),
            "pattern": "".join(places) + "*",
            "widest": max((rule.scope for rule in question.setting.asked), default=0),
            "renewed": self._renewed.newest,
        }

    def at(self, row: Row, *, own: bool) -> OpenPair | None:
        """What is open between a decider and a subject, or None when nothing is."""
        _, subject, decider, answers, stamps, contacts, first, since = row
        renewed = self._renewed.of(subject, own_account=subject == decider and not own)
        if answers is None:
            found, causes = self._silent(first, since, own=own)
        else:
            found, causes = self._spoken(answers, stamps, renewed)
        if not found.needs:
            return None
        noted = json.loads(contacts) if contacts else ()
        about = [
            each
            for each in noted
            if each[0] >= self._from(found.needs, each[2]) and each[3] not in self._telling
        ]
        return OpenPair(
            subject,
            decider,
            causes,
            _contact(about[0]) if about else None,
            _contact(about[-1]) if about else None,
            max(0, len(about) - 1),
            found.partly,
        )

    def _silent(
        self, first: str | None, since: str | None, *, own: bool
    ) -> tuple[Due, tuple[Cause, ...]]:
        key = (own, first, since)
        if key not in self._known:
            begun = date.fromisoformat(first) if first else date.min
            decides = date.fromisoformat(since) if since else begun
            self._keep(key, Pair("", "", {}, begun, decides, own), self._setting)
        return self._known[key]

    def _spoken(
        self, answers: str, stamps: str, renewed: date | None
    ) -> tuple[Due, tuple[Cause, ...]]:
        key = (answers, stamps, renewed)
        if key not in self._known:
            words = read_words(answers, stamps, self._uses)
            setting = replace(self._setting, renewed=renewed)
            self._keep(key, Pair("", "", words), setting)
        return self._known[key]

    def _keep(self, key: tuple[object, ...], pair: Pair, setting: Setting) -> None:
        found = due(pair, setting)
        self._known[key] = found, found.causes

    def _from(self, needs: tuple[Need, ...], version: int) -> str:
        """The day from which a contact with a wording counts, as text."""
        key = (needs, version)
        if key not in self._counting:
            scopes = self._scopes.get(version, {}) if version else None
            day = counts_from(needs, scopes)
            self._counting[key] = day.isoformat() if day else _NEVER
        return self._counting[key]


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

    def of(self, subject_id: str, *, own_account: bool) -> date | None:
        """The day for one subject; members of staff belong to no site or group."""
        own = None if own_account else self._some.get(subject_id)
        return max((day for day in (own, self._all) if day), default=None)


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


def _contact(noted: list[Any]) -> Contact:
    return Contact(date.fromisoformat(noted[0]), *noted[1:])
