"""What is forged, left over or put back is never signed into a yes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.check import listing
from app.check.answer import check_pupil
from app.check.publish import keep_published
from app.check.records import CheckBranch, CheckRow
from app.consent.decide import raise_flag
from app.consent.outcome import Outcome
from app.errors import Trouble
from app.record import Compartment

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from app.ports import Session, Work
    from tests.sample import Sample

WEBSITE = "photo:website"


def says(session: Session, pupil: str) -> Outcome:
    lines = check_pupil(session, pupil).lines
    return next(line.outcome for line in lines if line.use == WEBSITE)


def with_outcome(session: Session, outcome: Outcome) -> list[CheckRow]:
    with session.look(Compartment.CHECK) as reader:
        rows = reader.all(CheckRow)
    return [row for row in rows if says(session, row.id) is outcome]


def forge(session: Session, row: CheckRow, like: CheckRow) -> None:
    """Let a row say what another says, with the hash of its bucket, as any key holder could."""
    forge_in(session.work(Compartment.CHECK, "forged"), row, like)


def forge_in(begun: AbstractContextManager[Work], row: CheckRow, like: CheckRow) -> None:
    """As `forge`, in a unit of work that was begun in any way."""
    with begun as work:
        work.change(replace(row, verdicts=like.verdicts))
        rows = [one for one in work.all(CheckRow) if one.bucket == row.bucket]
        branch = work.get(CheckBranch, str(listing.branch_of(row.bucket)))
        digest = listing.bucket_digest(tuple(sorted(rows, key=lambda one: one.id)))
        digests = listing.put_digest(branch.digests, row.bucket, digest)
        work.change(CheckBranch(id=branch.id, digests=digests))
        work.commit()


def test_a_forged_row_is_not_signed_by_the_next_publication(sample: Sample) -> None:
    session = sample.administrator()
    no, yes = with_outcome(session, Outcome.NO)[0], with_outcome(session, Outcome.YES)
    forge(session, no, yes[0])
    keep_published(session)
    raise_flag(session, yes[1].id)
    assert says(sample.teacher(), no.id) is Outcome.NO


def test_a_forged_row_is_not_signed_by_a_session_that_is_open(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    no, yes = with_outcome(session, Outcome.NO)[0], with_outcome(session, Outcome.YES)
    forge(session, no, yes[0])
    raise_flag(session, yes[1].id)
    assert says(sample.teacher(), no.id) is Outcome.NO


def test_what_another_program_forged_since_the_last_change_is_not_signed(
    sample: Sample,
) -> None:
    session = sample.administrator()
    keep_published(session)
    no, yes = with_outcome(session, Outcome.NO)[0], with_outcome(session, Outcome.YES)
    raise_flag(session, yes[1].id)
    key = session._holder.keys[Compartment.CHECK][-1]
    other = session._compartments._opened(Compartment.CHECK, key)
    forge_in(other.work("forged"), no, yes[0])
    other.close()
    raise_flag(session, yes[2].id)
    assert says(sample.teacher(), no.id) is Outcome.NO


def test_a_publication_that_was_taken_back_by_another_program_is_not_built_upon(
    sample: Sample,
) -> None:
    session = sample.administrator()
    keep_published(session)
    first, second = (row.id for row in with_outcome(session, Outcome.YES)[:2])
    shutil.copy(sample.folder / "check.db", sample.folder.parent / "older.db")
    raise_flag(session, first)
    shutil.copy(sample.folder.parent / "older.db", sample.folder / "check.db")
    raise_flag(session, second)
    assert says(sample.teacher(), first) is Outcome.NO


def test_what_could_not_be_published_is_published_with_the_next_change(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = sample.administrator()
    keep_published(session)
    first, second = with_outcome(session, Outcome.YES)[:2]
    work = session.work

    def full(compartment: Compartment, act: str, subject: str = "") -> object:
        if compartment is Compartment.CHECK:
            raise Trouble("register.disk_full")
        return work(compartment, act, subject)

    with monkeypatch.context() as patched:
        patched.setattr(session, "work", full)
        with pytest.raises(Trouble) as behind:
            raise_flag(session, first.id)
    assert behind.value.message.id == "check.behind"
    assert behind.value.done
    raise_flag(session, second.id)
    assert says(sample.teacher(), first.id) is Outcome.NO


def test_an_older_list_put_back_is_not_believed(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    pupil = with_outcome(session, Outcome.YES)[0].id
    sample.lock()
    shutil.copy(sample.folder / "check.db", sample.folder.parent / "older.db")
    session = sample.administrator()
    keep_published(session)
    raise_flag(session, pupil)
    sample.lock()
    shutil.copy(sample.folder.parent / "older.db", sample.folder / "check.db")
    answer = check_pupil(sample.teacher(), pupil)
    assert answer.doubt is not None
    assert answer.doubt.id == "check.older_list"
    office = sample.administrator()
    keep_published(office)
    assert says(sample.teacher(), pupil) is Outcome.NO


def test_a_new_access_of_the_publisher_does_not_silence_the_list(sample: Sample) -> None:
    office = sample.administrator()
    keep_published(office)
    other, pupil = (row.id for row in with_outcome(office, Outcome.YES)[:2])
    raise_flag(office, other)
    publisher = office.user.id
    director = sample.director()
    keep_published(director)
    director.reissue(publisher)
    assert says(sample.teacher(), pupil) is Outcome.YES


def test_a_row_that_was_slipped_into_a_bucket_goes_with_the_next_change(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    pupil = with_outcome(session, Outcome.YES)[0]
    names = (f"{number:032x}" for number in range(1_000_000))
    guest = next(name for name in names if listing.bucket_of(name) == pupil.bucket)
    with session.work(Compartment.CHECK, "forged") as work:
        work.change(replace(pupil, id=guest, name="Gast"))
        work.commit()
    raise_flag(session, pupil.id)
    teacher = sample.teacher()
    assert check_pupil(teacher, pupil.id).doubt is None
    with teacher.look(Compartment.CHECK) as reader:
        assert reader.find(CheckRow, guest) is None
