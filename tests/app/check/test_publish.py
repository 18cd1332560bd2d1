"""Publishing: what changes consent reaches the list at once, and a whole list equals its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from app.check.answer import board, check_pupil
from app.check.publish import keep_published, publish, publish_all, publish_due
from app.check.questions import LatestPublication
from app.check.records import CheckBranch, CheckRow, Publication
from app.consent.decide import raise_flag
from app.consent.outcome import Outcome
from app.errors import Message
from app.people.places import leave, save_group
from app.people.records import Group
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Session
    from tests.sample import Sample


def listed(session: Session) -> dict[str, CheckRow]:
    with session.look(Compartment.CHECK) as reader:
        return {row.id: row for row in reader.all(CheckRow)}


def latest(session: Session) -> Publication:
    with session.look(Compartment.CHECK) as reader:
        found = reader.ask(LatestPublication())
    assert found is not None
    return found


def branches(session: Session) -> tuple[CheckBranch, ...]:
    with session.look(Compartment.CHECK) as reader:
        return reader.all(CheckBranch)


def test_a_flag_reaches_the_teacher_at_once(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    pupil = next(iter(listed(session)))
    raise_flag(session, pupil)
    answer = check_pupil(sample.teacher(), pupil)
    assert answer.doubt is None
    assert not any(line.outcome in (Outcome.YES, Outcome.YES_IF) for line in answer.lines)


def test_a_flag_stays_on_the_list_when_a_clock_that_ran_ahead_is_put_right(
    sample: Sample,
) -> None:
    session = sample.administrator()
    pupil = next(iter(listed(session)))
    sample.clock.move(timedelta(days=30))
    raise_flag(session, pupil)
    sample.clock.move(timedelta(days=-30))
    publish_all(session)
    assert not any(line.outcome.permits for line in check_pupil(session, pupil).lines)


def test_a_new_name_of_a_group_reaches_the_teacher_at_once(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    with session.look(Compartment.CONSENT) as reader:
        group = reader.all(Group)[0]
    save_group(session, replace(group, name="Zeeëgel"))
    assert "Zeeëgel" in {found.name for found in board(sample.teacher()).groups}


def test_a_group_without_pupils_is_not_offered_to_the_teacher(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    with session.look(Compartment.CONSENT) as reader:
        group = reader.all(Group)[0]
    save_group(session, replace(group, id="", name="Leeg"))
    assert "Leeg" not in {found.name for found in board(sample.teacher()).groups}
    assert board(sample.teacher()).groups


def test_parts_published_one_by_one_equal_the_whole(sample: Sample) -> None:
    session = sample.administrator()
    for pupil in sorted(listed(session))[:5]:
        raise_flag(session, pupil)
        publish(session, [pupil])
    parts = latest(session).root, branches(session)
    publish_all(session)
    assert (latest(session).root, branches(session)) == parts


def test_publications_are_numbered_and_name_the_one_before(sample: Sample) -> None:
    session = sample.administrator()
    first = latest(session)
    second = publish_all(session)
    assert second.number == first.number + 1
    assert second.previous == first.root


def test_nothing_is_published_when_nothing_changed(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    number = latest(session).number
    assert publish_due(session) is None
    assert latest(session).number == number


def test_what_was_left_unpublished_follows_at_the_next_sign_in(sample: Sample) -> None:
    session = sample.administrator()
    pupil = next(iter(listed(session)))
    raise_flag(session, pupil)
    before = listed(session)[pupil]
    again = sample.administrator()
    keep_published(again)
    assert listed(again)[pupil].verdicts != before.verdicts


def test_a_pupil_who_left_leaves_the_list(sample: Sample) -> None:
    session = sample.administrator()
    keep_published(session)
    pupil = next(id for id, row in listed(session).items() if not row.kind.adult)
    leave(session, pupil, sample.clock.today())
    sample.clock.move(timedelta(days=1))
    publish_due(session)
    assert pupil not in listed(session)


def test_a_teacher_publishes_nothing(sample: Sample) -> None:
    session = sample.teacher()
    number = latest(session).number
    keep_published(session)
    assert latest(session).number == number


def test_between_consent_and_its_publication_nobody_is_given_a_yes(sample: Sample) -> None:
    pupil = next(iter(listed(sample.administrator())))
    (sample.folder / "unpublished").touch()  # as when the machine stops in between
    answer = check_pupil(sample.teacher(), pupil)
    assert answer.doubt == Message("check.unpublished")
    assert not any(line.permits for line in answer.lines)
    session = sample.administrator()
    publish_due(session)
    assert check_pupil(session, pupil).doubt is None
