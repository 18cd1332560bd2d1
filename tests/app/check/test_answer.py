"""A teacher's answer: from a signed list only; whatever does not fit means: ask first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.check import listing
from app.check.answer import board, check_group, check_pupil, find_pupils, pupils_of_group
from app.check.publish import publish_all
from app.check.questions import LatestPublication
from app.check.records import CheckBranch, CheckHeader, CheckRow, Publication, RowKind
from app.consent.decide import raise_flag
from app.consent.outcome import Outcome
from app.errors import Refusal
from app.ids import new_id
from app.record import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.check.answer import CheckAnswer
    from app.ports import Session, Signature, Work
    from tests.sample import Sample


def forge(sample: Sample, change: Callable[[Work], None]) -> None:
    """Change the stored list without publishing it."""
    session = sample.administrator()
    with session.work(Compartment.CHECK, "forged") as work:
        change(work)
        work.commit()


def rows(session: Session) -> tuple[CheckRow, ...]:
    with session.look(Compartment.CHECK) as reader:
        return reader.all(CheckRow, kind=RowKind.PUPIL)


def willing(sample: Sample) -> CheckRow:
    """A pupil with at least one yes."""
    session = sample.teacher()
    for row in rows(session):
        if any(line.outcome is Outcome.YES for line in check_pupil(session, row.id).lines):
            return row
    raise AssertionError("nobody said yes")


def unwilling(sample: Sample) -> CheckRow:
    """A pupil without any yes."""
    session = sample.teacher()
    for row in rows(session):
        lines = check_pupil(session, row.id).lines
        if all(line.outcome in (Outcome.NO, Outcome.ASK, Outcome.NOT_NEEDED) for line in lines):
            return row
    raise AssertionError("everybody said yes")


def permits(answer: CheckAnswer) -> bool:
    return any(line.permits for line in answer.lines)


def says_ask(answer: CheckAnswer) -> bool:
    return bool(answer.lines) and all(line.outcome is Outcome.ASK for line in answer.lines)


# -- an honest list ---------------------------------------------------------------------------


def test_an_honest_list_is_trusted(sample: Sample) -> None:
    session = sample.teacher()
    assert board(session).freshness.trouble is None
    assert all(check_pupil(session, row.id).doubt is None for row in rows(session))


def test_every_line_says_why(sample: Sample) -> None:
    session = sample.teacher()
    lines = [line for row in rows(session) for line in check_pupil(session, row.id).lines]
    assert all(line.why.id.startswith(("consent.", "check.")) for line in lines)


def test_a_group_gives_the_answers_of_its_pupils(sample: Sample) -> None:
    session = sample.teacher()
    group = board(session).groups[0]
    found = check_group(session, group.id)
    assert [answer.pupil_id for answer in found] == [
        hit.id for hit in pupils_of_group(session, group.id)
    ]
    assert found[0] == check_pupil(session, found[0].pupil_id)


def test_three_letters_find_a_name_without_its_accents(sample: Sample) -> None:
    found = find_pupils(sample.teacher(), "zoe")
    assert any(hit.name.startswith("Zoë") for hit in found)
    assert find_pupils(sample.teacher(), "  ") == ()


def test_an_unknown_pupil_is_no_yes(sample: Sample) -> None:
    with pytest.raises(Refusal) as refused:
        check_pupil(sample.teacher(), new_id())
    assert refused.value.message.id == "check.unknown_pupil"


# -- a list that was tampered with ------------------------------------------------------------


def test_a_changed_row_says_ask(sample: Sample) -> None:
    yes, no = willing(sample), unwilling(sample)
    forge(sample, lambda work: work.change(replace(no, verdicts=yes.verdicts)))
    answer = check_pupil(sample.teacher(), no.id)
    assert says_ask(answer)
    assert answer.doubt is not None
    assert answer.doubt.id == "check.row_not_signed"


def test_a_longer_life_of_a_row_says_ask(sample: Sample) -> None:
    yes = willing(sample)
    forge(sample, lambda work: work.change(replace(yes, until=yes.until + timedelta(days=9))))
    assert says_ask(check_pupil(sample.teacher(), yes.id))


def test_a_removed_row_is_unknown(sample: Sample) -> None:
    yes = willing(sample)
    forge(sample, lambda work: work.remove(CheckRow, yes.id))
    with pytest.raises(Refusal):
        check_pupil(sample.teacher(), yes.id)


def test_an_added_row_says_ask(sample: Sample) -> None:
    id = new_id()
    stranger = replace(willing(sample), id=id, bucket=listing.bucket_of(id))
    forge(sample, lambda work: work.change(stranger))
    assert says_ask(check_pupil(sample.teacher(), id))


def test_a_row_in_another_bucket_says_ask(sample: Sample) -> None:
    yes = willing(sample)
    moved = replace(yes, bucket=(yes.bucket + 1) % listing.BUCKETS)
    forge(sample, lambda work: work.change(moved))
    assert says_ask(check_pupil(sample.teacher(), yes.id))


def test_two_names_exchanged_say_ask(sample: Sample) -> None:
    yes, no = willing(sample), unwilling(sample)
    forge(
        sample,
        lambda work: work.change(replace(yes, name=no.name), replace(no, name=yes.name)),
    )
    session = sample.teacher()
    assert says_ask(check_pupil(session, yes.id))
    assert says_ask(check_pupil(session, no.id))


def test_an_old_row_put_back_says_ask(sample: Sample) -> None:
    old = willing(sample)
    session = sample.administrator()
    raise_flag(session, old.id)
    publish_all(session)
    forge(sample, lambda work: work.change(old))
    assert says_ask(check_pupil(sample.teacher(), old.id))


def test_a_changed_header_spoils_every_answer(sample: Sample) -> None:
    yes = willing(sample)

    def change(work: Work) -> None:
        header = work.get(CheckHeader, listing.HEADER)
        work.change(replace(header, content=header.content.replace("14", "900", 1)))

    forge(sample, change)
    session = sample.teacher()
    assert board(session).freshness.trouble is not None
    assert says_ask(check_pupil(session, yes.id))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"channels":[1]}', '{"uses":"x"}', "null"])
def test_a_damaged_header_is_no_defect(sample: Sample, content: str) -> None:
    yes = willing(sample)
    forge(sample, lambda work: work.change(CheckHeader(id=listing.HEADER, content=content)))
    answer = check_pupil(sample.teacher(), yes.id)
    assert not permits(answer)
    assert answer.doubt is not None


def test_a_changed_hash_spoils_every_answer(sample: Sample) -> None:
    yes = willing(sample)

    def change(work: Work) -> None:
        branch = work.get(CheckBranch, "0")
        work.change(CheckBranch(id="0", digests="0" * len(branch.digests)))

    forge(sample, change)
    assert says_ask(check_pupil(sample.teacher(), yes.id))


def publication(work: Work, **other: Any) -> None:
    latest = work.ask(LatestPublication())
    assert latest is not None
    work.add(replace(latest, id=new_id(), number=latest.number + 1, **other))


@pytest.mark.parametrize(
    "other",
    [
        {"signature": ""},
        {"signature": "00" * 64},
        {"user": "nobody"},
        {"key": "another"},
        {"root": "0" * 64},
    ],
)
def test_an_unsigned_publication_spoils_every_answer(
    sample: Sample, other: dict[str, object]
) -> None:
    yes = willing(sample)
    forge(sample, lambda work: publication(work, **other))
    assert says_ask(check_pupil(sample.teacher(), yes.id))


def test_a_publication_signed_by_a_teacher_does_not_count(sample: Sample) -> None:
    yes = willing(sample)
    signed = signed_by(sample.teacher())
    forge(sample, lambda work: work.add(signed))
    answer = check_pupil(sample.teacher(), yes.id)
    assert answer.doubt is not None
    assert answer.doubt.id == "check.not_signed"


def signed_by(session: Session) -> Publication:
    """The newest publication once more, signed by somebody else."""
    with session.look(Compartment.CHECK) as reader:
        latest = reader.ask(LatestPublication())
    assert latest is not None
    number = latest.number + 1
    at = latest.published_at.isoformat()
    content = listing.signed_content(
        session.register.id, number, at, latest.basis, latest.root, latest.previous
    )
    signature: Signature = session.sign(content)
    return replace(
        latest,
        id=new_id(),
        number=number,
        user=signature.user,
        key=signature.key,
        signature=signature.value,
    )


def test_the_same_signed_by_the_administrator_counts(sample: Sample) -> None:
    yes = willing(sample)
    signed = signed_by(sample.administrator())
    forge(sample, lambda work: work.add(signed))
    assert permits(check_pupil(sample.teacher(), yes.id))


# -- time -------------------------------------------------------------------------------------


def test_a_list_that_is_too_old_says_ask(sample: Sample) -> None:
    yes = willing(sample)
    sample.clock.move(timedelta(days=14))
    assert board(sample.teacher()).freshness.trouble is None
    sample.clock.move(timedelta(days=1))
    answer = check_pupil(sample.teacher(), yes.id)
    assert says_ask(answer)
    assert answer.doubt is not None
    assert answer.doubt.id == "check.stale"


def test_a_clock_that_was_set_back_says_ask(sample: Sample) -> None:
    yes = willing(sample)
    sample.clock.move(timedelta(days=-3))
    answer = check_pupil(sample.teacher(), yes.id)
    assert says_ask(answer)
    assert answer.doubt is not None
    assert answer.doubt.id == "check.clock_back"


def test_a_row_holds_until_its_last_day(sample: Sample) -> None:
    yes = willing(sample)
    session = sample.administrator()
    last = session.clock.today() + timedelta(days=5)
    raise_flag(session, yes.id, end=last)
    publish_all(session)
    sample.clock.move(timedelta(days=5))
    assert check_pupil(sample.teacher(), yes.id).doubt is None
    sample.clock.move(timedelta(days=1))
    answer = check_pupil(sample.teacher(), yes.id)
    assert says_ask(answer)
    assert answer.doubt is not None
    assert answer.doubt.id == "check.row_lapsed"
