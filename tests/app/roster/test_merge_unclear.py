"""What nobody could read on a paper goes along when two records become one, and comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.asking.listing import asking_lines, join
from app.asking.needs import Cause
from app.asking.unread import unread_of
from app.consent.decide import DecisionsDraft, record_papers
from app.consent.outcome import Outcome
from app.consent.records import Answer
from app.roster.merge import merge_guardians, merge_pupils
from app.roster.unmerge import undo_merger
from tests.app.roster.test_merge import outcome, twice, whole
from tests.journeys.families import WEBSITE, says

if TYPE_CHECKING:
    from app.ports import Session
    from tests.journeys.families import Family, Place
    from tests.registers import School

__all__ = ["twice"]
MINUTE = timedelta(minutes=1)


def unreadable(session: Session, family: Family) -> None:
    """A paper of the mother on which nobody can read the website."""
    draft = DecisionsDraft(
        family.pupil.id, family.mother.id, (), session.clock.today(), unclear=(WEBSITE,)
    )
    record_papers(session, (draft,))


def unread(session: Session, family: Family) -> list[str]:
    """What the mother of a record has to be asked again."""
    found = unread_of(session, family.pupil.id, family.mother.id)
    return [one.use for one in found]


def causes(session: Session, family: Family) -> tuple[Cause, ...]:
    (line,) = asking_lines(session, (join(family.pupil.id, family.mother.id),))
    return line.causes


def test_who_goes_on_is_asked_about_the_paper_of_the_record_given_up(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    unreadable(session, two)
    whole(session, one, two)
    assert unread(session, one) == [WEBSITE]
    assert causes(session, one)[0] is Cause.UNCLEAR


def test_no_verdict_follows_from_the_paper_of_the_record_given_up(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    for parent in (one.mother, one.father):
        says(session, one.pupil, parent)
    unreadable(session, two)
    whole(session, one, two)
    assert outcome(session, one.pupil.id)[0] is Outcome.YES
    assert unread(session, one) == [WEBSITE]


def test_what_she_says_afterwards_answers_the_paper_of_the_record_given_up(
    school: School, twice: tuple[Session, Place, Family, Family]
) -> None:
    session, _, one, two = twice
    unreadable(session, two)
    whole(session, one, two)
    says(session, one.pupil, one.mother, Answer.NO)
    assert unread(session, one) == [WEBSITE], "she said it earlier than the paper"
    school.clock.move(MINUTE)
    says(session, one.pupil, one.mother, Answer.NO, signed_on=session.clock.today())
    assert unread(session, one) == []


def test_a_readable_answer_of_the_record_given_up_still_answers_its_paper(
    school: School, twice: tuple[Session, Place, Family, Family]
) -> None:
    session, _, one, two = twice
    unreadable(session, two)
    school.clock.move(MINUTE)
    says(session, two.pupil, two.mother, signed_on=session.clock.today())
    whole(session, one, two)
    assert unread(session, one) == []


def test_merged_parents_of_one_child_keep_what_is_unclear(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    merge_pupils(session, one.pupil.id, two.pupil.id)
    unreadable(session, one)
    merge_guardians(session, two.mother.id, one.mother.id)
    found = unread_of(session, one.pupil.id, two.mother.id)
    assert [each.use for each in found] == [WEBSITE]


def test_an_undone_merger_gives_the_paper_back_to_its_own_record(
    twice: tuple[Session, Place, Family, Family],
) -> None:
    session, _, one, two = twice
    unreadable(session, two)
    merge_pupils(session, one.pupil.id, two.pupil.id)
    assert [each.use for each in unread_of(session, one.pupil.id, two.mother.id)] == [WEBSITE]
    undo_merger(session, two.pupil.id)
    assert unread(session, two) == [WEBSITE]
    assert unread_of(session, one.pupil.id, two.mother.id) == ()


def test_a_yes_before_the_paper_does_not_answer_it_because_it_was_recorded_once_more(
    school: School, twice: tuple[Session, Place, Family, Family]
) -> None:
    session, _, one, two = twice
    says(session, two.pupil, two.mother, signed_on=session.clock.today())
    school.clock.move(MINUTE)
    unreadable(session, two)
    assert unread(session, two) == [WEBSITE]
    school.clock.move(MINUTE)
    whole(session, one, two)
    assert unread(session, one) == [WEBSITE]


def test_the_day_on_which_a_paper_was_entered_is_not_that_of_the_merger(
    school: School, twice: tuple[Session, Place, Family, Family]
) -> None:
    session, _, one, two = twice
    says(session, two.pupil, two.mother, signed_on=session.clock.today())
    school.clock.move(MINUTE)
    unreadable(session, two)
    (before,) = unread_of(session, two.pupil.id, two.mother.id)
    school.clock.move(timedelta(days=3))
    whole(session, one, two)
    assert unread_of(session, one.pupil.id, one.mother.id) == (before,)
