"""Every gap that a letter can have, planted once: the rule for it finds it, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from app.compile.names import Finder, Named
from app.dossier.facts import LACKING, CaseFacts
from app.letters import lint
from app.letters.claims import Surroundings, unlogged_days
from app.letters.lint import BLOCKS, WARNS, findings
from app.letters.mandates import Competence, Signing, measures
from app.letters.own import OLDER, UNFIT
from app.letters.template import load_template
from tests.app.dossier.samples import BREACH, LOVK, TODAY
from tests.app.letters.samples import REPORT
from tests.app.letters.test_every_letter import filled

if TYPE_CHECKING:
    from app.letters.facts import LetterFacts, Value

HEARD = frozenset({"views_given", "hearing_offered", "talk_held", "dispatch_proven"})
DAYS = {
    "date": TODAY,
    "event_day": BREACH.occurred_on,
    "starts_on": TODAY,
    "ends_on": TODAY + timedelta(days=20),
    "review_day": TODAY + timedelta(days=10),
}
OTHERS = (
    Named("1" * 32, "pupil", "Jesse Vos", "Jesse", "", "", "Vos"),
    Named("2" * 32, "guardian", "Ilse Vos", "Ilse", "I.", "", "Vos"),
    Named("3" * 32, "pupil", "Kim Smit", "Kim", "", "", "Smit", stays=True),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A letter with everything around it; without a plant there is nothing to say about it."""

    facts: LetterFacts
    case: CaseFacts
    around: Surroundings

    def without(self, *slots: str) -> Made:
        """With values left out."""
        values = {key: value for key, value in self.facts.values.items() if key not in slots}
        return replace(self, facts=replace(self.facts, values=values))

    def saying(self, slot: str, value: Value) -> Made:
        """With another value."""
        return replace(
            self, facts=replace(self.facts, values={**self.facts.values, slot: value})
        )


Plant: TypeAlias = Callable[[Made], Made]


def made(key: str) -> Made:
    """A letter in which all is well."""
    template = load_template(key, "nl")
    whole = filled(template, "x", frozenset())
    values = {**whole.values, **{k: day for k, day in DAYS.items() if k in whole.values}}
    kind = "guardian" if template.audience == "guardian" else "staff"
    breach = replace(BREACH, actor_kind=kind)
    case = CaseFacts(breach, LOVK, (REPORT,), HEARD)
    around = Surroundings(days=frozenset({BREACH.occurred_on}), others=Finder(OTHERS))
    return Made(replace(whole, values=values), case, around)


def said(key: str, letter: Made) -> list[tuple[str, str, str]]:
    """What is said about a letter."""
    template = load_template(key, "nl")
    found = findings(template, letter.facts, letter.case, letter.around)
    return [(one.severity, one.message.id, one.field) for one in found]


def less(*slots: str) -> Plant:
    """Leaves values out."""
    return lambda letter: letter.without(*slots)


def told(text: str, slot: str = "facts") -> Plant:
    """Adds a sentence to what is told."""
    return lambda letter: letter.saying(slot, text)


def made_true(*facts: str) -> Plant:
    """Leaves of the case's facts only these."""
    return lambda letter: replace(letter, case=replace(letter.case, made=frozenset(facts)))


def filed(**of_breach: Any) -> Plant:
    """Changes what the event was."""
    return lambda letter: replace(
        letter,
        case=replace(letter.case, breach=replace(letter.case.breach, **of_breach)),
    )


def no_entries(letter: Made) -> Made:
    """Nothing was logged."""
    return replace(letter, case=replace(letter.case, entries=()))


def not_his(letter: Made) -> Made:
    """The signer has none of the roles of the step."""
    return replace(letter, around=replace(letter.around, may_sign=False))


def mandated(competence: Competence) -> Plant:
    """What is recorded of the signer's mandate."""
    (measure,) = (one for one in measures() if one.key == "reprimand")
    signed = Signing(competence, measure, "mandaatregeling 2025")
    return lambda letter: replace(letter, around=replace(letter.around, signing=signed))


def too_long(letter: Made) -> Made:
    """It lasts longer than what was found."""
    return letter.saying("ends_on", TODAY + timedelta(days=400))


def began_before(letter: Made) -> Made:
    """It goes on from an earlier one that began three weeks ago."""
    began = TODAY - timedelta(days=21)
    return replace(letter, around=replace(letter.around, began_on=began))


def waived(letter: Made) -> Made:
    """He does not want to be heard, and only the report stands in the case."""
    return made_true("hearing_waived", "dispatch_proven")(letter)


MISSING = "letters.missing"
GAPS: dict[str, tuple[str, Plant, str, str, str]] = {
    "facts without anything logged": (
        "staff_reprimand", no_entries, WARNS, "letters.facts_unlogged", "facts"),
    "a day that nobody logged": (
        "staff_reprimand", told("Ook op 3 september ging het mis."), WARNS,
        "letters.day_unlogged", "facts"),
    "no day of the event": ("staff_warning", less("event_day"), BLOCKS, MISSING, "event_day"),
    "no place": ("staff_warning", less("event_place"), BLOCKS, MISSING, "event_place"),
    "no article": ("staff_warning", less("articles"), BLOCKS, MISSING, "articles"),
    "a wording that was not known": (
        "staff_reprimand", filed(occurred_on=date(2020, 1, 1)), BLOCKS,
        "dossier.lacks_known_article", "articles"),
    "nobody was heard": (
        "staff_reprimand", made_true("dispatch_proven"), BLOCKS, "letters.not_heard", ""),
    "a waiver without proof": (
        "staff_reprimand", waived, WARNS, "letters.waiver_unproven", ""),
    "no measure": ("staff_order", less("scope"), BLOCKS, MISSING, "scope"),
    "no grounds named": ("guardian_ban", less("premises"), BLOCKS, MISSING, "premises"),
    "no first day": ("guardian_ban", less("starts_on"), BLOCKS, MISSING, "starts_on"),
    "no last day": ("guardian_ban", less("ends_on"), BLOCKS, "letters.no_end", "ends_on"),
    "too long": ("guardian_ban", too_long, WARNS, "letters.too_long", "ends_on"),
    "ended before it begins": (
        "guardian_ban", lambda one: one.saying("starts_on", TODAY + timedelta(days=30)), BLOCKS,
        "letters.ends_before_start", "ends_on"),
    "no consequence": ("guardian_ban", less("may_follow"), BLOCKS, MISSING, "may_follow"),
    "no appeal body": (
        "staff_reprimand", less("appeal_body"), BLOCKS, MISSING, "appeal_body"),
    "no appeal term": (
        "staff_reprimand", less("appeal_term"), BLOCKS, MISSING, "appeal_term"),
    "no function": (
        "staff_reprimand", less("signer_function"), BLOCKS, MISSING, "signer_function"),
    "nothing that the competence rests on": (
        "staff_reprimand", less("mandate"), BLOCKS, MISSING, "mandate"),
    "a signer without the role": (
        "staff_reprimand", not_his, BLOCKS, "dossier.lacks_role", "signer"),
    "a measure that was made longer": (
        "staff_order", began_before, WARNS, "letters.too_long", "ends_on"),
    "an agreement that ran out": (
        "staff_order", lambda one: one.saying("date", date(2027, 3, 1)), WARNS,
        "letters.agreement_over", "agreement"),
    "no mandate on record": (
        "staff_reprimand", mandated(Competence.NOT_RECORDED), WARNS, "letters.mandate_open",
        "signer"),
    "a mandate of somebody else": (
        "staff_reprimand", mandated(Competence.WITHOUT), BLOCKS, "letters.mandate_none",
        "signer"),
    "no address of a parent": (
        "guardian_ban", less("recipient_address"), WARNS, "letters.no_address",
        "recipient_address"),
    "no address for a registered letter": (
        "staff_reprimand", less("recipient_address"), WARNS, "letters.no_address_staff",
        "recipient_address"),
    "a warning that reads like a reprimand": (
        "staff_warning", told("Dit is een berisping."), BLOCKS, "letters.forbidden", "facts"),
    "a number like a BSN": (
        "staff_warning", told("nummer 111222333"), BLOCKS, "people.bsn", "facts"),
    "another pupil by name": (
        "staff_warning", told("Op de foto stond Jesse Vos."), WARNS, "letters.third_party",
        "facts"),
    "another parent by name": (
        "guardian_ban", told("Mevrouw I. Vos zag het."), WARNS, "letters.third_party", "facts"),
    "no consultation in the sexual category": (
        "staff_reprimand", filed(categories=("sexual",)), BLOCKS, "dossier.lacks_inspector",
        ""),
}  # fmt: skip


ELSEWHERE = {
    "letters.no_route": "test_gaps",
    "letters.forbidden_quoted": "test_lint",
    "letters.inspector_open": "test_lint",
    "letters.ends_before": "test_lint",
    "letters.ended_later": "test_longest",
    "letters.review_outside": "test_longest",
    "letters.starts_before": "test_longest",
    "letters.starts_unheard": "test_longest",
    "letters.talk_before_event": "test_lint",
    "letters.wording_short": "test_lint",
    "letters.article_note": "test_lint",
    "letters.own_older": "test_own",
    "letters.own_unfit": "test_own",
    "letters.held_elsewhere": "test_of_dossiers",
}
"""Rules whose gap cannot be planted in facts alone, and the tests that plant it."""


def rules() -> set[str]:
    """The texts of everything that the check can say, as its code has them."""
    found = {f"letters.own_{state}" for state in (OLDER, UNFIT)}
    for node in ast.walk(ast.parse(Path(lint.__file__).read_text("utf-8"))):
        if isinstance(node, ast.Constant) and re.fullmatch(r"[a-z]+\.[a-z_]+", str(node.value)):
            found.add(str(node.value))
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "LACKING":
            found.add(LACKING[ast.literal_eval(node.slice)])
    return {
        text for text in found if not text.startswith("letters.ok_") and text != "letters.own_"
    }


def test_every_rule_of_the_check_has_its_gap_planted() -> None:
    planted = {gap[3] for gap in GAPS.values()}
    assert rules() == planted | ELSEWHERE.keys()
    assert planted.isdisjoint(ELSEWHERE)
    for text, name in ELSEWHERE.items():
        assert text.partition(".")[2] in Path(__file__).with_name(f"{name}.py").read_text(
            "utf-8"
        )


@pytest.mark.parametrize("key", sorted({gap[0] for gap in GAPS.values()}))
def test_without_a_gap_nothing_is_said(key: str) -> None:
    assert said(key, made(key)) == []


@pytest.mark.parametrize("gap", GAPS)
def test_every_gap_is_found(gap: str) -> None:
    key, plant, severity, text, field = GAPS[gap]
    assert (severity, text, field) in said(key, plant(made(key)))


def test_a_decision_without_any_way_against_it_is_held_up() -> None:
    letter = made("staff_reprimand").without("appeal_until", "court")
    assert (BLOCKS, "letters.no_route", "") in said("staff_reprimand", letter)


def test_his_own_child_is_named_freely() -> None:
    letter = told("Kim Smit en Kim waren erbij.")(made("guardian_ban"))
    assert said("guardian_ban", letter) == []


def test_in_somebody_elses_words_days_and_names_stand_apart() -> None:
    letter = told("Op 3 september was het ook zo.", "views")(made("staff_reprimand"))
    assert said("staff_reprimand", letter) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Op 2 november 2026 en op 2 november.", ()),
        ("Op 4 november 2026.", ("4 november 2026",)),
        ("Op 4 NOVEMBER.", ("4 NOVEMBER",)),
        ("Op 04-11-2026.", ("04-11-2026",)),
        ("Op 3 december komt u.", ()),
        ("Groep 3-4, kamer 12.", ()),
        ("Op 31 februari 2026.", ()),
        ("", ()),
    ],
)
def test_days_are_read_as_people_write_them(text: str, found: tuple[str, ...]) -> None:
    assert unlogged_days(text, frozenset({BREACH.occurred_on}), "nl", TODAY) == found


def test_days_are_read_in_english() -> None:
    assert unlogged_days("On 4 November 2026.", frozenset(), "en", TODAY) == (
        "4 November 2026",
    )
