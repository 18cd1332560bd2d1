"""Kept files that are destroyed: gone for good, while that they were there stays known."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from app.errors import Refusal, Trouble
from app.journal.questions import JournalLines
from app.record import Compartment
from app.retention.destroy import Destruction, Kept, destroy_files, destroyed

if TYPE_CHECKING:
    from app.ports import Session
    from app.retention.records import FileDestroyed
    from tests.registers import School

CONTENT = b"names of children"
OVER = date(2026, 11, 1)
REASON = "bewaartijd voorbij"
PLACES = pytest.mark.parametrize(
    "compartment", [Compartment.CONSENT, Compartment.PUPIL_DOSSIER]
)


def kept(session: Session, compartment: Compartment, until: date = OVER) -> Kept:
    with session.work(compartment, "attached") as work:
        blob = work.attach(CONTENT)
        work.commit()
    return Kept("a list", blob, sha256(CONTENT).hexdigest(), until)


def destroy(
    session: Session,
    *files: Kept,
    reason: str = REASON,
    compartment: Compartment = Compartment.CONSENT,
) -> tuple[FileDestroyed, ...]:
    return destroy_files(session, compartment, Destruction("papers_gone", files, reason))


def refusal(session: Session, *files: Kept, reason: str = REASON) -> str:
    with pytest.raises(Refusal) as caught:
        destroy(session, *files, reason=reason)
    return caught.value.message.id


@PLACES
def test_the_file_is_gone_from_the_disk_and_what_it_was_is_known(
    school: School, compartment: Compartment
) -> None:
    session = school.director()
    one = kept(session, compartment)
    path = school.folder / "blobs" / str(compartment) / one.blob
    assert path.exists()
    (fact,) = destroy(session, one, compartment=compartment)
    assert not path.exists()
    assert (fact.digest, fact.destroyed_by, fact.reason) == (
        sha256(CONTENT).hexdigest(),
        session.user.name,
        REASON,
    )
    with session.look(compartment) as reader:
        assert destroyed(reader, ("a list",)) == {"a list": fact}
        assert destroyed(reader, ()) == {}
        with pytest.raises(Refusal, match="destroyed"):
            reader.blob(one.blob)


def test_the_journal_has_the_deed_and_the_register_stays_whole(school: School) -> None:
    session = school.director()
    other = kept(session, Compartment.CONSENT)
    destroy(session, kept(session, Compartment.CONSENT))
    with session.look(Compartment.CONSENT) as reader:
        (line,) = reader.ask(JournalLines(limit=1))
        assert reader.blob(other.blob) == CONTENT
    assert (line.act, line.subject) == ("papers_gone", "a list")
    assert session.verify(Compartment.CONSENT).in_order
    assert session._compartments.file(Compartment.CONSENT).check() == ()


def test_what_could_not_be_taken_off_goes_at_the_next_verification(school: School) -> None:
    session = school.director()
    one = kept(session, Compartment.CONSENT)
    path = school.folder / "blobs" / "consent" / one.blob
    stored = path.read_bytes()
    destroy(session, one)
    path.write_bytes(stored)
    with (
        session.look(Compartment.CONSENT) as reader,
        pytest.raises(Refusal, match="destroyed"),
    ):
        reader.blob(one.blob)
    assert session.verify(Compartment.CONSENT).in_order
    assert not path.exists()


def test_nothing_goes_before_its_last_day_has_passed(school: School) -> None:
    session = school.director()
    today = session.clock.today()
    over, last = kept(session, Compartment.CONSENT), kept(session, Compartment.CONSENT, today)
    assert refusal(session, over, last) == "retention.still_kept"
    with session.look(Compartment.CONSENT) as reader:
        assert (reader.blob(over.blob), reader.blob(last.blob)) == (CONTENT, CONTENT)
    school.clock.move(timedelta(days=1))
    assert len(destroy(session, over, last)) == 2


def test_what_is_refused(school: School) -> None:
    session = school.director()
    one = kept(session, Compartment.CONSENT)
    assert refusal(session) == "retention.nothing"
    assert refusal(session, one, reason="  ") == "retention.no_reason"
    assert refusal(session, one, reason="x" * 401) == "retention.reason_long"
    destroy(session, one)
    assert refusal(session, one) == "retention.destroyed"


def test_a_deed_that_is_not_committed_destroys_nothing(school: School) -> None:
    session = school.director()
    one = kept(session, Compartment.CONSENT)
    (fact,) = destroy(session, kept(session, Compartment.CONSENT))
    with pytest.raises(Refusal), session.work(Compartment.CONSENT, "papers_gone") as work:
        work.add(fact)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.blob(one.blob) == CONTENT


def test_a_teacher_destroys_nothing(school: School) -> None:
    one = kept(school.director(), Compartment.CONSENT)
    teacher = school.teacher()
    with pytest.raises((Refusal, Trouble)):
        destroy(teacher, one)
