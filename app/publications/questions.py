"""What is asked about publications, answered by the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.publications.records import Publication
from app.record import Question

if TYPE_CHECKING:
    from datetime import date

    from app.publications.records import PublicationStep, PublicationSubject


@dataclass(frozen=True, slots=True)
class PublicationsUp(Question[tuple[Publication, ...]]):
    """The publications that are still shown on a day, newest use first, as last corrected.

    Attributes:
        among: only among these ids; all when None.
    """

    on: date
    among: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ToLookAt(Question[tuple[str, ...]]):
    """Ids of the publications of which something may have to be done on a day.

    What is still shown and can be taken down, and what nobody has said of yet whether it was
    a data breach.
    """

    on: date


@dataclass(frozen=True, slots=True)
class FindPublications(Question[tuple[Publication, ...]]):
    """Publications as last corrected, newest use first.

    Attributes:
        text: every word of it stands in the title, the places or the names; all when "".
        subject_id: only those with this pupil in it (under any record that is this pupil by
            now) or this member of staff; all when "".
    """

    text: str = ""
    subject_id: str = ""
    limit: int = 500


@dataclass(frozen=True, slots=True)
class Unpermitted(Question[tuple[Publication, ...]]):
    """Publications with somebody in it of whom the verdict then did not permit it.

    Those whose question was answered are left out, oldest record first; a breach is answered
    once it is known what became of telling the authority.

    Attributes:
        among: only among these ids; all when None.
    """

    among: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PublicationsTouched(Question[frozenset[str]]):
    """Ids of publications about which something was written since an entry of the journal.

    Attributes:
        number: of the entry.
        people: those with one of them in it count too, under any record that is this pupil.
    """

    number: int
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactsAbout:
    """All facts about who is in some publications, and what was done."""

    subjects: tuple[PublicationSubject, ...]
    steps: tuple[PublicationStep, ...]


@dataclass(frozen=True, slots=True)
class FactsUp(Question[FactsAbout]):
    """The facts about every publication that is still shown on a day and can be taken down.

    Attributes:
        among: only among these ids; all when None.
    """

    on: date
    among: tuple[str, ...] | None = None
