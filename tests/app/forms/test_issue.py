"""Making forms: numbered onwards, drawn once, and issued only when they leave the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import resources
from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.one_off import OneOffDraft, save_one_off
from app.consent.records import Answer, Channel, FormVersion, IssuedForm
from app.errors import Refusal
from app.forms.content import content_of
from app.forms.issue import (
    PreparedForms,
    prepare_forms,
    prepare_one_off_forms,
    register_issue,
    requests_for_group,
    requests_for_pupil,
)
from app.forms.listing import (
    form_groups,
    group_of_pupil,
    issued_forms,
    pupils_in_group,
    takers_for_group,
    takers_for_pupil,
)
from app.forms.versions import form_versions, freeze_version
from app.journal.questions import JournalLines
from app.people.people import PupilDraft, save_pupil
from app.people.records import Guardian
from app.record import Compartment
from app.register.records import School
from app.register.school import save_school
from app.text import Words
from reports.press import PaperPress
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.ports import Session
    from tests.sample import Sample


def group(session: Session) -> str:
    return form_groups(session)[0].id


def prepared(session: Session, *, large: bool = False) -> PreparedForms:
    pupil = pupils_in_group(session, group(session))[0]
    requests = requests_for_pupil(session, pupil.id)
    return prepare_forms(session, PaperPress(), requests, "nl", large=large)


def numbers(session: Session) -> list[str]:
    return [line.number for line in issued_forms(session)]


def test_nothing_is_stored_before_it_leaves_the_program(sample: Sample) -> None:
    session = sample.administrator()
    prepared(session)
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(IssuedForm) == ()


def test_what_is_issued_carries_the_hash_of_what_was_shown(sample: Sample) -> None:
    session = sample.administrator()
    forms = prepared(session)
    register_issue(session, forms)
    with session.look(Compartment.CONSENT) as reader:
        assert {form.digest for form in reader.all(IssuedForm)} == {forms.pdf.digest}


def test_what_leaves_again_is_noted_again(sample: Sample) -> None:
    session = sample.administrator()
    forms = prepared(session)
    register_issue(session, forms)
    register_issue(session, forms, saved=True)
    with session.look(Compartment.CONSENT) as reader:
        acts = [line.act for line in reader.ask(JournalLines(limit=2))]
        assert len(reader.all(IssuedForm)) == len(forms.issued)
    assert acts == ["forms_saved", "forms_printed"]


def test_numbers_run_on(sample: Sample) -> None:
    session = sample.administrator()
    register_issue(session, prepared(session))
    count = len(numbers(session))
    register_issue(session, prepared(session))
    assert numbers(session) == [f"{n:06d}" for n in range(2 * count, 0, -1)]


def test_forms_prepared_at_the_same_time_do_not_share_numbers(sample: Sample) -> None:
    session = sample.administrator()
    first, second = prepared(session), prepared(session)
    register_issue(session, first)
    with pytest.raises(Refusal) as refused:
        register_issue(session, second)
    assert refused.value.message.id == "forms.number_taken"
    assert len(numbers(session)) == len(first.issued)


def test_the_wording_is_frozen_once(sample: Sample) -> None:
    session = sample.administrator()
    for _ in range(2):
        register_issue(session, prepared(session))
    with session.look(Compartment.CONSENT) as reader:
        assert [version.number for version in reader.all(FormVersion)] == [1]


def test_forms_say_what_was_frozen_until_the_office_freezes_anew(sample: Sample) -> None:
    session = sample.administrator()
    first = prepared(session)
    register_issue(session, first)
    with session.look(Compartment.CONSENT) as reader:
        channel = reader.all(Channel, key="newsletter")[0]
    said = "De brief die ook adverteerders zien."
    save_channel(session, replace(channel, texts=channel.texts.put("explanation", nl=said)))
    again = prepared(session)
    assert (again.version, again.differs, first.differs) == (first.version, True, False)
    assert said not in " ".join(texts(again.pdf))
    assert freeze_version(session).number == 2
    third = prepared(session)
    assert (third.version.number, third.differs) == (2, False)
    assert said in " ".join(texts(third.pdf))


def test_the_first_form_is_not_made_without_a_contact(sample: Sample) -> None:
    session = sample.administrator()
    with session.look(Compartment.CONSENT) as reader:
        school = reader.get(School, "school")
    save_school(session, replace(school, privacy_contact="", email="", phone=""))
    with pytest.raises(Refusal) as refused:
        prepared(session)
    assert refused.value.message.id == "forms.gap_contact"


def test_a_first_version_that_was_frozen_meanwhile_is_not_frozen_twice(
    sample: Sample,
) -> None:
    session = sample.administrator()
    forms = prepared(session)
    freeze_version(session)
    with pytest.raises(Refusal) as refused:
        register_issue(session, forms)
    assert refused.value.message.id == "forms.number_taken"


@pytest.mark.parametrize(
    ("wanted", "language"), [("pl", "pl"), ("de", "de"), ("tr", "nl"), ("", "nl")]
)
def test_everybody_reads_the_own_language_or_dutch(
    sample: Sample, wanted: str, language: str
) -> None:
    session = sample.administrator()
    pupil = pupils_in_group(session, group(session))[0]
    (request, *_) = requests_for_pupil(session, pupil.id)
    speak(session, request.guardian_id, wanted)
    forms = prepare_forms(session, PaperPress(), (request,), "")
    assert forms.issued[0].language == language
    assert resources.form_text(language)["title"] in texts(forms.pdf)[0]


@pytest.mark.parametrize("language", resources.PAPER_LANGUAGES)
@pytest.mark.parametrize("large", [False, True])
def test_every_channel_has_its_example_on_one_sheet_as_the_form_alone(
    sample: Sample, language: str, large: bool
) -> None:
    session = sample.administrator()
    requests = requests_for_pupil(session, pupils_in_group(session, group(session))[0].id)
    forms = prepare_forms(session, PaperPress(), requests[:1], language, large=large)
    if not large:
        assert forms.pdf.pages == 2
    text = plain(" ".join(texts(forms.pdf)))
    told = content_of(forms.version).tables(language)["examples"]["items"]
    assert len(told) == len(content_of(forms.version).channels())
    for example in told:
        assert plain(example) in text


def plain(text: str) -> str:
    return "".join(text.split())


def speak(session: Session, guardian_id: str, language: str) -> None:
    with session.work(Compartment.CONSENT, "guardian_saved") as work:
        work.change(replace(work.get(Guardian, guardian_id), language=language))
        work.commit()


def trip(session: Session, group_id: str) -> Channel:
    today = session.clock.today()
    end = today + timedelta(days=7)
    return save_one_off(
        session,
        OneOffDraft(
            "Schoolreis naar Zeeland", ("photo", "film"), "parent_page", today, end, (group_id,)
        ),
    )


@pytest.mark.parametrize("language", ["nl", "pl"])
def test_a_one_off_use_is_asked_on_a_small_form_of_its_own(
    sample: Sample, language: str
) -> None:
    session = sample.administrator()
    pupil = pupils_in_group(session, group(session))[0]
    (request, *_) = requests_for_pupil(session, pupil.id)
    speak(session, request.guardian_id, language)
    one = trip(session, group(session))
    usual = prepared(session)
    forms = prepare_one_off_forms(session, PaperPress(), (request,), one.key)
    assert forms.version.uses == (f"photo:{one.key}:1", f"film:{one.key}:1")
    said = " ".join(texts(forms.pdf))
    assert "Schoolreis naar Zeeland" in said
    assert Words(language).long_day(one.end or session.clock.today()) in said
    assert "Facebook" not in said
    assert one.key not in " ".join(usual.version.uses)
    assert forms.version.valid_until == one.end


@pytest.mark.parametrize(("begins", "back"), [(0, 7), (3, 3), (40, 14)])
def test_a_one_off_form_is_wanted_back_before_the_use_begins(
    sample: Sample, begins: int, back: int
) -> None:
    session = sample.administrator()
    today = session.clock.today()
    start = today + timedelta(days=begins)
    one = save_one_off(
        session,
        OneOffDraft("Reis", ("photo",), "parent_page", start, start + timedelta(days=7)),
    )
    pupil = pupils_in_group(session, group(session))[0]
    requests = requests_for_pupil(session, pupil.id)[:1]
    forms = prepare_one_off_forms(session, PaperPress(), requests, one.key)
    wanted = Words("nl").long_day(today + timedelta(days=back))
    assert f"voor {wanted}" in " ".join(texts(forms.pdf))


def test_both_forms_have_versions_of_their_own_with_numbers_of_one_row(sample: Sample) -> None:
    session = sample.administrator()
    one = trip(session, group(session))
    register_issue(session, prepared(session))
    pupil = pupils_in_group(session, group(session))[0]
    requests = requests_for_pupil(session, pupil.id)
    small = prepare_one_off_forms(session, PaperPress(), requests, one.key)
    register_issue(session, small)
    register_issue(session, prepared(session))
    with session.look(Compartment.CONSENT) as reader:
        assert [one.number for one in form_versions(reader)] == [1]
        assert [one.number for one in form_versions(reader, one.key)] == [2]


def test_a_pupil_of_sixteen_signs_the_small_form_as_well(sample: Sample) -> None:
    session = sample.administrator()
    pupil = of_age(session)
    one = trip(session, group(session))
    requests = requests_for_pupil(session, pupil)
    forms = prepare_one_off_forms(session, PaperPress(), requests, one.key)
    said = " ".join(texts(forms.pdf))
    assert "opnamen van Kim Verbeek mogen gebruiken bij Schoolreis naar Zeeland" in said
    assert "Dit formulier gaat over mijzelf" in said
    assert "uw kind" not in said


def test_a_channel_that_stays_has_no_form_of_its_own(sample: Sample) -> None:
    session = sample.administrator()
    pupil = pupils_in_group(session, group(session))[0]
    requests = requests_for_pupil(session, pupil.id)
    with pytest.raises(Refusal) as refused:
        prepare_one_off_forms(session, PaperPress(), requests, "website")
    assert refused.value.message.id == "forms.no_one_off"


def test_large_print_takes_more_pages(sample: Sample) -> None:
    session = sample.administrator()
    assert prepared(session, large=True).pdf.pages > prepared(session).pdf.pages


def test_nobody_to_ask_is_said(sample: Sample) -> None:
    with pytest.raises(Refusal) as refused:
        prepare_forms(sample.administrator(), PaperPress(), (), "nl")
    assert refused.value.message.id == "forms.nobody_to_ask"


def test_a_group_lists_everybody_who_gets_one(sample: Sample) -> None:
    session = sample.administrator()
    found = takers_for_group(session, group(session))
    assert found.requests == requests_for_group(session, group(session))
    pupils = {taker.pupil for taker in found.takers} | set(found.nobody)
    assert len(pupils) == len(pupils_in_group(session, group(session)))


def test_a_pupil_is_found_in_his_group(sample: Sample) -> None:
    session = sample.administrator()
    pupil = pupils_in_group(session, group(session))[0]
    assert group_of_pupil(session, pupil.id) == group(session)
    assert pupil.name.partition(",")[0] in takers_for_pupil(session, pupil.id).title


def test_a_teacher_makes_no_forms(sample: Sample) -> None:
    with pytest.raises(Refusal):
        form_groups(sample.teacher())


def of_age(session: Session) -> str:
    """A pupil of the group who turned sixteen today."""
    pupil = pupils_in_group(session, group(session))[0]
    today = session.clock.today()
    drafted = PupilDraft("Kim", "", "Verbeek", today.replace(year=today.year - 16), id=pupil.id)
    save_pupil(session, drafted)
    return pupil.id


def test_a_pupil_of_sixteen_gets_the_only_form_and_signs_it(sample: Sample) -> None:
    session = sample.administrator()
    pupil = of_age(session)
    (taker,) = takers_for_pupil(session, pupil).takers
    assert (taker.guardian, taker.relation) == ("Kim Verbeek", "self")
    forms = prepare_forms(session, PaperPress(), (taker.request,), "nl")
    assert "U bent 16 jaar of ouder" in texts(forms.pdf)[0]
    register_issue(session, forms)
    (line,) = issued_forms(session, pupil)
    assert (line.pupil, line.guardian) == ("Kim Verbeek", "Kim Verbeek")
    says = DecisionsDraft(
        pupil, pupil, (UseAnswer("photo:website", Answer.NO),), session.clock.today(),
        form_number=line.number,
    )  # fmt: skip
    assert record_decisions(session, says)[0].form_version_id == forms.version.id


def test_the_day_before_the_parents_still_get_theirs(sample: Sample) -> None:
    session = sample.administrator()
    pupil = of_age(session)
    sample.clock.move(timedelta(days=-1))
    assert {taker.relation for taker in takers_for_pupil(session, pupil).takers} != {"self"}


def test_a_form_says_when_it_is_wanted_back(sample: Sample) -> None:
    session = sample.administrator()
    back = session.clock.today() + timedelta(
        days=resources.form_text("nl")["reply_within_days"]
    )
    assert f"voor {Words('nl').long_day(back)}" in " ".join(texts(prepared(session).pdf))
