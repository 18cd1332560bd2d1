"""A register with ten years of decisions: pupils who join each year, new wording every third.

People, form versions, publications and lists are written as the program writes them, with a
clock that stands in the past. What the same families answer later is copied inside the file
from what they answered before, a journal entry for each form, because millions of decisions
one after the other would take hours. Those entries carry no true signature: the register is
for measuring, and its journal cannot be verified.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, cast

import resources
from app.check.publish import keep_published
from app.clock import SetClock, SystemClock
from app.consent.channels import begin_channels, save_channel
from app.consent.records import Channel, Decision
from app.demo.families import Batch, Families
from app.demo.school import _places, _school
from app.demo.users import demo_users
from app.forms.versions import freeze_version
from app.ids import new_id
from app.lists.make import ListRequest, prepare_list, register_list
from app.lists.numbers import list_number
from app.people.records import Pupil
from app.publications.records import Publication, PublicationSubject
from app.record import Compartment
from app.register.school import save_school
from db.store.mapping import instant_text
from reports.press import PaperPress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.clock import Clock
    from app.lists.records import PrintedList
    from app.people.records import Group
    from app.ports import Session, Vault
    from app.record import Record
    from db.register.session import LocalSession
    from db.store.engine import Raw

YEARS = 10
NEW_WORDING = 3
"""A new form version each so many years, which widens one use."""
WIDENED, USED = "newsletter", "website"
LISTS = 200
"""Printed lists that are out there."""
_YEAR = timedelta(days=365)
_AT_ONCE = 5000
_NAMED = 6
"""Pupils in one publication; one publication a year for so many pupils:"""
_PER_PUBLICATION = 50
_OLD_LISTS = 10
"""Lists of former years for each that is out there."""

_FORMS = """
CREATE TEMP TABLE form AS
SELECT subject_id, decider_id, row_number() OVER (ORDER BY subject_id, decider_id) AS place
FROM (SELECT DISTINCT subject_id, decider_id FROM decision WHERE {which})
"""
_ENTRIES = """
INSERT INTO journal
SELECT j.number + f.place, {id}, j.version, j.device, j.seq + f.place, randomblob(32),
    {at}, j.since_boot, j.user, j.key, 'decisions_recorded', f.subject_id, randomblob(32),
    j.salt, j.payload, randomblob(32), randomblob(64), randomblob(32)
FROM (SELECT * FROM journal ORDER BY number DESC LIMIT 1) AS j CROSS JOIN form AS f
ORDER BY f.place
"""
_ANSWERS = """
INSERT INTO decision ({columns}, seal)
SELECT {values}, :number + f.place
FROM form AS f JOIN decision AS d ON d.subject_id = f.subject_id AND d.decider_id = f.decider_id
WHERE {which} ORDER BY f.place
"""
_ID = "lower(hex(randomblob(16)))"
_STEP = "CAST(:days * 86400.0 * f.place / :many AS INTEGER) || ' seconds'"
_AT = f"strftime('%Y-%m-%dT%H:%M:%S', :at, {_STEP}) || :rest"
_DAY = f"date(:at, {_STEP})"
_OTHER = "CASE d.answer WHEN 'yes' THEN 'withdrawn' ELSE 'yes' END"
_CHANGED_MIND = f"CASE WHEN substr(d.id, 31) < '0d' THEN {_OTHER} ELSE d.answer END"
"""One answer in twenty is another one on the next form."""


@dataclass(frozen=True, slots=True)
class _Later:
    """What families answer later, in days counted from an instant.

    Attributes:
        which: of the answers that they are copied from; values: what is not copied.
    """

    which: str
    values: dict[str, str]
    days: int


def make_decade(vault: Callable[[Clock], Vault], folder: Path, pupils: int) -> None:
    """Make the register in an empty or missing folder.

    Args:
        vault: where registers stand, with a clock.
        folder: an empty or missing folder.
        pupils: how many pupils there are at the end; a tenth joins each year.
    """
    now = SystemClock().now().replace(microsecond=0)
    clock = SetClock(now - YEARS * _YEAR)
    director, sample = demo_users()[0], resources.sample_school()
    opened, code = vault(clock).create(folder, sample["name"], director.name, director.phrase)
    session = cast("LocalSession", opened)
    session.confirm_recovery(code.text)
    save_school(session, _school(sample))
    begin_channels(session)
    groups, numbers, version = _places(session, sample, pupils), count(2041), ""
    for year in range(YEARS):
        clock.set(now - (YEARS - year) * _YEAR)
        before = version
        if year % NEW_WORDING == 0:
            version = _new_wording(session, widen=year > 0)
        some = pupils // YEARS + (pupils % YEARS if not year else 0)
        joined = _join(session, groups, some, (numbers, version))
        clock.move(timedelta(days=1))
        if version != before and before:
            _answer(session, _renewal(before, version), clock)
        clock.move(timedelta(days=90))
        _publish(session, joined, max(pupils // _PER_PUBLICATION, 1))
        clock.move(timedelta(days=1))
        _answer(session, _changes(version, year), clock)
    _follow(session)
    session.lock()
    opened = vault(SystemClock()).unlock(folder, director.name, director.phrase)
    session = cast("LocalSession", opened)
    keep_published(session)
    _print(session, [group.id for group, _, _ in groups])
    session.lock()


def _new_wording(session: Session, *, widen: bool) -> str:
    """The id of a new form version, for which one use was widened."""
    if widen:
        with session.look(Compartment.CONSENT) as reader:
            (channel,) = reader.all(Channel, key=WIDENED)
        save_channel(session, channel, widened=True)
    return freeze_version(session).id


def _join(
    session: Session,
    groups: list[tuple[Group, int, int]],
    pupils: int,
    form: tuple[Iterator[int], str],
) -> list[str]:
    """New families with their answers; returns the ids of the pupils."""
    numbers, version = form
    with session.look(Compartment.CONSENT) as reader:
        channels = reader.all(Channel)
    seed = session.clock.today().year
    families = Families(seed, session.clock.today(), groups, channels, large=True)
    batch, made, joined = Batch(), 0, []
    while made < pupils:
        made += families.family(batch, pupils - made)
        if len(batch.people) > _AT_ONCE or made == pupils:
            people = [_numbered(one, numbers) for one in batch.people]
            joined += [one.id for one in people if isinstance(one, Pupil)]
            answers = [
                replace(one, form_version_id=version)
                for one in batch.decisions
                if isinstance(one, Decision)
            ]
            _pour(session, "sample_families", [*people, *batch.facts, *answers])
            batch = Batch()
    return joined


def _numbered(record: Record, numbers: Iterator[int]) -> Record:
    return replace(record, number=str(next(numbers))) if isinstance(record, Pupil) else record


def _pour(session: Session, act: str, records: list[Record]) -> None:
    with session.work(Compartment.CONSENT, act) as work:
        work.add(*records)
        work.commit()


def _renewal(before: str, version: str) -> _Later:
    """Everybody answers the new form, one answer in twenty otherwise."""
    values = {
        "answer": _CHANGED_MIND,
        "form_version_id": f"'{version}'",
        "scope": "(SELECT c.scope FROM channel AS c WHERE c.key = d.channel)",
    }
    return _Later(f"form_version_id = '{before}'", values, 60)


def _changes(version: str, year: int) -> _Later:
    """One answer in a hundred is withdrawn or given later, or put right."""
    digits = f"{2 * year:02x}"
    which = f"form_version_id = '{version}' AND substr(id, 29, 2) = '{digits}'"
    which += " AND substr(id, 27, 1) < 'a'"
    values = {
        "answer": _OTHER,
        "conditions": "''",
        "form_version_id": "''",
        "how": "'phone'",
        "replaces": "CASE WHEN substr(d.id, 26, 1) < '2' THEN d.id ELSE '' END",
    }
    return _Later(which, values, 200)


def _answer(session: LocalSession, later: _Later, clock: SetClock) -> None:
    """Write answers into the file, with an entry for each subject and decider."""
    raw = _raw(session)
    columns = [row[1] for row in raw.execute("PRAGMA table_info(decision)").fetchall()]
    columns.remove("seal")
    values = {
        "id": _ID,
        "signed_on": _DAY,
        "received_on": _DAY,
        "recorded_at": _AT,
        "replaces": "''",
        **later.values,
    }
    listed = ", ".join(values.get(name, f'd."{name}"') for name in columns)
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(_FORMS.format(which=later.which))
    many, number = raw.execute(
        "SELECT (SELECT count(*) FROM form), (SELECT max(number) FROM journal)"
    ).fetchall()[0]
    text = instant_text(clock.now())
    with_time = {"at": text[:19], "rest": text[19:], "days": later.days, "many": many or 1}
    of_answers = later.which.replace("form_version_id", "d.form_version_id")
    statement = _ANSWERS.format(
        columns=", ".join(f'"{name}"' for name in columns),
        values=listed,
        which=of_answers.replace("substr(id", "substr(d.id"),
    )
    raw.execute(statement, {**with_time, "number": number})
    raw.execute(_ENTRIES.format(id=_ID, at=_AT), with_time)
    raw.execute("DROP TABLE form")
    raw.execute("COMMIT")
    clock.move(timedelta(days=later.days))


def _publish(session: Session, joined: list[str], many: int) -> None:
    """What was used in a year: a third is still up, a tenth was handed out."""
    now, day = session.clock.now(), session.clock.today()
    records: list[Record] = []
    for place in range(many):
        id = new_id()
        records.append(
            Publication(
                id=id,
                publication_id=id,
                title=f"Bericht {place}",
                medium="photo",
                channel=USED,
                used_on=day,
                until=None if place % 3 == 0 else day + _YEAR,
                made_by="J. de Boer",
                handed_out=place % 10 == 0,
                recorded_by=session.user.name,
                recorded_at=now,
            )
        )
        records += [
            PublicationSubject(
                id=new_id(),
                publication_id=id,
                subject_id=joined[(place * _NAMED + each) % len(joined)],
                outcome="yes",
                reason="all_said_yes",
                found_at=now,
                recorded_at=now,
            )
            for each in range(_NAMED)
        ]
    _pour(session, "publication_recorded", records)


def _print(session: Session, groups: list[str]) -> None:
    """Lists that are out there, and those of former years."""
    press, old = PaperPress(), timedelta(days=60)
    for group in groups[:: max(len(groups) // LISTS, 1)][:LISTS]:
        prepared = prepare_list(
            session, press, ListRequest((group,), (f"photo:{USED}", "photo:school_guide"))
        )
        register_list(session, prepared)
        past = [_older(prepared.record, old * turn) for turn in range(1, _OLD_LISTS + 1)]
        _pour(session, "list_printed", [*past])


def _older(record: PrintedList, by: timedelta) -> PrintedList:
    id = new_id()
    return replace(
        record,
        id=id,
        number=list_number(id),
        printed_at=record.printed_at - by,
        valid_until=record.valid_until - by,
        basis=1,
    )


def _follow(session: LocalSession) -> None:
    """Make anew what is derived from the answers."""
    opened = session._compartments.file(Compartment.CONSENT)._opened
    opened.raw.execute("BEGIN IMMEDIATE")
    for table in opened.schema.derived:
        table.make(opened.raw)
    opened.raw.execute("COMMIT")


def _raw(session: LocalSession) -> Raw:
    return session._compartments.file(Compartment.CONSENT)._opened.raw
