"""Letters say the same in both languages, use declared slots only and keep to their words."""

import re
import tomllib
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

import pytest

import resources
from app.letters.parsing import begins_word
from tests.resources.soundness import CONDITION, SLOT

HERE = Path(resources.__file__).parent / "letters"
LETTERS = resources.letters()
BOTH = list(product(LETTERS, resources.LANGUAGES))
WRITTEN = [(key, language) for key in LETTERS for language in resources.letter_languages(key)]
OF_CASES = [key for key in LETTERS if "procedures" in resources.letter(key, "nl")[0]]
OTHERS = [key for key in LETTERS if key not in OF_CASES]
SIGNATURE = "[signature]"


def blocks(text: str) -> list[str]:
    return text.strip().split("\n\n")


def slots(key: str, where: str) -> set[str]:
    letter, _ = resources.letter(key, "nl")
    return {slot["key"] for slot in letter["slots"] if slot["where"] == where}


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_the_text_uses_exactly_its_slots(key: str, language: str) -> None:
    _, text = resources.letter(key, language)
    assert set(SLOT.findall(text)) == slots(key, "text")


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_the_text_uses_exactly_its_conditions(key: str, language: str) -> None:
    letter, text = resources.letter(key, language)
    assert set(CONDITION.findall(text)) == set(letter["conditions"])


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_the_text_keeps_away_from_forbidden_words(key: str, language: str) -> None:
    letter, text = resources.letter(key, language)
    said = f"{letter['subject'][language]}\n{text}"
    forbidden = letter["forbidden"][language]
    assert forbidden
    assert [word for word in forbidden if begins_word(word, said)] == []


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_the_text_judges_nobody(key: str, language: str) -> None:
    _, text = resources.letter(key, language)
    judging = ("schuld", "dader", "slachtoffer", "guilty", "offender", "victim", "!")
    assert [word for word in judging if word in text.casefold()] == []


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_a_long_value_stands_alone(key: str, language: str) -> None:
    letter, text = resources.letter(key, language)
    kinds = {"text", "articles", "list", "table"}
    long = {s["key"] for s in letter["slots"] if s["kind"] in kinds}
    alone = {CONDITION.sub("", block).strip() for block in blocks(text)}
    assert {f"{{{name}}}" for name in long} <= alone


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_a_letter_greets_neutrally_and_ends_with_the_signature(key: str, language: str) -> None:
    _, text = resources.letter(key, language)
    greeting = {
        "nl": "Beste {recipient},",
        "en": "Dear {recipient},",
        "de": "Guten Tag {recipient},",
        "fr": "Bonjour {recipient},",
        "pl": "Dzień dobry, {recipient},",
    }
    assert blocks(text)[0] == greeting[language]
    assert blocks(text)[-1] == SIGNATURE
    assert slots(key, "signature") == {"signer", "signer_function"}


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_every_language_has_the_same_blocks(key: str, language: str) -> None:
    nl, other = (blocks(resources.letter(key, each)[1]) for each in ("nl", language))
    assert [shape(block) for block in nl] == [shape(block) for block in other]


@pytest.mark.parametrize("key", LETTERS)
def test_a_letter_is_written_in_both_languages_of_screens(key: str) -> None:
    written = resources.letter_languages(key)
    assert {"nl", "en"} <= set(written) <= set(resources.PAPER_LANGUAGES)
    assert set(written) <= resources.letter(key, "nl")[0]["subject"].keys()


@pytest.mark.parametrize("key", OTHERS)
def test_a_letter_that_belongs_to_no_case_depends_on_its_own_slots(key: str) -> None:
    letter, _ = resources.letter(key, "nl")
    optional = {slot["key"] for slot in letter["slots"] if not slot["required"]}
    assert set(letter["conditions"]) <= optional


def test_a_request_to_take_down_names_no_pupil() -> None:
    assert "pupil" not in slots("takedown_request", "text")


def test_a_letter_about_differing_answers_names_nobody_who_answered() -> None:
    assert slots("consent_outcome_changed", "text") == {
        *("recipient", "pupil", "school", "outcomes", "contact"),
    }


def shape(block: str) -> tuple[str, int, list[str]]:
    first = block[0] if block[0] in "#-|[" else ""
    return first, block.count("\n"), sorted(SLOT.findall(block))


@pytest.mark.parametrize("key", OF_CASES)
def test_a_letter_and_its_procedures_name_each_other(key: str) -> None:
    letter, _ = resources.letter(key, "nl")
    users = [
        name
        for name in resources.procedures()
        for step in resources.procedure(name)["steps"]
        if step.get("letter") == key
    ]
    assert list(dict.fromkeys(users)) == letter["procedures"]
    assert letter["key"] == key
    assert letter["version"] >= 1
    assert type(letter["in_force"]) is date


@pytest.mark.parametrize("key", OF_CASES)
def test_a_slot_is_asked_as_the_kind_that_the_letter_wants(key: str) -> None:
    letter, _ = resources.letter(key, "nl")
    wanted = {s["key"]: s["kind"] for s in letter["slots"] if s["from"] == "asks"}
    for procedure in letter["procedures"]:
        for step in resources.procedure(procedure)["steps"]:
            for ask in step["asks"]:
                kind = "line" if ask["kind"].startswith("one_of:") else ask["kind"]
                assert wanted.get(ask["field"], kind) == kind, ask["field"]


def test_a_slot_that_letters_share_is_used_and_written_once() -> None:
    shared = tomllib.loads((HERE / "slots.toml").read_text("utf-8"))["slots"]
    files = [tomllib.loads(path.read_text("utf-8")) for path in HERE.glob("*/letter.toml")]
    taken_up = {name for letter in files for name in letter["use"]}
    assert [slot["key"] for slot in shared] == sorted(taken_up, key=_order(shared))
    own = [slot for letter in files for slot in letter.get("slots", ())]
    assert [slot["key"] for slot in own if slot in shared] == []


def _order(shared: list[resources.Table]) -> Callable[[str], int]:
    return [slot["key"] for slot in shared].index


def test_a_warning_to_staff_leaves_the_legal_position_alone() -> None:
    letter, text = resources.letter("staff_warning", "nl")
    assert "geen gevolgen voor uw rechtspositie" in text
    assert {"berisping", "disciplinair", "plichtsverzuim", "straf", "maatregel"} <= set(
        letter["forbidden"]["nl"]
    )


def test_a_warning_to_a_parent_names_its_last_day_and_the_way_to_complain() -> None:
    assert {"ends_on", "complaint_route", "contact", "grounds"} <= slots(
        "guardian_warning", "text"
    )


@pytest.mark.parametrize(
    ("key", "language"), [(k, lang) for k in OF_CASES for lang in ("nl", "en")]
)
def test_a_letter_of_a_case_has_no_term_or_number_in_its_text(key: str, language: str) -> None:
    said = re.sub(r"\{[a-z_]+\}", "", resources.letter(key, language)[1])
    length = (
        r"\d|\b(?:dag|dagen|week|weken|maand|maanden|jaar|day|days|weeks?|months?|years?)\b"
    )
    terms = [word for word in re.findall(length, said) if word not in {"dag", "day"}]
    assert terms == []


@pytest.mark.parametrize("key", OF_CASES)
def test_the_terms_of_a_letter_exist_and_are_said(key: str) -> None:
    letter, text = resources.letter(key, "nl")
    known = {row["key"] for row in resources.terms()}
    for name, term in letter.get("term", {}).items():
        assert term in known
        assert name == "longest" or {f"{name}_until", f"{name}_term"} & set(SLOT.findall(text))


@pytest.mark.parametrize("key", OF_CASES)
def test_a_letter_that_speaks_of_law_finds_it(key: str) -> None:
    _, text = resources.letter(key, "nl")
    law = {row["slot"] for row in resources.law_said()["said"] if key in row["letters"]}
    every = {row["slot"] for row in resources.law_said()["said"]}
    assert law == every & set(SLOT.findall(text))


FORMAL = [k for k in OF_CASES if resources.letter(k, "nl")[0]["purpose"] == "decision"]


@pytest.mark.parametrize("key", FORMAL)
def test_a_decision_says_what_a_careful_decision_says(key: str) -> None:
    said = slots(key, "text")
    assert {"facts", "event_day", "event_place", "articles", "protocol", "known_since"} <= said
    assert {"mandate", "sending", "enclosures", "kept_term", "complaint_route"} <= said
    assert {"views", "reaction"} & said
    assert {"appeal_until", "court", "objection_until"} & said


@pytest.mark.parametrize("key", FORMAL)
def test_a_decision_is_preceded_by_its_intention(key: str) -> None:
    if key != "staff_dismissal_spot":
        assert {"intention_day", "intention_number", "proof", "sent_on"} <= slots(key, "text")
        assert {"views_until", "hearing_day", "hearing_place"} <= slots(
            f"{key}_intention", "text"
        )


@pytest.mark.parametrize("key", ["guardian_ban", "guardian_ban_intention"])
def test_an_access_ban_names_its_place_its_days_and_the_child(key: str) -> None:
    assert {"premises", "starts_on", "ends_on", "review_day", "contact"} <= slots(key, "text")
    assert {"collecting", "meetings"} <= slots(key, "text")


@pytest.mark.parametrize(("key", "language"), WRITTEN)
def test_a_letter_derives_nothing_from_gender_and_promises_nothing(
    key: str, language: str
) -> None:
    letter, text = resources.letter(key, language)
    said = f"{letter['subject'][language]} {text}".casefold()
    words = set(re.findall(r"\w+", said))
    gendered = {
        "heer",
        "mevrouw",
        "meneer",
        "mr",
        "mrs",
        "ms",
        "he",
        "she",
        "his",
        "her",
        "him",
    }
    promising = {"rechtsgeldig", "bindend", "gegarandeerd", "valid", "guaranteed", "lawful"}
    assert words & (gendered | promising if language in {"nl", "en"} else set()) == set()
