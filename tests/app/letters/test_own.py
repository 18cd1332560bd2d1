"""A school's own text of a letter: checked, kept, in force, compared, given up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

import resources
from app.dossier.records import Entry
from app.errors import Refusal, Refusals
from app.letters import own, template
from app.letters.facts import from_json
from app.letters.issue import draft_letter, issue_letter, reprint
from app.letters.own import (
    GONE,
    NEW,
    SAME,
    changes,
    flaws_of,
    go_back_to_shipped,
    keep_text,
    letter_texts,
    put_text_in_force,
    text_shelf,
)
from app.letters.parsing import join_subject
from app.letters.template import digest_of, load_template, subject_of
from app.record import Compartment
from app.text import Words
from tests.app.dossier.situations import STAFF
from tests.app.dossier.test_filing import acts
from tests.app.letters.test_issuing import PRESS, to_staff

if TYPE_CHECKING:
    from tests.registers import School

KEY = "staff_warning"
TEXT = resources.letter(KEY, "nl")[1]
OWN = TEXT.replace("Met deze brief geef ik u een waarschuwing.", "Hierbij waarschuw ik u.")
WHY = "Korter begin."


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        (f"Aan {{nobody}}\n\n{TEXT}", "unknown_slot", 1),
        (f"Beste\n\nAan {{recipient\n\n{TEXT}", "brace", 3),
        (f"Beste\n\nDit is een berisping.\n\n{TEXT}", "forbidden", 3),
        (TEXT.replace("{expected}", "niets"), "not_used", 0),
        (TEXT.replace("[signature]", "[if talk_held]\n[signature]"), "signatures", 0),
        (f"{TEXT}\n\n[if is_guilty]\nx", "unknown_condition", TEXT.count("\n") + 3),
        (f"Feiten: {{facts}}\n\n{TEXT}", "not_in_line", 1),
        (" \n ", "empty", 0),
    ],
)
def test_what_is_not_right_is_named_with_its_line(text: str, kind: str, line: int) -> None:
    assert (kind, line) in [(flaw.kind, flaw.line) for flaw in flaws_of(KEY, "nl", text)]


def test_every_flaw_of_a_text_is_found_at_once() -> None:
    text = f"{{a}}\n\n{{b}}\n\nstraf\n\n{TEXT}"
    kinds = [flaw.kind for flaw in flaws_of(KEY, "nl", text)]
    assert kinds == ["unknown_slot", "unknown_slot", "forbidden"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_flaw_has_a_sentence(language: str) -> None:
    words = Words(language)
    for text in (f"{{a}}\n\n# x\ny\n\n{TEXT}", "", "{", "[signature]"):
        for flaw in flaws_of(KEY, "nl", text):
            sentence = words.of(own.refusal_of(flaw).message)
            assert sentence.endswith(".")


@pytest.mark.parametrize("key", resources.letters())
def test_the_shipped_text_of_every_letter_is_right_for_the_editor(key: str) -> None:
    for language in resources.letter_languages(key):
        assert flaws_of(key, language, resources.letter(key, language)[1]) == ()


def test_a_draft_counts_for_nothing(school: School) -> None:
    session, _, request = to_staff(school)
    keep_text(session, KEY, "nl", "nog {niet} goed")
    assert text_shelf(session, KEY, "nl").begins == "nog {niet} goed\n"
    letter = issue_letter(session, PRESS, request)
    facts, _ = from_json(letter.facts)
    assert (facts.own, facts.text) == (0, load_template(KEY, "nl").digest)


def test_an_own_text_in_force_is_what_is_issued(school: School) -> None:
    session, _, request = to_staff(school)
    put_text_in_force(session, KEY, "nl", OWN, WHY)
    letter = issue_letter(session, PRESS, request)
    facts, _ = from_json(letter.facts)
    assert (facts.own, facts.text) == (1, digest_of(OWN))
    shelf = text_shelf(session, KEY, "nl")
    assert [(one.number, one.text, one.change) for one in shelf.versions] == [(1, OWN, WHY)]
    assert "letter_text_in_force" in acts(session, STAFF)
    assert session.verify(STAFF).in_order


def test_a_reprint_stands_whatever_becomes_of_the_text(school: School) -> None:
    session, _, request = to_staff(school)
    put_text_in_force(session, KEY, "nl", OWN, WHY)
    letter = issue_letter(session, PRESS, request)
    go_back_to_shipped(session, KEY, "nl")
    assert reprint(session, STAFF, letter.id).digest == letter.digest
    assert text_shelf(session, KEY, "nl").versions[0].digest == from_json(letter.facts)[0].text


def test_the_shipped_text_can_always_be_reached(school: School) -> None:
    session, _, request = to_staff(school)
    put_text_in_force(session, KEY, "nl", OWN, WHY)
    go_back_to_shipped(session, KEY, "nl")
    assert draft_letter(session, request).template.own == 0
    put_text_in_force(session, KEY, "nl", OWN, WHY)
    assert [one.number for one in text_shelf(session, KEY, "nl").versions] == [2, 1]


def test_a_text_that_is_not_right_never_comes_in_force(school: School) -> None:
    session = school.director()
    with pytest.raises(Refusals) as caught:
        put_text_in_force(session, KEY, "nl", "Beste {nobody},", WHY)
    said = {one.message.id for one in caught.value.found}
    assert {"letters.flaw_unknown_slot", "letters.flaw_signatures"} <= said
    assert text_shelf(session, KEY, "nl").versions == ()


@pytest.mark.parametrize(
    ("text", "change", "said"),
    [
        ("", WHY, "letters.flaw_empty"),
        (TEXT, WHY, "letters.text_same"),
        (f"\n{TEXT.strip()}  ", WHY, "letters.text_same"),
        (OWN, " ", "letters.change_missing"),
        (OWN + "\n\nnr 111222333\n", WHY, "people.bsn"),
    ],
)
def test_what_an_own_text_needs(school: School, text: str, change: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        put_text_in_force(school.director(), KEY, "nl", text, change)


@pytest.mark.parametrize("role", ["teacher", "administrator"])
@pytest.mark.parametrize("key", [KEY, "consent_reminder"])
def test_only_a_director_writes_texts(school: School, role: str, key: str) -> None:
    session = school.teacher() if role == "teacher" else school.administrator()
    text = resources.letter(key, "nl")[1] + "\n"
    with pytest.raises(Refusal, match="text_director"):
        keep_text(session, key, "nl", text)
    with pytest.raises(Refusal, match="text_director"):
        put_text_in_force(session, key, "nl", f"Dag\n\n{text}", WHY)
    with pytest.raises(Refusal, match="text_director"):
        go_back_to_shipped(session, key, "nl")


def updated(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The program comes with another text."""
    table = resources.letter(KEY, "nl")[0]
    real = resources.letter

    def letter(key: str, language: str) -> tuple[resources.Table, str]:
        return (table, text) if key == KEY else real(key, language)

    monkeypatch.setattr(resources, "letter", letter)
    fresh = template.load_template.__wrapped__
    monkeypatch.setattr(own, "load_template", fresh)


def test_an_own_text_older_than_the_programs_is_pointed_out(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _, request = to_staff(school)
    put_text_in_force(session, KEY, "nl", OWN, WHY)
    updated(monkeypatch, TEXT.replace("Beste", "Geachte"))
    draft = draft_letter(session, request)
    assert (draft.template.own, draft.ready) == (1, True)
    assert "letters.own_older" in [one.message.id for one in draft.findings]
    assert text_shelf(session, KEY, "nl").state == own.OLDER


def test_an_own_text_that_fits_no_more_gives_way(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _, request = to_staff(school)
    put_text_in_force(session, KEY, "nl", OWN, WHY)
    real = template.with_text

    def stricter(shipped: template.Template, text: str) -> object:
        found, flaws = real(shipped, text)
        return found, (*flaws, *flaws_of(KEY, "nl", "")) if text == OWN else flaws

    monkeypatch.setattr(own, "with_text", stricter)
    draft = draft_letter(session, request)
    assert (draft.template.own, draft.template.own_state) == (0, own.UNFIT)
    assert draft.template.digest == load_template(KEY, "nl").digest
    assert "letters.own_unfit" in [one.message.id for one in draft.findings]


def test_a_letter_of_either_dossier_has_its_text_in_both(school: School) -> None:
    session = school.director()
    text = resources.letter("police_cover", "nl")[1].replace("Namens", "Voor")
    put_text_in_force(session, "police_cover", "nl", text, WHY)
    for compartment in (STAFF, Compartment.PUPIL_DOSSIER):
        with session.look(compartment) as reader:
            assert own.template_for(reader, "police_cover", "nl").own == 1


def test_every_text_is_listed(school: School) -> None:
    session = school.director()
    keep_text(session, KEY, "nl", "x")
    lines = {line.template.key: line for line in letter_texts(session, "nl")}
    assert sorted(lines) == resources.letters()
    assert (lines[KEY].drafted, lines[KEY].own) == (True, 0)


def test_two_texts_are_compared_block_by_block() -> None:
    found = [(one.kind, one.text) for one in changes("a\n\nb\n\nc", "a\n\nd\n\nc")]
    assert found == [(SAME, "a"), (GONE, "b"), (NEW, "d"), (SAME, "c")]


def test_markup_in_a_value_stays_text_under_an_own_text(school: School) -> None:
    session, _, request = to_staff(school)
    put_text_in_force(session, KEY, "nl", OWN, WHY)
    odd = "# kop {signer} [signature]"
    answers = {**request.answers, "facts": odd}
    letter = issue_letter(session, PRESS, replace(request, answers=answers))
    assert from_json(letter.facts)[0].values["facts"] == odd


SUBJECT = "Waarschuwing, {event_day}"


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("", "subject_empty"),
        ("Waarschuwing " * 10, "subject_long"),
        ("Waarschuwing aan {nobody}", "subject_slot"),
        ("Waarschuwing: {facts}", "subject_slot"),
        ("Waarschuwing {event_day", "subject_brace"),
        ("Waarschuwing en berisping", "subject_forbidden"),
        ("Over sociale media", "subject_says"),
    ],
)
def test_what_is_not_right_with_a_subject_is_named(subject: str, kind: str) -> None:
    flaws = flaws_of(KEY, "nl", join_subject(subject, TEXT))
    assert [flaw.kind for flaw in flaws] == [kind]
    for language in ("nl", "en"):
        refusal = own.refusal_of(flaws[0])
        assert refusal.field == "subject"
        assert Words(language).of(refusal.message).endswith(".")


def test_lines_are_counted_below_the_subject() -> None:
    text = join_subject("Over sociale media", f"{{a}}\n\n{TEXT}")
    found = [(flaw.kind, flaw.line) for flaw in flaws_of(KEY, "nl", text)]
    assert found == [("subject_says", 0), ("unknown_slot", 1)]


def test_an_own_subject_is_what_the_letter_and_the_dossier_say(school: School) -> None:
    session, _, request = to_staff(school)
    put_text_in_force(session, KEY, "nl", join_subject(SUBJECT, TEXT), WHY)
    letter = issue_letter(session, PRESS, request)
    event = from_json(letter.facts)[0].values["event_day"]
    assert isinstance(event, date)
    day = Words("nl").long_day(event)
    assert draft_letter(session, request).paper.subject == f"Waarschuwing, {day}"
    with session.look(STAFF) as reader:
        titles = [one.title for one in reader.all(Entry) if one.kind == "letter_out"]
    assert titles == [f"{letter.number} Waarschuwing, {day}"]
    go_back_to_shipped(session, KEY, "nl")
    assert draft_letter(session, request).paper.subject.startswith("Waarschuwing over het")


def test_a_subject_is_kept_with_its_text(school: School) -> None:
    session = school.director()
    shelf = text_shelf(session, KEY, "nl")
    assert shelf.subject == "Waarschuwing over het gebruik van sociale media"
    assert shelf.whole(f" {shelf.subject}  ", TEXT) == TEXT
    put_text_in_force(session, KEY, "nl", shelf.whole(SUBJECT, TEXT), WHY)
    shelf = text_shelf(session, KEY, "nl")
    assert (shelf.subject, shelf.body) == (SUBJECT, TEXT)


@pytest.mark.parametrize("key", resources.letters())
def test_the_shipped_subject_of_every_letter_is_right_for_the_editor(key: str) -> None:
    for language in resources.letter_languages(key):
        shipped = load_template(key, language)
        assert subject_of(shipped, shipped.subject.said(language))[1] == ()


def test_a_formal_letter_says_in_its_subject_what_it_is() -> None:
    every = [load_template(key, "nl") for key in resources.letters()]
    formal = ("warning", "intention", "decision")
    assert [one.key for one in every if one.purpose in formal and not one.says] == []


def test_a_draft_leaves_what_is_in_force(school: School) -> None:
    session, _, request = to_staff(school)
    put_text_in_force(session, KEY, "nl", OWN, WHY)
    keep_text(session, KEY, "nl", "nog niet goed")
    assert draft_letter(session, request).template.own == 1
    shelf = text_shelf(session, KEY, "nl")
    assert shelf.standing is not None
    assert shelf.draft is not None
