"""How the things are called that a journal names by their ids only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.consent.records import Channel, IssuedForm
from app.dossier.records import Breach, Case, Dossier, Entry, Letter
from app.letters.records import OfficeLetter
from app.lists.records import PrintedList
from app.names import full_name
from app.people.card import guardian_name
from app.people.records import Group, Guardian, Pupil, Site, StaffMember
from app.publications.records import Publication
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.ports import Reader, Session
    from app.record import Record

    Named = Mapping[type[Record], Callable[[Any], str]]


def called(
    session: Session, compartment: Compartment, ids: frozenset[str], language: str
) -> dict[str, str]:
    """What each thing is called now, by its id; what a compartment no longer knows is left out.

    Args:
        session: who asks; it opens the compartment.
        compartment: whose journal names the ids.
        ids: of people, papers, cases and the like; other words may be among them.
        language: of a channel's name.
    """
    wanted = tuple(sorted(id for id in ids if id))
    if not wanted:
        return {}
    with session.look(compartment) as reader:
        if compartment is Compartment.CONSENT:
            return _found(reader, _of_consent(language), wanted)
        return {**_reports(reader, wanted), **_found(reader, _OF_DOSSIERS, wanted)}


def _found(reader: Reader, named: Named, ids: tuple[str, ...]) -> dict[str, str]:
    return {
        record.id: name
        for kind, name_of in named.items()
        for record in reader.all(kind, id=ids)
        if (name := name_of(record))
    }


def _of_consent(language: str) -> Named:
    return {
        Pupil: _person,
        Guardian: guardian_name,
        StaffMember: _person,
        Group: lambda group: group.name,
        Site: lambda site: site.name,
        Channel: lambda channel: channel.short(language),
        IssuedForm: lambda form: form.number,
        PrintedList: lambda paper: paper.number,
        OfficeLetter: lambda letter: letter.number,
        Publication: lambda publication: publication.title,
    }


_OF_DOSSIERS: Named = {
    Dossier: lambda dossier: dossier.subject_name,
    Case: lambda case: case.number,
    Entry: lambda entry: entry.title or entry.file_name,
    Letter: lambda letter: letter.number,
}


def _person(person: Pupil | StaffMember) -> str:
    return full_name(person.first_name, person.prefix, person.surname)


def _reports(reader: Reader, ids: tuple[str, ...]) -> dict[str, str]:
    """Reports by the number of the case that they became."""
    reports = {breach.id: breach.report_id for breach in reader.all(Breach, report_id=ids)}
    cases = reader.all(Case, breach_id=tuple(reports))
    return {reports[case.breach_id]: case.number for case in cases}
