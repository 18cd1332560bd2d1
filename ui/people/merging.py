"""What stands side by side before two records of one person are merged; it only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.consent.records import Decision
from app.people.card import guardian_card, pupil_card
from app.ports import Reader, Session
from app.record import Compartment
from ui.models.columns import Order, Row
from ui.models.rows import Source
from ui.people.wording import joined, whereabouts
from ui.words import day, t

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records.

    Attributes:
        facts: names and words; both sides have the same names in the same order.
        born: the birth date of a pupil, or None.
    """

    id: str
    name: str
    facts: Facts
    born: date | None = None


class OthersSource:
    """The rows of another source without the person who is looked at."""

    def __init__(self, source: Source, id: str) -> None:
        self._source, self._id = source, id

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """Ids of the others that match; nobody before something was typed."""
        if not search.strip():
            return ()
        return tuple(each for each in self._source.ids(order, search) if each != self._id)

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these."""
        return self._source.page(ids)


def pupil_sides(session: Session, ids: tuple[str, str]) -> tuple[Side, Side]:
    """Two pupils as they stand side by side."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return _pupil(reader, ids[0], today), _pupil(reader, ids[1], today)


def guardian_sides(session: Session, ids: tuple[str, str]) -> tuple[Side, Side]:
    """Two guardians as they stand side by side."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return _guardian(reader, ids[0], today), _guardian(reader, ids[1], today)


def _pupil(reader: Reader, pupil_id: str, today: date) -> Side:
    card = pupil_card(reader, pupil_id, today)
    place = joined((card.group, card.site)) or t("people.placed_never")
    facts = (
        (t("people.birth_date"), day(card.pupil.birth_date)),
        (t("people.number"), card.pupil.number),
        (t("people.placed"), place if card.present else joined((place, t("people.not_here")))),
        (t("people.guardians"), "\n".join(tie.name for tie in card.ties)),
        (t("people.merge_answers"), _count(reader.all(Decision, subject_id=pupil_id))),
    )
    return Side(pupil_id, card.name, facts, card.pupil.birth_date)


def _guardian(reader: Reader, guardian_id: str, today: date) -> Side:
    card = guardian_card(reader, guardian_id, today)
    who = card.guardian
    home = joined((who.street, f"{who.postcode} {who.town}".strip()))
    facts = (
        (t("people.institution"), who.institution),
        (t("people.merge_home"), home or whereabouts(who)),
        (t("people.phone"), who.phone),
        (t("people.email"), who.email),
        (t("people.children"), "\n".join(child.name for child in card.children)),
        (t("people.merge_answers"), _count(reader.all(Decision, decider_id=guardian_id))),
    )
    return Side(guardian_id, card.name, facts)


def _count(decisions: Sequence[Decision]) -> str:
    return t("people.merge_count", count=len(decisions))
