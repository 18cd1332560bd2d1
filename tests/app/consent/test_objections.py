"""Objections of somebody who does not decide: kept for the office, and of no effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.check.publish import keep_published
from app.check.records import CheckBranch, CheckRow
from app.consent.asof import AsOf
from app.consent.grid import consent_grid
from app.consent.history import Standing, history
from app.consent.objections import (
    ObjectionDraft,
    note_objection,
    objections,
    take_back_objection,
)
from app.consent.overview import pupil_consent
from app.consent.records import Answer, Objection
from app.errors import Refusal
from app.people.authority import AuthorityDraft, record_authority
from app.people.records import AuthorityKind
from app.record import Compartment
from app.roster.sending.send import (
    Export,
    Wanted,
    export_consent,
    export_groups,
    export_people,
)
from tests.journeys.families import SIGNED, add_family, says, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.consent.grid import Grid
    from app.ports import Session
    from tests.journeys.families import Family
    from tests.registers import School


@pytest.fixture
def session(school: School) -> Session:
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """Zoë, whose mother decides alone; her father has no authority."""
    family = add_family(session, settle(session))
    keep_published(session)
    record_authority(
        session,
        AuthorityDraft(
            family.pupil.id,
            family.father.id,
            AuthorityKind.NONE,
            source="enrolment_form",
            start=SIGNED - timedelta(days=60),
        ),
    )
    return family


def draft(family: Family, **changes: Any) -> ObjectionDraft:
    plain = ObjectionDraft(family.pupil.id, "Geen filmpjes.", SIGNED, "phone", family.father.id)
    return replace(plain, **changes)


def grid(session: Session, family: Family) -> Grid:
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        return consent_grid(reader, family.pupil.id, today, today=today)


def standing(session: Session, family: Family) -> tuple[Objection, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return objections(reader, family.pupil.id)


def check_list(session: Session) -> tuple[object, ...]:
    """Everything that a teacher's key opens."""
    with session.look(Compartment.CHECK) as reader:
        return reader.all(CheckRow), reader.all(CheckBranch)


def test_an_objection_is_kept_with_who_what_when_and_how(
    session: Session, family: Family
) -> None:
    note_objection(session, draft(family))
    (kept,) = standing(session, family)
    assert (kept.person_name, kept.what, kept.said_on, kept.how) == (
        *("Piotr Wal", "Geen filmpjes."),
        *(SIGNED, "phone"),
    )


def test_the_office_sees_it_with_the_pupil_and_in_the_history(
    session: Session, family: Family
) -> None:
    noted = note_objection(session, draft(family))
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        found = pupil_consent(reader, family.pupil.id, AsOf(today, today=today))
        past = history(session, reader, family.pupil.id)
    assert [n.guardian_id for n in found.notices if n.key == "objection"] == [family.father.id]
    (entry,) = [entry for entry in past if entry.what == noted]
    assert (entry.who, bool(entry.by), entry.standing) == ("Piotr Wal", True, Standing.STANDS)


def test_what_was_not_known_then_is_not_shown_then(
    school: School, session: Session, family: Family
) -> None:
    before = session.clock.now()
    school.clock.move(timedelta(minutes=1))
    note_objection(session, draft(family))
    with session.look(Compartment.CONSENT) as reader:
        assert objections(reader, family.pupil.id, before) == ()


def test_it_can_be_taken_back_and_stays_in_the_history(
    school: School, session: Session, family: Family
) -> None:
    noted = note_objection(session, draft(family))
    school.clock.move(timedelta(minutes=1))
    take_back_objection(session, noted)
    assert standing(session, family) == ()
    with session.look(Compartment.CONSENT) as reader:
        past = history(session, reader, family.pupil.id)
    facts = [entry.what for entry in past if isinstance(entry.what, Objection)]
    assert [fact.taken_back for fact in facts] == [True, False]


def test_somebody_who_decides_is_asked_to_answer_instead(
    session: Session, family: Family
) -> None:
    with pytest.raises(Refusal, match=r"consent\.objection_decides"):
        note_objection(session, draft(family, person_id=family.mother.id))


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"what": " "}, "consent.objection_empty"),
        ({"what": "x" * 1001}, "consent.objection_long"),
        ({"what": "BSN 111222333"}, "people.bsn"),
        ({"said_on": SIGNED + timedelta(days=900)}, "consent.objection_later"),
        ({"how": "pigeon"}, "consent.unknown_way"),
        ({"person_id": "", "person_name": ""}, "consent.objection_nobody"),
        ({"person_id": "f" * 32}, "consent.objection_nobody"),
    ],
)
def test_what_is_not_right_is_refused(
    session: Session, family: Family, changes: dict[str, object], refused: str
) -> None:
    with pytest.raises(Refusal) as problem:
        note_objection(session, draft(family, **changes))
    assert problem.value.message.id == refused
    assert standing(session, family) == ()


def test_the_pupil_and_anybody_else_can_object(session: Session, family: Family) -> None:
    note_objection(session, draft(family, person_id=family.pupil.id))
    note_objection(session, draft(family, person_id="", person_name="oma Ria"))
    assert {one.person_name for one in standing(session, family)} == {
        *("Zoë van der Wal", "oma Ria"),
    }


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1)
answers = st.lists(st.sampled_from(list(Answer)), max_size=3)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers, st.lists(words, min_size=1, max_size=3), st.booleans())
def test_no_verdict_and_no_list_ever_changes(
    family: Family, session: Session, said: list[Answer], texts: list[str], back: bool
) -> None:
    for answer in said:
        says(session, family.pupil, family.mother, answer)
    before, listed = grid(session, family), check_list(session)
    for text in texts:
        try:
            noted = note_objection(session, draft(family, what=text))
        except Refusal:
            continue
        if back:
            take_back_objection(session, noted)
    after = grid(session, family)
    assert after == before
    assert check_list(session) == listed


@pytest.mark.parametrize("export", [export_people, export_groups, export_consent])
def test_a_list_that_leaves_says_nothing_of_it(
    session: Session, family: Family, export: Callable[[Session, Wanted], Export]
) -> None:
    note_objection(session, draft(family, what="Kanarie 41"))
    sent = export(session, Wanted(session.clock.today()))
    assert "Kanarie" not in sent.content.decode()
