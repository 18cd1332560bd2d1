"""What leaves as a list for a spreadsheet: people, groups, and the consent overview.

Safety flags, authority and dossiers never leave this way: an answer that a flag decides is
"no", like any other no. What is made here has not left yet: whoever writes it to a file gives
its `leaving` to `app.journal.leaving.save_noted`, which notes it first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import resources
from app.clock import local
from app.consent.grid import channels_known, group_verdicts
from app.consent.uses import split_use, use_rules
from app.jobs import SILENT, Progress
from app.journal.leaving import Leaving
from app.people.card import places
from app.people.questions import GroupSizes, Presence, PupilIds, PupilLines
from app.people.records import Guardian, Pupil, Relation, SchoolYear
from app.record import Compartment
from app.register.records import School
from app.roster.sending.sheets import Format, Marking, Sheet, to_csv, to_xlsx
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from app.people.questions import PupilLine
    from app.ports import Reader, Session
    from app.roster.sending.sheets import Value

_AT_ONCE = 500
_OF_GUARDIAN = (
    *("relation", "first_name", "initials", "prefix", "surname", "institution", "street"),
    *("postcode", "town", "country", "ship", "language", "email", "phone"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is to hold.

    Attributes:
        day: the day that is looked at: who is taught where, and what may be used.
        format, language: of the file.
        group_id, site_id: only the pupils of this group or site.
        known_at: of consent only what the register knew at this instant; all it knows now when
            None. Names and groups are those of now.
    """

    day: date
    format: Format = Format.CSV
    language: str = "nl"
    group_id: str = ""
    site_id: str = ""
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """A file that is ready to leave, and has not left yet.

    Attributes:
        name: a name for the file that says what it is and that it is confidential.
        rows: how many pupils or groups it holds.
        leaving: what the journal has to hold before the content leaves, with the marking.
    """

    name: str
    content: bytes
    rows: int
    leaving: Leaving


def export_people(session: Session, wanted: Wanted, progress: Progress = SILENT) -> Export:
    """The pupils present on a day with their guardians, a row for each pupil.

    The columns are such that the file can be read back as a list.

    Raises:
        Refusal: `register.no_grant`.
        CancelledError: the person stopped it.
    """
    words = Words(wanted.language)
    with session.look(Compartment.CONSENT) as reader:
        found = [
            (line, pupil, ties)
            for lines in _pupils(reader, wanted, progress)
            for line, pupil, ties in _people(reader, lines)
        ]
    most = max((len(ties) for _, _, ties in found), default=0)
    headers = [*_pupil_headers(words, "number", "birth_date")]
    for place in range(1, max(most, 1) + 1):
        headers += [words(f"roster.head_{name}", place=place) for name in _OF_GUARDIAN]
    named = _relation_names(wanted.language)
    rows = tuple(
        (
            pupil.number,
            *_pupil_cells(line, pupil),
            pupil.birth_date,
            *_guardian_cells(ties, named, max(most, 1)),
        )
        for line, pupil, ties in found
    )
    return _export(session, wanted, "people", tuple(headers), rows)


def export_groups(session: Session, wanted: Wanted) -> Export:
    """The groups of the school years that have not ended, with the number of pupils.

    Raises:
        Refusal: `register.no_grant`.
    """
    words = Words(wanted.language)
    with session.look(Compartment.CONSENT) as reader:
        known = places(reader, wanted.day)
        years = {year.id: year.name for year in reader.all(SchoolYear)}
        sizes = {size.group_id: size.pupils for size in reader.ask(GroupSizes(wanted.day))}
    rows = tuple(
        (
            known.site_name(group.site_id),
            group.name,
            years.get(group.school_year_id, ""),
            sizes.get(group.id, 0),
        )
        for group in known.groups_of(wanted.site_id)
        if wanted.group_id in ("", group.id)
    )
    names = ("site", "group", "school_year", "pupils")
    headers = tuple(words(f"roster.head_{name}") for name in names)
    return _export(session, wanted, "groups", headers, rows)


def export_consent(session: Session, wanted: Wanted, progress: Progress = SILENT) -> Export:
    """For each pupil present on a day and each use the word of the verdict on that day.

    With a moment of knowledge as it was known then.

    Raises:
        Refusal: `register.no_grant`.
        CancelledError: the person stopped it.
    """
    words = Words(wanted.language)
    rows: list[tuple[Value, ...]] = []
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        channels = channels_known(reader, wanted.known_at, today)
        uses = tuple(rule.use for rule in use_rules(channels, wanted.day) if rule.asked)
        for lines in _pupils(reader, wanted, progress):
            ids = tuple(line.id for line in lines)
            known = {pupil.id: pupil for pupil in reader.all(Pupil, id=ids)}
            said = dict(group_verdicts(reader, ids, wanted.day, wanted.known_at, today))
            for line in lines:
                outcomes = {v.use: v.outcome for v in said.get(line.id, ())}
                answers = (words(f"consent.outcome_{outcomes[use]}") for use in uses)
                pupil = known[line.id]
                rows.append((pupil.number, *_pupil_cells(line, pupil), *answers))
    names = {channel.key: channel.name(wanted.language) for channel in channels}
    headers = [*_pupil_headers(words, "number", "")]
    for use in uses:
        medium, channel = split_use(use)
        headers.append(f"{words(f'consent.medium_{medium}')}: {names[channel]}")
    return _export(session, wanted, "consent", tuple(headers), tuple(rows))


def _pupils(
    reader: Reader, wanted: Wanted, progress: Progress
) -> Iterator[tuple[PupilLine, ...]]:
    """The pupils in the order of names, some at once."""
    ids = reader.ask(
        PupilIds(
            on=wanted.day,
            presence=Presence.PRESENT,
            group_id=wanted.group_id,
            site_id=wanted.site_id,
        )
    )
    for start in range(0, len(ids), _AT_ONCE):
        progress.step(start, len(ids))
        yield reader.ask(PupilLines(ids[start : start + _AT_ONCE], wanted.day))
    progress.step(len(ids), len(ids))


def _people(
    reader: Reader, lines: tuple[PupilLine, ...]
) -> Iterator[tuple[PupilLine, Pupil, list[tuple[Relation, Guardian]]]]:
    """Each pupil with the guardians whose relation has not ended, in their order."""
    ids = tuple(line.id for line in lines)
    pupils = {pupil.id: pupil for pupil in reader.all(Pupil, id=ids)}
    relations = [one for one in reader.all(Relation, pupil_id=ids) if not one.ended]
    wanted = tuple({relation.guardian_id for relation in relations})
    guardians = {one.id: one for one in reader.all(Guardian, id=wanted)} if wanted else {}
    ties: dict[str, list[tuple[Relation, Guardian]]] = {}
    for relation in sorted(relations, key=lambda one: (one.position, one.id)):
        tie = relation, guardians[relation.guardian_id]
        ties.setdefault(relation.pupil_id, []).append(tie)
    for line in lines:
        yield line, pupils[line.id], ties.get(line.id, [])


def _pupil_headers(words: Words, before: str, behind: str) -> Iterator[str]:
    names = (before, "pupil_first_name", "pupil_prefix", "pupil_surname", "group", "site")
    yield from (words(f"roster.head_{name}") for name in (*names, behind) if name)


def _pupil_cells(line: PupilLine, pupil: Pupil) -> tuple[str, ...]:
    return (pupil.first_name, pupil.prefix, pupil.surname, line.group, line.site)


def _guardian_cells(
    ties: list[tuple[Relation, Guardian]], named: dict[str, str], places_: int
) -> Iterator[str]:
    for relation, guardian in ties:
        yield named.get(relation.kind, "")
        yield from (getattr(guardian, name) for name in _OF_GUARDIAN[1:])
    yield from ("" for _ in range((places_ - len(ties)) * len(_OF_GUARDIAN)))


def _relation_names(language: str) -> dict[str, str]:
    return {str(each["key"]): str(each["name"][language]) for each in resources.relations()}


def _export(
    session: Session,
    wanted: Wanted,
    what: str,
    headers: tuple[str, ...],
    rows: tuple[tuple[Value, ...], ...],
) -> Export:
    words = Words(wanted.language)
    sheet = Sheet(words(f"roster.export_{what}"), headers, rows)
    if wanted.format is Format.CSV:
        content = to_csv(sheet)
    else:
        content = to_xlsx([sheet], _marking(session, wanted, sheet))
    stem = words(f"roster.export_name_{what}", day=f"{wanted.day:%Y-%m-%d}")
    subject = f"confidential:{wanted.format}:{wanted.day.isoformat()}:{len(rows)}"
    if wanted.known_at is not None:
        stem = f"{stem}-{words('roster.known_at')}-{local(wanted.known_at):%Y-%m-%d-%H%M}"
        subject = f"{subject}:{wanted.known_at.isoformat()}"
    leaving = Leaving(f"{what}_exported", subject)
    return Export(f"{stem}.{wanted.format}", content, len(rows), leaving)


def _about_day(words: Words, wanted: Wanted) -> str:
    if wanted.known_at is None:
        return words("roster.about_day", day=wanted.day)
    return words("roster.about_known", day=wanted.day, at=wanted.known_at)


def _marking(session: Session, wanted: Wanted, sheet: Sheet) -> Marking:
    """What the workbook says of itself: confidential, of which day, made when and by whom."""
    words, now = Words(wanted.language), session.clock.now()
    with session.look(Compartment.CONSENT) as reader:
        school = next((one.name for one in reader.all(School)), session.register.school)
    return Marking(
        words("roster.marking", school=school, day=wanted.day),
        words("roster.about_file"),
        (
            words("roster.about_content", title=sheet.title, count=len(sheet.rows)),
            _about_day(words, wanted),
            words("roster.about_made", user=session.user.name, at=now),
            words("roster.about_care"),
        ),
        now,
    )
