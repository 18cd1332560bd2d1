"""What nobody can read on paper: it changes no verdict, and is asked again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.asking.listing import asking_lines, join
from app.asking.needs import Cause
from app.asking.unread import unread_of
from app.consent.asof import AsOf
from app.consent.decide import DecisionsDraft, Recorded, UseAnswer, record_papers, retract
from app.consent.grid import consent_grid
from app.consent.history import Standing, TakenBack, Unreadable, history
from app.consent.outcome import Outcome
from app.consent.overview import person_consent
from app.consent.records import Answer, Decision
from app.consent.unclear import take_back_unclear
from app.errors import Refusal, Refusals
from app.people.people import StaffDraft, save_staff
from app.record import Compartment
from tests.journeys.families import SIGNED, WEBSITE, Family, add_family, says, settle

if TYPE_CHECKING:
    from datetime import date

    from app.consent.history import Entry
    from app.consent.verdict import Verdict
    from app.ports import Session
    from tests.registers import School

FILM = "film:website"
USES = (WEBSITE, FILM, "photo:facebook")


@pytest.fixture
def session(school: School) -> Session:
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """Zoë with both parents."""
    return add_family(session, settle(session))


def paper(
    session: Session,
    family: Family,
    unclear: tuple[str, ...],
    answers: tuple[tuple[str, Answer], ...] = (),
    *,
    signed_on: date = SIGNED,
    replaces: tuple[tuple[str, str], ...] = (),
) -> Recorded:
    draft = DecisionsDraft(
        subject_id=family.pupil.id,
        decider_id=family.mother.id,
        answers=tuple(UseAnswer(use, answer) for use, answer in answers),
        signed_on=signed_on,
        replaces=replaces,
        unclear=unclear,
    )
    return record_papers(session, (draft,))


def verdicts(session: Session, family: Family) -> dict[str, Verdict]:
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        lines = consent_grid(reader, family.pupil.id, today, today=today).lines
    return {line.use: line.verdict for line in lines}


def causes(session: Session, family: Family) -> tuple[Cause, ...]:
    (line,) = asking_lines(session, (join(family.pupil.id, family.mother.id),))
    return line.causes


def both_say(session: Session, family: Family, answer: Answer, use: str = WEBSITE) -> None:
    for who in (family.mother, family.father):
        says(session, family.pupil, who, answer, use)


# -- verdicts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "outcome"),
    [(None, Outcome.ASK), (Answer.YES, Outcome.YES), (Answer.NO, Outcome.NO)],
)
def test_a_newer_paper_that_nobody_can_read_leaves_what_stood(
    session: Session, family: Family, before: Answer | None, outcome: Outcome
) -> None:
    if before:
        both_say(session, family, before)
    paper(session, family, (WEBSITE,), signed_on=session.clock.today())
    assert verdicts(session, family)[WEBSITE].outcome is outcome
    assert causes(session, family)[0] is Cause.UNCLEAR


STEPS = st.tuples(
    st.dictionaries(
        st.sampled_from(USES), st.none() | st.sampled_from([Answer.YES, Answer.NO]), min_size=1
    ),
    st.integers(-40, 0),
    st.booleans(),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=4))
def test_no_verdict_ever_follows_from_what_nobody_can_read(
    session: Session,
    family: Family,
    story: list[tuple[dict[str, Answer | None], int, bool]],
) -> None:
    both_say(session, family, Answer.YES)
    for lines, days, undone in story:
        before = verdicts(session, family)
        unclear = tuple(use for use, answer in lines.items() if answer is None)
        answers = tuple((use, answer) for use, answer in lines.items() if answer)
        signed = session.clock.today() + timedelta(days)
        done = paper(session, family, unclear, answers, signed_on=signed)
        after = verdicts(session, family)
        assert [after[use] for use in unclear] == [before[use] for use in unclear]
        if undone:
            retract(session, done.decisions)
            take_back_unclear(session, done.unclear, done.misread)
            assert verdicts(session, family) == before


def test_who_filled_in_nothing_legible_has_not_answered(
    session: Session, family: Family
) -> None:
    paper(session, family, USES)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(Decision) == ()
        found = person_consent(reader, family.pupil.id, _today(session))
    assert {n.key for n in found.notices if n.guardian_id == family.mother.id} == {
        "unanswered",
        "unclear",
    }


# -- corrections and undo ----------------------------------------------------------------------


def test_a_yes_that_was_read_wrongly_is_taken_back(session: Session, family: Family) -> None:
    both_say(session, family, Answer.YES)
    first = _of_mother(session, family)
    done = paper(session, family, (WEBSITE,), replaces=((WEBSITE, first.id),))
    assert verdicts(session, family)[WEBSITE].outcome is Outcome.ASK
    take_back_unclear(session, done.unclear, done.misread)
    assert verdicts(session, family)[WEBSITE].outcome is Outcome.YES
    assert causes(session, family)[0] is not Cause.UNCLEAR


def test_a_no_that_was_read_wrongly_stands_until_there_is_an_answer(
    session: Session, family: Family
) -> None:
    both_say(session, family, Answer.YES)
    no = says(session, family.pupil, family.mother, Answer.NO, signed_on=session.clock.today())
    paper(
        session,
        family,
        (WEBSITE,),
        signed_on=session.clock.today(),
        replaces=((WEBSITE, no.id),),
    )
    assert verdicts(session, family)[WEBSITE].outcome is Outcome.NO


def test_a_line_is_answered_or_unclear(session: Session, family: Family) -> None:
    with pytest.raises(Refusals, match="unclear_answered"):
        paper(session, family, (WEBSITE,), ((WEBSITE, Answer.YES),))
    with pytest.raises(Refusal, match="unknown_use"):
        paper(session, family, ("photo:nowhere",))
    with pytest.raises(Refusal, match="no_answers"):
        paper(session, family, ())


# -- what is seen of it ------------------------------------------------------------------------


def test_the_history_says_what_whose_and_by_whom(session: Session, family: Family) -> None:
    done = paper(session, family, (WEBSITE, FILM))
    entry = _newest(session, family)
    assert (entry.who, entry.by) == ("Marijke Wal", "Anna van der Bos")
    assert isinstance(entry.what, Unreadable)
    assert set(entry.what.uses) == {WEBSITE, FILM}
    take_back_unclear(session, done.unclear)
    with session.look(Compartment.CONSENT) as reader:
        found = history(session, reader, family.pupil.id)
    assert {type(e.what): e.standing for e in found if isinstance(e.what, Unreadable)} == {
        Unreadable: Standing.RETRACTED
    }
    assert TakenBack(2, "") in [each.what for each in found]


def test_who_asks_again_knows_who_entered_it_and_when(session: Session, family: Family) -> None:
    paper(session, family, (WEBSITE,))
    (unread,) = unread_of(session, family.pupil.id, family.mother.id)
    assert (unread.use, unread.signed_on, unread.by) == (WEBSITE, SIGNED, "Anna van der Bos")
    assert unread.entered_on == session.clock.today()
    assert unread_of(session, family.pupil.id, family.father.id) == ()


def test_looking_back_shows_what_was_unclear_then(
    session: Session, family: Family, school: School
) -> None:
    paper(session, family, (WEBSITE,))
    school.clock.move(timedelta(days=9))
    says(session, family.pupil, family.mother, signed_on=session.clock.today())
    with session.look(Compartment.CONSENT) as reader:
        now = person_consent(reader, family.pupil.id, _today(session))
        then = person_consent(
            reader,
            family.pupil.id,
            AsOf(session.clock.today() - timedelta(days=1), today=session.clock.today()),
        )
    assert now.unclear == ()
    assert [fact.channel for fact in then.unclear] == ["website"]


def test_a_member_of_staff_is_asked_again(session: Session) -> None:
    settle(session)
    member = save_staff(session, StaffDraft(first_name="Bea", surname="Vis"))
    draft = DecisionsDraft(member.id, member.id, (), SIGNED, unclear=(WEBSITE,))
    record_papers(session, (draft,))
    (line,) = asking_lines(session, (join(member.id, member.id),))
    assert line.causes[0] is Cause.UNCLEAR
    assert [one.use for one in unread_of(session, member.id, member.id)] == [WEBSITE]


def _today(session: Session) -> AsOf:
    today = session.clock.today()
    return AsOf(today, today=today)


def _of_mother(session: Session, family: Family) -> Decision:
    with session.look(Compartment.CONSENT) as reader:
        (found,) = reader.all(Decision, decider_id=family.mother.id)
    return found


def _newest(session: Session, family: Family) -> Entry:
    with session.look(Compartment.CONSENT) as reader:
        return next(
            one
            for one in history(session, reader, family.pupil.id)
            if isinstance(one.what, Unreadable)
        )
