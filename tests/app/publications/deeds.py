"""What tests of publications do again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.journal.questions import JournalLines
from app.publications.board import publication_view
from app.publications.record import PublicationDraft, record_publication
from app.publications.steps import StepDraft, note_step
from app.record import Compartment
from tests.journeys.families import add_family, says, settle

if TYPE_CHECKING:
    from app.ports import Session
    from app.publications.board import PublicationView
    from app.publications.records import PublicationStep, StepKind
    from app.publications.state import Stand
    from tests.journeys.families import Family, Place

USED = date(2026, 11, 10)
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Told:
    """A register in which one family said yes to photos on the website."""

    session: Session
    place: Place
    family: Family

    @property
    def pupil(self) -> str:
        return self.family.pupil.id

    def draft(self, **other: Any) -> PublicationDraft:
        """A photo on the website of 10 November with the child in it."""
        found = PublicationDraft(
            title="Herfstwandeling",
            medium="photo",
            channel="website",
            used_on=USED,
            subjects=(self.pupil,),
            places=("https://meerpaal.example/herfst",),
        )
        return replace(found, **other)

    def used(self, **other: object) -> str:
        """The same, recorded; its id."""
        return record_publication(self.session, self.draft(**other)).publication_id

    def view(self, publication_id: str) -> PublicationView:
        found = publication_view(self.session, publication_id)
        assert found is not None
        return found

    def stand(self, publication_id: str) -> Stand:
        """How the first person in it stands."""
        standing = self.view(publication_id).people[0].standing
        assert standing is not None
        return standing.stand

    def step(
        self, publication_id: str, kind: StepKind, **other: Any
    ) -> tuple[PublicationStep, ...]:
        draft = StepDraft(publication_id, kind, TODAY, note="Reden.")
        return note_step(self.session, replace(draft, **other))

    def acts(self) -> list[str]:
        with self.session.look(Compartment.CONSENT) as reader:
            return [line.act for line in reader.ask(JournalLines(limit=20))]


def told(session: Session) -> Told:
    """Both parents say yes to photos on the website."""
    place = settle(session)
    family = add_family(session, place)
    says(session, family.pupil, family.mother)
    says(session, family.pupil, family.father)
    return Told(session, place, family)
