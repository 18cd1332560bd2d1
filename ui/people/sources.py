"""What the lists of pupils, guardians and staff ask; called on the storage thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.names import fold, list_name
from app.people.card import staff
from app.people.questions import (
    GuardianIds,
    GuardianLine,
    GuardianLines,
    Presence,
    PupilIds,
    PupilLine,
    PupilLines,
    PupilOrder,
)
from app.people.records import AdultKind, StaffMember
from app.ports import Session
from app.record import Compartment
from ui.models.columns import Order, Row
from ui.people.wording import joined
from ui.words import day, t


@dataclass(frozen=True, slots=True)
class PupilFilter:
    """Which pupils are listed; "" lets all groups or sites through."""

    presence: Presence = Presence.PRESENT
    site_id: str = ""
    group_id: str = ""


class PupilSource:
    """The pupils of the register, filtered."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._today = session, today
        self.filter = PupilFilter()

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """Ids of the pupils that match, in order."""
        chosen = self.filter
        question = PupilIds(
            on=self._today,
            search=search,
            order=PupilOrder(order.by) if order.by else PupilOrder.NAME,
            descending=order.down,
            presence=chosen.presence,
            group_id=chosen.group_id,
            site_id=chosen.site_id,
        )
        with self._session.look(Compartment.CONSENT) as reader:
            return reader.ask(question)

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these pupils."""
        with self._session.look(Compartment.CONSENT) as reader:
            return [
                _pupil_row(line) for line in reader.ask(PupilLines(tuple(ids), self._today))
            ]


class GuardianSource:
    """The guardians of the register, by name."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """Ids of the guardians that match, in order."""
        with self._session.look(Compartment.CONSENT) as reader:
            found = reader.ask(GuardianIds(search))
        return found[::-1] if order.down else found

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these guardians."""
        with self._session.look(Compartment.CONSENT) as reader:
            return [_guardian_row(line) for line in reader.ask(GuardianLines(tuple(ids)))]


@dataclass(slots=True)
class StaffSource:
    """The staff, a short list that is read whole."""

    session: Session
    members: dict[str, StaffMember] = field(default_factory=dict)

    def ids(self, order: Order, search: str) -> Sequence[str]:
        """Ids of those who match, by name."""
        with self.session.look(Compartment.CONSENT) as reader:
            found = staff(reader)
        self.members = {member.id: member for member in found}
        wanted = fold(search).split() if search else []
        ids = [member.id for member in found if _matches(member, wanted)]
        return ids[::-1] if order.down else ids

    def page(self, ids: Sequence[str]) -> Sequence[Row]:
        """The rows of these members of staff."""
        return [_staff_row(self.members[each]) for each in ids if each in self.members]


def narrowed(
    chosen: PupilFilter, *, presence: str = "", site_id: str | None = None, group_id: str = ""
) -> PupilFilter:
    """The filter with something changed; another site forgets the group."""
    if presence:
        return replace(chosen, presence=Presence(presence))
    if site_id is not None:
        return replace(chosen, site_id=site_id, group_id="")
    return replace(chosen, group_id=group_id)


def _pupil_row(line: PupilLine) -> Row:
    cells = {
        "name": line.name,
        "group": line.group,
        "site": line.site,
        "birth": day(line.birth_date),
        "number": line.number,
    }
    return Row(line.id, cells)


def _guardian_row(line: GuardianLine) -> Row:
    cells = {
        "name": line.name,
        "children": ", ".join(line.children),
        "ship": line.ship,
        "town": line.town,
    }
    return Row(line.id, cells)


def _staff_row(member: StaffMember) -> Row:
    cells = {
        "name": list_name(member.first_name, member.prefix, member.surname),
        "function": member.function or _capacity(member),
        "email": member.email,
        "state": t("people.staff_left") if member.left else "",
    }
    return Row(member.id, cells, summary=joined(cells.values()))


def _capacity(member: StaffMember) -> str:
    return "" if member.kind is AdultKind.STAFF else t(f"people.kind_{member.kind}")


def _matches(member: StaffMember, wanted: list[str]) -> bool:
    known = fold(f"{member.first_name} {member.prefix} {member.surname} {member.function}")
    return all(any(word.startswith(part) for word in known.split()) for part in wanted)
