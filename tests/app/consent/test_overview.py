"""What the office sees of one pupil: notices, papers, versions; today and as known before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.consent.asof import AsOf
from app.consent.channels import save_channel
from app.consent.decide import raise_flag, retract
from app.consent.open import open_matters
from app.consent.outcome import Outcome
from app.consent.overview import pupil_consent
from app.consent.records import Answer, Channel
from app.people.admit import admit
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import PupilDraft
from app.people.places import EnrolmentDraft, leave
from app.people.records import AuthorityKind
from app.record import Compartment
from tests.journeys.families import SIGNED, WEBSITE, add_family, says, settle

if TYPE_CHECKING:
    from datetime import datetime

    from app.consent.overview import PupilConsent
    from app.people.records import Pupil
    from app.ports import Session
    from tests.registers import School

TODAY = date(2026, 11, 22)


def seen(
    session: Session, pupil: Pupil, day: date = TODAY, known_at: datetime | None = None
) -> PupilConsent:
    with session.look(Compartment.CONSENT) as reader:
        return pupil_consent(reader, pupil.id, AsOf(day, known_at))


def keys(found: PupilConsent) -> list[str]:
    return [notice.key for notice in found.notices]


def outcome(found: PupilConsent, use: str = WEBSITE) -> Outcome:
    return next(line.verdict.outcome for line in found.grid.lines if line.use == use)


def test_who_was_not_heard_is_noted(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    says(session, family.pupil, family.mother)
    found = seen(session, family.pupil)
    assert keys(found) == ["unanswered"]
    assert found.notices[0].guardian_id == family.father.id


def test_every_yes_can_be_withdrawn_whatever_hides_it(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for use in (WEBSITE, "film:website"):
        says(session, family.pupil, family.mother, use=use)
        says(session, family.pupil, family.father, use=use)
    says(session, family.pupil, family.father, Answer.NO, signed_on=TODAY)
    mistake = says(session, family.pupil, family.mother, use="photo:newsletter")
    retract(session, [mistake])
    with session.look(Compartment.CONSENT) as reader:
        (website,) = reader.all(Channel, key="website")
    save_channel(session, replace(website, active=False))
    raise_flag(session, family.pupil.id)
    leave(session, family.pupil.id, SIGNED)
    found = seen(session, family.pupil).given
    assert [(one.decider.relation, one.uses) for one in found] == [
        ("mother", (WEBSITE, "film:website")),
        ("father", ("film:website",)),
    ]


def test_two_parents_who_differ_are_noted_without_names(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    says(session, family.pupil, family.mother)
    says(session, family.pupil, family.father, Answer.NO)
    found = seen(session, family.pupil)
    assert keys(found) == ["disagree"]
    assert found.notices[0].what.values == {"count": 1}


def test_a_flag_comes_first_and_forbids(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    raise_flag(session, family.pupil.id)
    found = seen(session, family.pupil)
    assert (keys(found)[0], found.notices[0].urgent) == ("flag", True)
    assert outcome(found) is Outcome.NO


def test_a_pupil_without_guardians_asks_for_one(school: School) -> None:
    session = school.administrator()
    place = settle(session)
    pupil = admit(session, PupilDraft("Noor"), EnrolmentDraft("", place.site_id))
    assert keys(seen(session, pupil)) == ["no_guardian"]


def test_open_authority_is_named(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    ids = (family.pupil.id, family.mother.id)
    record_authority(session, AuthorityDraft(*ids, AuthorityKind.NOT_KNOWN, start=TODAY))
    found = seen(session, family.pupil)
    assert "authority" in keys(found)
    assert found.notices[0].what.values == {"who": "Marijke Wal"}


def test_when_nobody_holds_authority_that_is_said(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        draft = AuthorityDraft(family.pupil.id, parent.id, AuthorityKind.NONE, source="other")
        record_authority(session, draft)
    assert keys(seen(session, family.pupil)) == ["nobody"]


def test_who_left_is_shown_with_the_last_day(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    leave(session, family.pupil.id, TODAY - timedelta(days=1))
    found = seen(session, family.pupil)
    assert keys(found)[0] == "left"
    assert found.notices[0].what.values == {"day": TODAY - timedelta(days=1)}
    before = seen(session, family.pupil, date(2026, 7, 1))
    assert before.notices[0].what.id == "consent.notice_later"


def test_papers_behind_the_grid_are_listed_once(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for use in (WEBSITE, "photo:newsletter"):
        says(session, family.pupil, family.mother, use=use)
    assert [(p.how, p.signed_on) for p in seen(session, family.pupil).proofs] == [
        ("paper", SIGNED)
    ]


def test_the_grid_can_be_seen_as_it_was_known(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    for parent in (family.mother, family.father):
        says(session, family.pupil, parent)
    known = session.clock.now()
    school.clock.move(timedelta(hours=2))
    says(session, family.pupil, family.father, Answer.NO, signed_on=date(2026, 10, 2))
    assert outcome(seen(session, family.pupil)) is Outcome.NO
    assert outcome(seen(session, family.pupil, known_at=known)) is Outcome.YES


def silent(session: Session) -> int:
    counts = open_matters(session).counts
    return counts.deciders - counts.answered


def test_what_was_taken_back_is_open_again(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    decision = says(session, family.pupil, family.mother)
    assert silent(session) == 1
    retract(session, [decision])
    assert silent(session) == 2


def test_a_correction_that_is_taken_back_restores_the_answer(school: School) -> None:
    session = school.administrator()
    family = add_family(session, settle(session))
    says(session, family.pupil, family.mother)
    first = says(session, family.pupil, family.father)
    wrong = says(
        session, family.pupil, family.father, Answer.NO, replaces=((WEBSITE, first.id),)
    )
    assert outcome(seen(session, family.pupil)) is Outcome.NO
    retract(session, [wrong])
    assert outcome(seen(session, family.pupil)) is Outcome.YES


def test_what_is_open_names_pupil_and_guardian(school: School) -> None:
    session = school.administrator()
    place = settle(session)
    family = add_family(session, place)
    record_authority(
        session,
        AuthorityDraft(
            family.pupil.id,
            family.father.id,
            AuthorityKind.NOT_KNOWN,
            start=session.clock.today(),
        ),
    )
    admit(session, PupilDraft("Noor"), EnrolmentDraft("", place.site_id))
    found = open_matters(session)
    assert [pair.guardian for pair in found.authority] == ["Piotr Wal"]
    assert [pair.relation for pair in found.authority] == ["father"]
    assert [pair.pupil.name for pair in found.alone] == ["Noor"]
