"""Every contact with a decider about a subject: a derived table of forms, letters, requests.

One row for each pair that was ever asked, with what was noted as JSON. Who was merged with
somebody else counts as the one that goes on.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Table, Text

from app.asking.contacts import Contact
from app.asking.records import Request
from app.consent.records import IssuedForm
from app.letters.records import OfficeLetter
from app.people.records import Guardian, Pupil
from db.store.derived import Derived, batches
from db.store.engine import once
from db.store.shape import CONSENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.record import Record
    from db.store.engine import Raw

contact_index = Table(
    "contact_index",
    CONSENT,
    Column("subject_id", Text, primary_key=True, nullable=False),
    Column("decider_id", Text, primary_key=True, nullable=False),
    Column("contacts", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_GOES_ON = """
WITH RECURSIVE chain (id, at) AS (
    SELECT value, value FROM json_each(?)
    UNION SELECT c.id, p.merged_into FROM chain AS c JOIN {table} AS p ON p.id = c.at
        WHERE p.merged_into <> ''
)
SELECT c.id, c.at FROM chain AS c LEFT JOIN {table} AS p ON p.id = c.at
WHERE coalesce(p.merged_into, '') = ''
"""
_MERGED = """
WITH RECURSIVE gone (id, at) AS (
    SELECT value, value FROM json_each(?)
    UNION SELECT p.id, g.at FROM gone AS g JOIN pupil AS p
        ON p.merged_into = g.id AND p.merged_into <> ''
)
SELECT id, at FROM gone
"""
_CHILDREN = """
SELECT DISTINCT pupil_id FROM relation WHERE guardian_id IN (SELECT value FROM json_each(?))
"""
_NOTED = """
SELECT pupil_id, guardian_id, issued_on, 'form', form_version_id, round_id, id, number
FROM issued_form WHERE pupil_id IN (SELECT value FROM json_each(:ids))
UNION ALL
SELECT subject_id, recipient_id, issued_on, 'letter', '', '', id, number
FROM office_letter WHERE subject_id IN (SELECT value FROM json_each(:ids))
    AND template = 'consent_reminder'
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
UNION SELECT subject_id FROM office_letter WHERE template = 'consent_reminder'
"""
_GUARDIAN = "guardian|"
_SOME = 500


def index_contacts(raw: Raw, ids: Iterable[str]) -> None:
    """Bring the rows about these subjects, or the children of these guardians, up to date."""
    versions = dict(raw.execute(_VERSIONS).fetchall())
    for wanted in batches(_subjects(raw, set(ids)), _SOME):
        finals = {at for _, at in raw.execute(once(_GOES_ON.format(table="pupil")), (wanted,))}
        known = json.dumps(sorted(finals | set(json.loads(wanted))))
        merged = dict(raw.execute(once(_MERGED), (json.dumps(sorted(finals)),)).fetchall())
        raw.execute(once(_DROP), (known,))
        noted = raw.execute(once(_NOTED), {"ids": json.dumps(sorted(merged))}).fetchall()
        raw.executemany(once(_ADD), _rows(raw, noted, merged, versions))


def read_contacts(text: str) -> tuple[Contact, ...]:
    """The contacts of one row."""
    return tuple(Contact(_day(row[0]), *row[1:]) for row in json.loads(text))


_day = lru_cache(maxsize=2048)(date.fromisoformat)


def _subjects(raw: Raw, ids: set[str]) -> set[str]:
    guardians = [id.removeprefix(_GUARDIAN) for id in ids if id.startswith(_GUARDIAN)]
    found = {id for id in ids if id and not id.startswith(_GUARDIAN)}
    if guardians:
        rows = raw.execute(_CHILDREN, (json.dumps(sorted(guardians)),)).fetchall()
        found |= {row[0] for row in rows}
    return found


def _rows(
    raw: Raw, noted: list[Any], merged: dict[str, str], versions: dict[str, int]
) -> list[tuple[str, str, str]]:
    deciders = json.dumps(sorted({row[1] for row in noted}))
    goes_on = dict(raw.execute(once(_GOES_ON.format(table="guardian")), (deciders,)).fetchall())
    found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for subject, decider, day, how, version, round_id, id, number in noted:
        own = merged.get(decider, "")
        pair = merged[subject], own or goes_on.get(decider, decider)
        contact = (day, how, versions.get(version, 0), round_id, id, number)
        found.setdefault(pair, []).append(contact)
    return [(*pair, json.dumps(sorted(rows))) for pair, rows in sorted(found.items())]


def _rebuild(raw: Raw) -> None:
    raw.execute("DELETE FROM contact_index")
    index_contacts(raw, [row[0] for row in raw.execute(_EVERYBODY).fetchall()])


def _asked(record: Record) -> str:
    if isinstance(record, IssuedForm):
        return record.pupil_id
    return record.subject_id if isinstance(record, Request | OfficeLetter) else ""


def _merged_pupil(record: Record) -> str:
    return record.id if isinstance(record, Pupil) and record.merged_into else ""


def _merged_guardian(record: Record) -> str:
    gone = isinstance(record, Guardian) and record.merged_into
    return _GUARDIAN + record.id if gone else ""


CONTACT_INDEX = Derived(
    name="contact_index",
    version=1,
    touched_by={
        "issued_form": _asked,
        "request": _asked,
        "office_letter": _asked,
        "pupil": _merged_pupil,
        "guardian": _merged_guardian,
    },
    refresh=index_contacts,
    rebuild=_rebuild,
)
