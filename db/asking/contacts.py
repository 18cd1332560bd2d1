"""Every contact with a decider about a subject: a derived table of forms, letters, requests.

One row for each pair that was ever asked, with what was noted as JSON.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Table, Text

from app.asking.contacts import Contact
from app.asking.records import NotHandedOut, Request
from app.consent.records import IssuedForm
from app.letters.records import OfficeLetter
from db.consent.merged import GoesOn
from db.store.derived import Derived, batches
from db.store.engine import once
from db.store.shape import CONSENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.record import Record
    from db.store.engine import Raw
    from db.store.reading import Reading, Row

Noted = list[Any]
"""A contact as it is kept: day, way, number of the version, round, id, number of the form."""

contact_index = Table(
    "contact_index",
    CONSENT,
    Column("subject_id", Text, primary_key=True, nullable=False),
    Column("decider_id", Text, primary_key=True, nullable=False),
    Column("contacts", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_CONTACTS = """
SELECT subject_id, decider_id, contacts FROM contact_index
WHERE subject_id IN (SELECT value FROM json_each(?))
"""
_ALL = "SELECT subject_id, decider_id, contacts FROM contact_index WHERE instr(contacts, ?)"
_NOTED = """
SELECT pupil_id, guardian_id, issued_on, 'form', form_version_id, round_id, id, number
FROM issued_form AS f WHERE pupil_id IN (SELECT value FROM json_each(:ids))
    AND NOT EXISTS (SELECT 1 FROM not_handed_out AS n
        WHERE n.pupil_id = f.pupil_id AND n.form_id = f.id AND NOT n.taken_back
        AND NOT EXISTS (SELECT 1 FROM not_handed_out AS later
            WHERE later.pupil_id = n.pupil_id AND later.replaces = n.id))
UNION ALL
SELECT subject_id, recipient_id, issued_on, 'letter', '', round_id, id, number
FROM office_letter WHERE subject_id IN (SELECT value FROM json_each(:ids))
    AND template IN ('consent_reminder', 'own_reminder')
UNION ALL
SELECT subject_id, decider_id, asked_on, how, form_version_id, round_id, id, ''
FROM request AS r WHERE subject_id IN (SELECT value FROM json_each(:ids)) AND NOT taken_back
    AND NOT EXISTS (SELECT 1 FROM request AS later
        WHERE later.subject_id = r.subject_id AND later.replaces = r.id)
"""
_VERSIONS = "SELECT id, number FROM form_version"
_DROP = "DELETE FROM contact_index WHERE subject_id IN (SELECT value FROM json_each(?))"
_ADD = "INSERT INTO contact_index VALUES (?, ?, ?)"
_EVERYBODY = """
SELECT pupil_id FROM issued_form UNION SELECT subject_id FROM request
UNION SELECT subject_id FROM office_letter
WHERE template IN ('consent_reminder', 'own_reminder')
"""
_SOME = 500


class Contacts:
    """Reads contacts; who was merged with somebody else counts as the one that goes on.

    That is looked up when reading, so that a merger and its undoing touch no row.
    """

    def __init__(self, reader: Reading) -> None:
        self._reader = reader
        self._going = GoesOn(reader)

    def of(self, subjects: Iterable[str]) -> dict[tuple[str, str], list[Noted]]:
        """Everything noted about these subjects, by subject and decider, in order."""
        wanted = self._going.with_former(subjects)
        return self._by_pair(self._reader.rows(_CONTACTS, (json.dumps(sorted(wanted)),)))

    def in_round(self, round_id: str) -> dict[tuple[str, str], list[Noted]]:
        """Everything noted about those who were asked in a round."""
        return self._by_pair(self._reader.rows(_ALL, (round_id,)))

    def _by_pair(self, rows: Iterable[Row]) -> dict[tuple[str, str], list[Noted]]:
        found: dict[tuple[str, str], list[Noted]] = {}
        for subject, decider, contacts in rows:
            pair = self._going.as_now(subject), self._going.as_now(decider)
            if pair in found:
                found[pair] = sorted([*found[pair], *json.loads(contacts)])
            else:
                found[pair] = json.loads(contacts)
        return found


def contact(noted: Noted) -> Contact:
    """A contact as it is read."""
    return Contact(_day(noted[0]), *noted[1:])


def index_contacts(raw: Raw, ids: Iterable[str]) -> None:
    """Bring the rows about these subjects up to date."""
    versions = dict(raw.execute(_VERSIONS).fetchall())
    for wanted in batches(ids, _SOME):
        raw.execute(once(_DROP), (wanted,))
        found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        rows = raw.execute(once(_NOTED), {"ids": wanted}).fetchall()
        for subject, decider, day, how, version, round_id, id, number in rows:
            noted = (day, how, versions.get(version, 0), round_id, id, number)
            found.setdefault((subject, decider), []).append(noted)
        listed = [(*pair, json.dumps(sorted(all_))) for pair, all_ in sorted(found.items())]
        raw.executemany(once(_ADD), listed)


_day = lru_cache(maxsize=2048)(date.fromisoformat)


def _rebuild(raw: Raw) -> None:
    raw.execute("DELETE FROM contact_index")
    index_contacts(raw, [row[0] for row in raw.execute(_EVERYBODY).fetchall()])


def _asked(record: Record) -> str:
    if isinstance(record, IssuedForm):
        return record.pupil_id
    if isinstance(record, NotHandedOut):
        return record.pupil_id
    return record.subject_id if isinstance(record, Request | OfficeLetter) else ""


CONTACT_INDEX = Derived(
    name="contact_index",
    version=4,
    touched_by={
        "issued_form": _asked,
        "not_handed_out": _asked,
        "office_letter": _asked,
        "request": _asked,
    },
    refresh=index_contacts,
    rebuild=_rebuild,
)
