"""What stands in a register, seen by the next person at the machine; half of anything fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.check.answer import check_pupil
from app.consent.grid import consent_grid
from app.people.questions import PupilIds
from app.record import Compartment
from app.start.begin import make_ready
from db.store import schema as shapes
from db.store.reading import Reading
from db.store.tables import Blob
from tests.campaigns.office import counting_password, no_leftovers
from tests.campaigns.teacher import NAMES, kept_back, promises

if TYPE_CHECKING:
    from app.ports import Reader
    from db.register.session import LocalSession
    from tests.campaigns.office import Office


@dataclass(frozen=True, slots=True)
class World:
    """Everything that an act can change, in numbers.

    Attributes:
        rows: how many of every kind of record, by compartment; heads: entries in the journals.
        users: name and state; epochs: how many keys every compartment has had.
        reports: those that wait and those that are filed; kept: what the user kept.
        password: which of the two counts.
    """

    rows: tuple[tuple[str, str, int], ...]
    heads: tuple[int, ...]
    users: tuple[tuple[str, bool, bool], ...]
    epochs: tuple[int, ...]
    reports: int
    kept: tuple[bytes, ...]
    password: int

    @classmethod
    def of(cls, office: Office) -> World:
        """Look at everything, and bring it in order afterwards as every sign-in does."""
        promised = promises(office)
        office.session = session = office.unlock()
        no_leftovers(office)
        found = cls.seen(office)
        kept_back(session, promised)
        make_ready(session)
        list_is_right(session)
        return found

    @classmethod
    def seen(cls, office: Office) -> World:
        """Look at everything."""
        session = office.session
        rows, heads = [], []
        for part in Compartment:
            verified = session.verify(part)
            assert verified.in_order, (part, verified.findings)
            if part is Compartment.CHECK:
                continue
            with session.look(part) as reader:
                rows += [(part.value, *line) for line in counted(reader, part)]
                heads.append(reader.head().number)
                for blob in reader.all(Blob):
                    reader.blob(blob.id)
        members = session._site.directory.members
        return cls(
            rows=tuple(rows),
            heads=tuple(heads),
            users=tuple((one.name, one.pending, one.revoked) for one in session.users()),
            epochs=tuple(members.epoch(part).number for part in Compartment),
            reports=sum(reports(session, part) for part in Compartment),
            kept=tuple(one.content for one in session.kept("campaign")),
            password=counting_password(office),
        )


def counted(reader: Reader, part: Compartment) -> list[tuple[str, int]]:
    """How many of every kind of record there are, the states of before among them."""
    assert isinstance(reader, Reading)
    schema = shapes.SCHEMAS[part]
    names = [*sorted(kind.table.name for kind in schema.kinds.values()), "past_state"]
    return [(name, reader.rows(f'SELECT count(*) FROM "{name}"')[0][0]) for name in names]


def reports(session: LocalSession, part: Compartment) -> int:
    """How many reports wait or are filed, each of which can be read."""
    from app.dossier.records import Filed

    waiting = {card.id for card in session.waiting(part)}
    for id in waiting:
        assert session.unseal(part, id).content
    if part in (Compartment.CHECK, Compartment.CONSENT):
        return len(waiting)
    with session.look(part) as reader:
        return len(waiting | {one.id for one in reader.all(Filed)})


def list_is_right(session: LocalSession) -> None:
    """The list says of every pupil what consent says."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        ids = [id for id in reader.ask(PupilIds(on=today)) if named(reader, id)]
        grids = {id: consent_grid(reader, id, today) for id in ids}
    for id, grid in grids.items():
        answer = check_pupil(session, id)  # a refusal means that the pupil is not on it
        assert answer.doubt is None, answer.doubt
        said = {line.use: line.outcome for line in answer.lines}
        assert said == {line.use: line.verdict.outcome for line in grid.lines}


def named(reader: Reader, id: str) -> bool:
    """Whether this is one of the pupils whose answers are compared."""
    from app.people.records import Pupil

    return reader.get(Pupil, id).first_name in NAMES
