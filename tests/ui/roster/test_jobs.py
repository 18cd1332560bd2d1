"""What the import's screens ask of the storage thread, of a file that is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal
from app.jobs import SILENT
from app.people.people import PupilDraft, save_pupil
from app.people.questions import Presence, PupilIds
from app.record import Compartment
from app.roster.proposal import Choice, Decided
from app.roster.read import look_at
from app.roster.readers.mapping import Mapping
from tests.journeys.families import settle
from ui.roster import jobs
from ui.roster.jobs import Proposed, propose_again, read_and_propose, take_over

if TYPE_CHECKING:
    from pathlib import Path

    from app.ports import Session
    from tests.registers import School

LIST = "Roepnaam;Achternaam;Geboortedatum;Leerlingnummer\n"
ZOE = LIST + "Zoë;Wal;04-05-2020;{}\n"
BRAM = LIST + "Bram;Vis;05-06-2020;7\n"
MAPPING = Mapping(
    name="lijst",
    columns=(
        ("Roepnaam", "pupil.first_name"),
        ("Achternaam", "pupil.surname"),
        ("Geboortedatum", "pupil.birth_date"),
        ("Leerlingnummer", "pupil.number"),
    ),
)


@pytest.fixture
def session(school: School, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(jobs, "_KEPT", 0)
    found = school.administrator()
    settle(found)
    return found


def proposed(session: Session, path: Path, content: str) -> Proposed:
    path.write_text(content, encoding="utf-8")
    return read_and_propose(session, SILENT, look_at((path,)), MAPPING)


def pupils(session: Session) -> int:
    with session.look(Compartment.CONSENT) as reader:
        return len(reader.ask(PupilIds(session.clock.today(), presence=Presence.ALL)))


def doubtful(session: Session, path: Path) -> tuple[Proposed, dict[str, Decided]]:
    """A proposal in which somebody may be a child that is known, taken for a new one."""
    take_over(session, SILENT, proposed(session, path, ZOE.format(1)), {})
    again = proposed(session, path, ZOE.format(2))
    (line,) = again.proposal.doubtful
    return again, {line.key: Decided(Choice.NEW)}


def test_a_large_file_is_taken_over_without_its_people(
    session: Session, tmp_path: Path
) -> None:
    found = proposed(session, tmp_path / "a.csv", BRAM)
    assert not found.roster.pupils
    (tmp_path / "a.csv").unlink()
    assert take_over(session, SILENT, found, {}).added == 1


def test_a_large_file_is_read_again_for_what_a_person_chose(
    session: Session, tmp_path: Path
) -> None:
    found, decided = doubtful(session, tmp_path / "a.csv")
    assert not found.roster.pupils
    take_over(session, SILENT, found, decided)
    assert pupils(session) == 2


def test_what_a_person_chose_in_another_file_is_refused(
    session: Session, tmp_path: Path
) -> None:
    found, decided = doubtful(session, tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text(BRAM, encoding="utf-8")
    with pytest.raises(Refusal, match=r"roster\.file_changed"):
        take_over(session, SILENT, found, decided)
    assert pupils(session) == 1


def test_a_large_file_is_read_again_when_the_register_changed(
    session: Session, tmp_path: Path
) -> None:
    found = proposed(session, tmp_path / "a.csv", BRAM)
    save_pupil(session, PupilDraft("Zoë", "", "Wal"))
    with pytest.raises(Refusal, match=r"roster\.stale"):
        take_over(session, SILENT, found, {})
    again = propose_again(session, SILENT, found)
    assert take_over(session, SILENT, again, {}).added == 1
