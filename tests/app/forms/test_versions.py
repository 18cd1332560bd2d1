"""Form versions: the draft, what is missing, freezing, own words, and what is asked again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.consent.channels import save_channel
from app.consent.records import EXAMPLE, Channel, FormSetting, FormVersion
from app.errors import Refusal, Refusals
from app.forms.content import SETTING, draft_content
from app.forms.issue import draw_draft, draw_specimen
from app.forms.versions import (
    current_version,
    form_standing,
    form_versions,
    freeze_version,
    gaps,
    reask,
    save_form_setting,
)
from app.journal.questions import JournalLines
from app.languages import texts_of
from app.record import Compartment
from app.register.records import School
from app.register.school import save_school
from app.text import PAPER_LANGUAGES, Words
from reports.press import PaperPress
from tests.reports.looking import texts

if TYPE_CHECKING:
    from app.forms.compare import Reask
    from app.forms.content import Content
    from app.ports import Session
    from tests.sample import Sample


@pytest.fixture
def session(sample: Sample) -> Session:
    return sample.administrator()


def change(session: Session, key: str, **fields: Any) -> Channel:
    with session.look(Compartment.CONSENT) as reader:
        (channel,) = reader.all(Channel, key=key)
    return save_channel(session, replace(channel, **fields))


def school(session: Session, **fields: str) -> None:
    with session.look(Compartment.CONSENT) as reader:
        known = reader.get(School, "school")
    save_school(session, replace(known, **fields))


def draft(session: Session) -> Content:
    with session.look(Compartment.CONSENT) as reader:
        return draft_content(reader)


def numbers(session: Session) -> list[int]:
    with session.look(Compartment.CONSENT) as reader:
        return [version.number for version in form_versions(reader)]


def again(session: Session) -> tuple[Reask, ...]:
    with session.look(Compartment.CONSENT) as reader:
        return reask(reader, session.clock.today())


# -- freezing -------------------------------------------------------------------------------


def test_a_version_is_what_the_draft_said(session: Session) -> None:
    before = draft(session)
    version = freeze_version(session)
    assert (version.number, version.frozen_on) == (1, session.clock.today())
    assert (version.digest, version.wording, version.uses) == (
        before.digest, before.wording, before.uses,
    )  # fmt: skip
    with session.look(Compartment.CONSENT) as reader:
        assert current_version(reader) == version
        (line,) = reader.ask(JournalLines(limit=1))
    assert line.act == "version_frozen"


def test_what_did_not_change_is_not_frozen_twice(session: Session) -> None:
    freeze_version(session)
    with pytest.raises(Refusal) as refused:
        freeze_version(session)
    assert refused.value.message.id == "forms.nothing_changed"
    assert numbers(session) == [1]


def test_a_version_never_changes(session: Session) -> None:
    version = freeze_version(session)
    with (
        session.work(Compartment.CONSENT, "version_frozen") as work,
        pytest.raises(Refusal, match="fact_is_final"),
    ):
        work.change(replace(version, wording="{}"))


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_another_text_of_a_channel_in_any_language_is_another_version(
    session: Session, language: str
) -> None:
    first = freeze_version(session)
    with session.look(Compartment.CONSENT) as reader:
        (channel,) = reader.all(Channel, key="website")
    change(session, "website", texts=channel.texts.put("name", **{language: "Anders"}))
    assert freeze_version(session).digest != first.digest
    assert again(session) == ()


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_another_example_is_another_version_and_asks_nobody_again(
    session: Session, language: str
) -> None:
    freeze_version(session)
    with session.look(Compartment.CONSENT) as reader:
        (website,) = reader.all(Channel, key="website")
    spoken = website.texts.plain()
    spoken[language][EXAMPLE] = "Zo ziet dat eruit."
    save_channel(session, replace(website, texts=texts_of(spoken)))
    standing = form_standing(session)
    assert standing.differs
    told = standing.draft.tables(language)["examples"]["items"]
    assert f"{website.name(language)}: Zo ziet dat eruit." in told
    freeze_version(session)
    with session.look(Compartment.CONSENT) as reader:
        assert reask(reader, session.clock.today()) == ()


@pytest.mark.parametrize("field", ["board", "street", "privacy_contact"])
def test_who_asks_belongs_to_the_version(session: Session, field: str) -> None:
    freeze_version(session)
    school(session, **{field: "Anders"})
    standing = form_standing(session)
    assert standing.differs
    assert {change.block for change in standing.changes.texts} == {"asked_by"}
    assert standing.changes.asked_again == ()


def test_a_teacher_sees_and_freezes_nothing(sample: Sample) -> None:
    session = sample.teacher()
    for deed in (form_standing, freeze_version):
        with pytest.raises(Refusal):
            deed(session)


# -- what is missing ------------------------------------------------------------------------


def missing(session: Session) -> list[tuple[str, str]]:
    return [(gap.message.id.partition("gap_")[2], gap.where) for gap in gaps(draft(session))]


def test_the_sample_school_lacks_nothing(session: Session) -> None:
    assert missing(session) == []


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"privacy_contact": "", "email": "", "phone": ""}, [("contact", "school")]),
        ({"privacy_contact": "", "email": ""}, []),
        ({"board": ""}, []),
    ],
)
def test_a_contact_is_needed(
    session: Session, fields: dict[str, str], found: list[tuple[str, str]]
) -> None:
    school(session, **fields)
    assert missing(session) == found


@pytest.mark.parametrize("name", ["explanation"])
def test_a_channel_must_be_explained_in_dutch(session: Session, name: str) -> None:
    with session.look(Compartment.CONSENT) as reader:
        (channel,) = reader.all(Channel, key="website")
    change(session, "website", texts=channel.texts.put(name, nl=""))
    assert missing(session) == [(f"channel_{name}", "channels")]
    with pytest.raises(Refusals) as refused:
        freeze_version(session)
    (found,) = refused.value.found
    assert "Website (openbaar)" in Words("nl").of(found.message)


def test_without_any_use_there_is_no_form(session: Session) -> None:
    with session.look(Compartment.CONSENT) as reader:
        active = [one for one in reader.all(Channel) if one.active]
    for channel in active:
        change(session, channel.key, active=False)
    assert ("uses", "channels") in missing(session)
    with pytest.raises(Refusal) as refused:
        freeze_version(session)
    assert refused.value.message.id == "forms.no_uses"


@pytest.mark.parametrize("block", ["purpose", "period", "rights", "signature", "questions"])
def test_a_form_without_what_it_must_say_is_not_complete(session: Session, block: str) -> None:
    whole = draft(session)
    tables = dict(whole.plain["languages"]["nl"])
    tables.pop(block)
    languages = {**whole.plain["languages"], "nl": tables}
    lacking = replace(whole, wording=written({**whole.plain, "languages": languages}))
    assert [gap.message.id for gap in gaps(lacking)] == [f"forms.gap_{block}"]


def test_a_platform_outside_the_eea_needs_its_note(session: Session) -> None:
    whole = draft(session)
    tables = dict(whole.plain["languages"]["nl"])
    tables.pop("social")
    languages = {**whole.plain["languages"], "nl": tables}
    lacking = replace(whole, wording=written({**whole.plain, "languages": languages}))
    assert [gap.message.id for gap in gaps(lacking)] == ["forms.gap_social"]
    for key in ("whatsapp", "facebook"):
        change(session, key, active=False)
    inside = draft(session)
    assert "social" not in inside.tables("nl")
    assert list(gaps(inside)) == []


def written(plain: Any) -> str:
    return json.dumps(plain)


def test_languages_that_borrow_a_text_are_told(session: Session) -> None:
    change(session, "website", texts=texts_of({"nl": {"name": "Web", "explanation": "Site."}}))
    found = form_standing(session).untranslated
    assert found == dict.fromkeys(("en", "de", "fr", "pl"), ("Web",))


# -- the school's own words and period ------------------------------------------------------


def own(session: Session, **values: Any) -> FormSetting:
    return save_form_setting(session, FormSetting(id=SETTING, **values))


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_own_words_stand_on_the_form(session: Session, language: str) -> None:
    said = {"purpose": "Voor het plakboek.", "extra_heading": "Aan boord", "extra": "Ook daar."}
    own(session, texts=texts_of({language: said}))
    paper = " ".join(texts(draw_draft(session, PaperPress(), language)))
    for text in said.values():
        assert text in paper


@pytest.mark.parametrize("language", PAPER_LANGUAGES)
def test_a_day_until_which_a_yes_holds_is_named(session: Session, language: str) -> None:
    until = session.clock.today() + timedelta(days=100)
    own(session, valid_until=until)
    paper = " ".join(texts(draw_draft(session, PaperPress(), language)))
    assert Words(language).long_day(until) in paper
    assert freeze_version(session).valid_until == until


@pytest.mark.parametrize(
    ("values", "field", "text"),
    [
        ({"texts": texts_of({"pl": {"extra": "Coś."}})}, "extra_heading_pl", "extra_heading_missing"),
        ({"texts": texts_of({"de": {"purpose": "Nummer 111222333"}})}, "purpose_de", "bsn"),
    ],
)  # fmt: skip
def test_own_words_that_are_not_right_are_told_at_their_field(
    session: Session, values: dict[str, Any], field: str, text: str
) -> None:
    with pytest.raises(Refusals) as refused:
        own(session, **values)
    (found,) = refused.value.found
    assert (found.field, found.message.id.partition(".")[2]) == (field, text)


def test_a_period_that_is_past_is_refused_and_one_that_became_past_stays(
    sample: Sample, session: Session
) -> None:
    today = session.clock.today()
    with pytest.raises(Refusals):
        own(session, valid_until=today - timedelta(days=1))
    kept = own(session, valid_until=today)
    sample.clock.move(timedelta(days=3))
    assert save_form_setting(session, kept).valid_until == today


# -- what is asked again --------------------------------------------------------------------


def test_only_what_was_widened_is_asked_again_and_since_which_version(
    sample: Sample, session: Session
) -> None:
    freeze_version(session)
    change(session, "newsletter", audience="public")
    freeze_version(session)
    change(session, "press", active=True)
    change(session, "website", media=("photo",))
    freeze_version(session)
    found = {one.use: (one.since, one.new) for one in again(session)}
    assert found == {
        "photo:newsletter": (2, False),
        "film:newsletter": (2, False),
        "photo:press": (3, True),
        "film:press": (3, True),
        "audio:press": (3, True),
    }


def test_what_was_frozen_later_does_not_count_yet(sample: Sample, session: Session) -> None:
    first = session.clock.today()
    freeze_version(session)
    sample.clock.move(timedelta(days=5))
    change(session, "newsletter", audience="public")
    freeze_version(session)
    with session.look(Compartment.CONSENT) as reader:
        assert reask(reader, first) == ()
        assert len(reask(reader, session.clock.today())) == 2


# -- a version that nobody was asked with -----------------------------------------------------


def test_a_version_that_was_never_asked_can_still_be_read(session: Session) -> None:
    version = freeze_version(session)
    change(session, "website", active=False)
    freeze_version(session)
    first = texts(draw_specimen(session, PaperPress(), version.id, "fr"))
    assert "Site web (public)" in " ".join(first)
    assert numbers(session) == [1, 2]
    with session.look(Compartment.CONSENT) as reader:
        assert reader.get(FormVersion, version.id) == version
