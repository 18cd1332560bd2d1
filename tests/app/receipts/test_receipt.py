"""Receipts: every decision of one person that stands, once, and nothing of anybody else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

import jsonschema
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions, retract
from app.consent.jurisdiction import change_jurisdiction
from app.consent.objections import ObjectionDraft, note_objection
from app.consent.records import Answer, Channel
from app.consent.uses import MAKING
from app.errors import Refusal
from app.journal.questions import JournalLines
from app.people.people import GuardianDraft, StaffDraft, save_guardian, save_staff
from app.receipts.content import EXPIRED, receipt_lines
from app.receipts.issue import PreparedReceipt, prepare_receipt, register_receipt
from app.receipts.kantara import DECLINED
from app.receipts.records import IssuedReceipt
from app.record import Compartment
from app.register.school import save_school, school_of
from app.text import Words
from reports.press import PaperPress
from tests.journeys.families import SIGNED, WEBSITE, add_family, says, settle
from tests.reports.looking import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.ports import Session
    from app.receipts.content import ReceiptLine
    from tests.journeys.families import Family
    from tests.registers import School

USES = (WEBSITE, "photo:facebook", "film:website", "audio:parent_page")
KANTARA_NEEDS = {
    "": (
        *("version", "jurisdiction", "consentTimestamp", "collectionMethod"),
        *("consentReceiptID", "piiPrincipalId", "piiControllers", "policyUrl", "services"),
        *("sensitive", "spiCat"),
    ),
    "piiControllers": ("piiController", "contact", "address", "email", "phone"),
    "services": ("service", "purposes"),
    "purposes": (
        *("consentType", "purposeCategory", "piiCategory", "termination"),
        "thirdPartyDisclosure",
    ),
}
"""The fields that Kantara Consent Receipt 1.1 asks for (its schema, read 2026-11-23)."""

KINDS: dict[str, type | tuple[type, ...]] = {
    "consentTimestamp": int,
    "piiControllers": list,
    "address": dict,
    "services": list,
    "purposes": list,
    "purposeCategory": list,
    "piiCategory": list,
    "thirdPartyDisclosure": bool,
    "sensitive": bool,
    "spiCat": list,
}


def kantara_faults(content: dict[str, Any], at: str = "") -> Iterator[str]:
    """What a receipt lacks, or has of another kind."""
    for field in KANTARA_NEEDS[at]:
        if field not in content:
            yield f"{at} lacks {field}"
        elif not isinstance(content[field], KINDS.get(field, str)):
            yield f"{at} {field} is of another kind"
    if content.get("thirdPartyDisclosure") and "thirdPartyName" not in content:
        yield f"{at} lacks thirdPartyName"
    for inner in KANTARA_NEEDS.keys() & content.keys() - {""}:
        for item in content[inner]:
            yield from kantara_faults(item, inner)


@pytest.fixture
def session(school: School) -> Session:
    return school.administrator()


@pytest.fixture
def family(session: Session) -> Family:
    """Zoë with both parents, and a school with an address."""
    family = add_family(session, settle(session))
    with session.look(Compartment.CONSENT) as reader:
        known = school_of(reader)
    save_school(
        session, replace(known, town="Dordrecht", street="Kade 2", email="kade@example.org")
    )
    return family


def receipt_of(session: Session, family: Family, language: str = "") -> PreparedReceipt:
    return prepare_receipt(session, PaperPress(), family.pupil.id, family.mother.id, language)


def lines_of(session: Session, family: Family) -> tuple[ReceiptLine, ...]:
    with session.look(Compartment.CONSENT) as reader:
        today = session.clock.today()
        return receipt_lines(reader, family.pupil.id, family.mother.id, today)


def everything(receipt: PreparedReceipt) -> str:
    """All that can be read of a receipt, on paper and as data."""
    return " ".join((*texts(receipt.pdf), receipt.kantara.decode(), receipt.linked.decode()))


def named_in_kantara(receipt: PreparedReceipt) -> list[tuple[str, str]]:
    """Every use in the Kantara receipt, with what was decided."""
    content = json.loads(receipt.kantara)
    given = [p["purpose"] for s in content["services"] for p in s["purposes"]]
    other = [(one["purpose"], one["decision"]) for one in content[DECLINED]]
    return [*((purpose, "given") for purpose in given), *other]


# -- what is in it -----------------------------------------------------------------------------


said = st.tuples(st.booleans(), st.sampled_from(USES), st.sampled_from(list(Answer)))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(said, min_size=1, max_size=6))
def test_every_decision_that_stands_appears_once_and_nothing_of_the_other(
    session: Session, family: Family, story: list[tuple[bool, str, Answer]]
) -> None:
    says(session, family.pupil, family.mother)
    for by_mother, use, answer in story:
        who = family.mother if by_mother else family.father
        says(session, family.pupil, who, answer, use, signed_on=session.clock.today())
    receipt, lines = receipt_of(session, family), lines_of(session, family)
    uses = [line.use for line in lines]
    assert len(set(uses)) == len(uses)
    assert {line.decision.decider_id for line in lines} == {family.mother.id}
    parts = json.loads(receipt.linked)["dct:hasPart"]
    assert [part["dct:identifier"] for part in parts] == [line.decision.id for line in lines]
    words = {"yes": "given", "no": "refused", "withdrawn": "withdrawn"}
    names = [part["dpv:hasPurpose"]["dct:title"] for part in parts]
    decided = [words[line.state] for line in lines]
    pairs = list(zip(names, decided, strict=True))
    assert sorted(named_in_kantara(receipt)) == sorted(pairs)
    for trace in ("Piotr", family.father.id, str(UUID(family.father.id))):
        assert trace not in everything(receipt)


def test_refusals_and_withdrawals_are_in_it_and_are_no_consent(
    session: Session, family: Family
) -> None:
    says(session, family.pupil, family.mother)
    says(session, family.pupil, family.mother, Answer.NO, USES[1])
    says(session, family.pupil, family.mother, Answer.YES, USES[2])
    today = session.clock.today()
    says(session, family.pupil, family.mother, Answer.WITHDRAWN, USES[2], signed_on=today)
    receipt = receipt_of(session, family)
    assert sorted(named_in_kantara(receipt)) == [
        ("Facebook · foto", "refused"),
        ("Website · film", "withdrawn"),
        ("Website · foto", "given"),
    ]
    (page,) = texts(receipt.pdf)
    for expected in ("Facebook · foto nee", "Website · film ingetrokken", "Website · foto ja"):
        assert expected in page


def test_two_yeses_of_one_day_stand_as_they_count(session: Session, family: Family) -> None:
    ends = SIGNED + timedelta(days=300)
    for conditions, until in ((("no_name", "group_only"), None), (("no_name",), ends)):
        answers = (UseAnswer(WEBSITE, Answer.YES, conditions),)
        ids = family.pupil.id, family.mother.id
        record_decisions(session, DecisionsDraft(*ids, answers, SIGNED, valid_until=until))
    (line,) = lines_of(session, family)
    assert (line.decision.conditions, line.until) == (("group_only", "no_name"), ends)
    (part,) = json.loads(receipt_of(session, family).linked)["dct:hasPart"]
    assert part["dct:provenance"][0]["dpv:hasRule"] == ["group_only", "no_name"]


def test_what_was_taken_back_is_not_in_it(session: Session, family: Family) -> None:
    says(session, family.pupil, family.mother)
    wrong = says(session, family.pupil, family.mother, Answer.NO, USES[1])
    retract(session, (wrong,), "vergissing")
    assert [line.use for line in lines_of(session, family)] == [WEBSITE]


def test_a_yes_whose_last_day_has_passed_says_so(
    school: School, session: Session, family: Family
) -> None:
    ends = SIGNED + timedelta(days=80)
    says(session, family.pupil, family.mother, valid_until=ends)
    school.clock.move(timedelta(days=200))
    assert [line.state for line in lines_of(session, family)] == [EXPIRED]
    receipt = receipt_of(session, family)
    assert named_in_kantara(receipt) == [("Website · foto", "expired")]


def test_a_yes_ends_when_the_jurisdiction_says_so(session: Session, family: Family) -> None:
    change_jurisdiction(session, "uk")
    says(session, family.pupil, family.mother)
    (line,) = lines_of(session, family)
    assert line.until == SIGNED.replace(year=SIGNED.year + 1) - timedelta(days=1)
    assert "30 september 2027" in texts(receipt_of(session, family).pdf)[0]


def test_notes_and_objections_stay_with_the_office(session: Session, family: Family) -> None:
    says(session, family.pupil, family.mother, note="Kanarie 41")
    draft = ObjectionDraft(
        family.pupil.id, "Kanarie 42", SIGNED, "phone", person_name="oma Ria"
    )
    note_objection(session, draft)
    said = everything(receipt_of(session, family))
    assert "Kanarie" not in said
    assert "oma Ria" not in said


def test_who_heard_a_call_is_named_and_a_letter_was_heard_by_nobody(
    session: Session, family: Family
) -> None:
    says(session, family.pupil, family.mother, how="phone", taken_by="Saskia Boom")
    says(session, family.pupil, family.mother, use=USES[1], how="letter", taken_by="Jan Vis")
    receipt = receipt_of(session, family)
    assert "aangenomen door Saskia Boom" in " ".join(" ".join(texts(receipt.pdf)).split())
    heard = [
        part["dct:provenance"][0].get("dct:contributor")
        for part in json.loads(receipt.linked)["dct:hasPart"]
    ]
    assert heard == ["Saskia Boom", None]
    assert b'"boordboekTakenBy": "Saskia Boom"' in receipt.kantara
    jsonschema.validate(json.loads(receipt.linked), json.loads(resources.receipt_schema()))
    assert "Jan Vis" not in everything(receipt)


def test_without_an_answer_there_is_no_receipt(session: Session, family: Family) -> None:
    says(session, family.pupil, family.father)
    with pytest.raises(Refusal, match=r"receipts\.nothing"):
        receipt_of(session, family)


def test_a_pupil_who_decides_gets_one_about_himself(
    school: School, session: Session, family: Family
) -> None:
    school.clock.move(timedelta(days=365 * 12))
    pupil, today = family.pupil, session.clock.today()
    draft = DecisionsDraft(pupil.id, pupil.id, (UseAnswer(WEBSITE, Answer.YES),), today)
    record_decisions(session, draft)
    found = prepare_receipt(session, PaperPress(), pupil.id, pupil.id)
    assert found.person == "Zoë van der Wal"
    assert named_in_kantara(found) == [("Website · foto", "given")]


def test_a_member_of_staff_gets_one(session: Session, family: Family) -> None:
    member = save_staff(session, StaffDraft(first_name="Kees", surname="Smit"))
    draft = DecisionsDraft(
        member.id, member.id, (UseAnswer(WEBSITE, Answer.NO),), session.clock.today()
    )
    record_decisions(session, draft)
    found = prepare_receipt(session, PaperPress(), member.id, member.id)
    assert named_in_kantara(found) == [("Website · foto", "refused")]
    assert "Zoë" not in everything(found)
    assert family.pupil.id not in everything(found)


def test_somebody_else_gets_none(session: Session, family: Family) -> None:
    with pytest.raises(Refusal, match=r"receipts\.no_decider"):
        prepare_receipt(session, PaperPress(), family.pupil.id, "f" * 32)


# -- data --------------------------------------------------------------------------------------


@pytest.fixture
def receipt(session: Session, family: Family) -> PreparedReceipt:
    """A receipt with a yes, a yes with a condition and a no."""
    says(session, family.pupil, family.mother)
    says(session, family.pupil, family.mother, Answer.YES, USES[1])
    says(session, family.pupil, family.mother, Answer.NO, USES[2])
    return receipt_of(session, family)


def test_kantara_has_every_field_that_it_asks_for(receipt: PreparedReceipt) -> None:
    assert list(kantara_faults(json.loads(receipt.kantara))) == []


@pytest.mark.parametrize("field", KANTARA_NEEDS[""])
def test_the_check_of_kantara_finds_what_is_missing(
    receipt: PreparedReceipt, field: str
) -> None:
    content = json.loads(receipt.kantara)
    del content[field]
    assert list(kantara_faults(content)) == [f" lacks {field}"]


def test_what_third_parties_get_names_them(receipt: PreparedReceipt) -> None:
    services = json.loads(receipt.kantara)["services"]
    named = {p["purpose"]: p.get("thirdPartyName") for s in services for p in s["purposes"]}
    assert named == {"Website · foto": None, "Facebook · foto": "Facebook"}


@pytest.mark.parametrize("country", ["nl", "be", "de", "uk", "us"])
def test_every_jurisdiction_has_its_receipt(
    session: Session, family: Family, country: str
) -> None:
    change_jurisdiction(session, country)
    says(session, family.pupil, family.mother)
    receipt = receipt_of(session, family)
    schema = json.loads(resources.receipt_schema())
    jsonschema.validate(json.loads(receipt.linked), schema)
    content = json.loads(receipt.kantara)
    assert list(kantara_faults(content)) == []
    assert content["jurisdiction"] == {"uk": "GB"}.get(country, country.upper())


def test_every_audience_has_its_terms() -> None:
    audiences = {channel["audience"] for channel in resources.channels()} | {MAKING}
    assert audiences <= resources.receipt_terms()["audiences"].keys()


def test_linked_data_keep_to_our_schema(receipt: PreparedReceipt) -> None:
    schema = json.loads(resources.receipt_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(receipt.linked))


@pytest.mark.parametrize("field", ["dpv:hasConsentControl", "dct:provenance", "dct:language"])
def test_the_schema_misses_what_the_standard_asks(receipt: PreparedReceipt, field: str) -> None:
    content = json.loads(receipt.linked)
    del content["dct:hasPart"][0][field]
    with pytest.raises(jsonschema.ValidationError, match=field):
        jsonschema.validate(content, json.loads(resources.receipt_schema()))


# -- paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Overzicht van uw keuzes"),
        ("en", "Overview of your choices"),
        ("de", "Übersicht Ihrer Entscheidungen"),
        ("fr", "Aperçu de vos choix"),
        ("pl", "Zestawienie Państwa decyzji"),
    ],
)
def test_it_is_in_the_language_of_whoever_decided(
    session: Session, family: Family, language: str, said: str
) -> None:
    says(session, family.pupil, family.mother)
    draft = GuardianDraft(
        first_name="Marijke", surname="Wal", language=language, id=family.mother.id
    )
    save_guardian(session, draft)
    (page,) = texts(receipt_of(session, family).pdf)
    assert said in page
    assert "paper.receipt" not in page


def test_the_data_ride_along_in_the_paper(receipt: PreparedReceipt) -> None:
    with pikepdf.open(BytesIO(receipt.pdf.content)) as pdf:
        inside = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    assert inside == {
        "kantara-consent-receipt-1.1.json": receipt.kantara,
        "iso-iec-ts-27560.jsonld": receipt.linked,
    }


def test_the_paper_may_be_kept_for_ever(receipt: PreparedReceipt) -> None:
    pdfa = pytest.importorskip("pikepdf.pdfa", exc_type=ImportError)
    report = pdfa.validate_written(BytesIO(receipt.pdf.content), "3b")
    assert report.passed, report.findings


# -- leaving -----------------------------------------------------------------------------------


def test_it_exists_only_once_it_leaves_and_is_noted_each_time(
    session: Session, receipt: PreparedReceipt
) -> None:
    with session.look(Compartment.CONSENT) as reader:
        assert reader.all(IssuedReceipt) == ()
    register_receipt(session, receipt)
    register_receipt(session, receipt, saved=True)
    with session.look(Compartment.CONSENT) as reader:
        (kept,) = reader.all(IssuedReceipt)
        acts = [line.act for line in reader.ask(JournalLines(limit=2))]
    assert kept.digest == receipt.pdf.digest
    assert acts == ["receipt_saved", "receipt_printed"]


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr", "pl"])
def test_a_yes_to_less_than_the_use_is_now_says_so(
    session: Session, family: Family, language: str
) -> None:
    for use, answer in ((WEBSITE, Answer.YES), ("film:website", Answer.NO)):
        says(session, family.pupil, family.mother, answer, use)
    again = Words(language)("paper.receipt_narrower", until="")[2:].strip()
    told = [
        again in " ".join(texts(receipt_of(session, family, language).pdf)).replace("\n", " ")
    ]
    with session.look(Compartment.CONSENT) as reader:
        (website,) = reader.all(Channel, key="website")
    save_channel(session, website, widened=True)
    told.append(
        again in " ".join(texts(receipt_of(session, family, language).pdf)).replace("\n", " ")
    )
    assert told == [False, True]
    assert {line.use: line.narrower for line in lines_of(session, family)} == {
        WEBSITE: True,
        "film:website": False,
    }
