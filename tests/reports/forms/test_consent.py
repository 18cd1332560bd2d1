from __future__ import annotations

from dataclasses import replace

import pytest

import resources
from app.errors import Refusal
from app.forms.geometry import AnswerPage, Asked, Spot, answer_page_of, answer_pages
from app.forms.papers import ConsentForms, FormLine, FormSection, Signer
from app.text import Words
from reports.press import PaperPress
from tests.reports.looking import darkest, gray, texts
from tests.reports.papers import HEAD, STAMP, consent_form, consent_forms, sections

LONG = "Anna-Maria Wilhelmina Theodora van den Berg-Oosterhuis tot Slochteren"
LONG_CHILD = "Maximiliaan Alexander Łukasz Wójcik-Świątek van de Waterbeemd Şahin"

OF_PUPIL = {
    "nl": (
        ["U bent 16 jaar of ouder.", "opnamen van u mogen", "Dit formulier gaat over mijzelf"],
        ["uw kind", "het kind", "Iedere ouder of voogd", "Ik heb gezag"],
    ),
    "en": (
        ["You are 16 or older.", "recordings of you for", "This form is about myself"],
        ["your child", "the child", "Every parent", "I hold authority"],
    ),
    "de": (
        ["16 Jahre oder älter", "Aufnahmen von Ihnen", "Dieses Formular betrifft mich"],
        ["Ihr Kind", "das Kind", "Alle sorgeberechtigten", "Ich bin sorgeberechtigt"],
    ),
    "fr": (
        ["16 ans ou plus", "ceux où vous apparaissez", "Ce formulaire me concerne"],
        ["votre enfant", "l'enfant", "Chaque parent", "J'ai l'autorité"],
    ),
    "pl": (
        ["Kto ma 16 lat", "z Pani lub Pana udziałem", "Ten formularz dotyczy mnie"],
        ["jest dziecko", "dziecko widać", "Każdy rodzic", "Mam władzę"],
    ),
}
LANGUAGES = list(resources.PAPER_LANGUAGES)


def plan(paper: ConsentForms) -> tuple[AnswerPage, ...]:
    asked = tuple(
        Asked(section.medium, tuple(line.use for line in section.lines))
        for section in paper.sections
    )
    conditions = tuple(condition.key for condition in paper.conditions)
    return answer_pages(asked, conditions, large=paper.large)


def assert_boxes_where_they_belong(paper: ConsentForms, dpi: int = 300) -> None:
    """Every box is white inside, and its frame lies within half a millimetre of its place."""
    pdf = PaperPress().draw(paper)
    for number in range(pdf.pages):
        page = answer_page_of(plan(paper), number + 1, pdf.pages)
        picture = gray(pdf, number, dpi)
        for box in page.boxes if page else ():
            assert darkest(picture, box.inset(0.5), dpi) == 255
            for edge in (0, 1, 2, 3):
                assert darkest(picture, _edge(box, edge), dpi) < 100


def _edge(box: Spot, side: int) -> Spot:
    """A strip of a millimetre across the middle of one side of a box."""
    x, y = box.centre
    half = box.width / 2
    across = [(x, y - half), (x, y + half), (x - half, y), (x + half, y)][side]
    return Spot(across[0] - 0.5, across[1] - 0.5, 1.0, 1.0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("large", [False, True])
def test_boxes_stand_where_the_geometry_says(language: str, large: bool) -> None:
    assert_boxes_where_they_belong(consent_forms(language=language, large=large), dpi=200)


def test_boxes_stand_where_they_belong_with_many_channels() -> None:
    assert_boxes_where_they_belong(consent_forms(sections=sections(channels=12)), dpi=200)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_a_new_register_is_one_sheet(language: str) -> None:
    assert PaperPress().draw(consent_forms(language=language)).pages == 2


def test_the_first_page_asks_and_tells() -> None:
    first, _ = texts(PaperPress().draw(consent_forms()))
    for part in (
        HEAD.school,
        "Mw. M. van der Wal",
        "Toestemming voor foto, film en geluid",
        "Over Zoë van der Wal, groep Zeester",
        "Beste Marijke van der Wal,",
        "U bent vrij om ja of nee te zeggen.",
        "U kunt een ja altijd weer intrekken",
        "Stichting Varend Onderwijs",
    ):
        assert part in first


def test_the_second_page_holds_questions_and_signature() -> None:
    _, second = texts(PaperPress().draw(consent_forms()))
    places = [
        second.index(part)
        for part in ("Zoë van der Wal", "Foto", "Film", "Geluid", "Alleen als", "Handtekening")
    ]
    assert places == sorted(places)
    assert second.count("Website (openbaar)") == 3
    assert "Graag terug voor 6 december 2026." in second


@pytest.mark.parametrize("large", [False, True])
def test_every_page_says_which_it_is(large: bool) -> None:
    found = texts(PaperPress().draw(consent_forms(large=large)))
    for number, text in enumerate(found, 1):
        assert f"Bladzijde {number} van {len(found)}" in text
        assert f"logboek {STAMP}" in text
        assert "formulierversie 3 (1 september 2026)" in text


def test_forms_of_a_group_begin_on_a_sheet_of_their_own() -> None:
    many = sections(channels=12)
    forms = (consent_form(1), consent_form(2, pupil="Łukasz"))
    found = texts(PaperPress().draw(consent_forms(*forms, sections=many)))
    assert [number for number, text in enumerate(found) if "Bladzijde 1 van 3" in text] == [
        0,
        4,
    ]
    assert found[3] == "Deze bladzijde is met opzet leeg."
    assert "Łukasz" not in "".join(found[:4])


@pytest.mark.parametrize("window", ["nl_left", "nl_right", "din_b"])
def test_long_names_are_printed_whole(window: str) -> None:
    address = (LONG, "t.a.v. het schip Onderneming IV", "Kade 1234-bis", "3311 AB  DORDRECHT")
    form = consent_form(pupil=LONG_CHILD, guardian=LONG, address=address)
    pdf = PaperPress().draw(consent_forms(form, window=window))
    first, second = texts(pdf)
    assert LONG in first
    assert LONG_CHILD in first
    assert LONG in second
    assert LONG_CHILD in second


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_left_in_dutch_or_unfilled(language: str, large: bool) -> None:
    said = " ".join(texts(PaperPress().draw(consent_forms(language=language, large=large))))
    assert not {"{", "}"} & set(said)
    others = {one: Words(one)("paper.form_number", number="000001") for one in LANGUAGES}
    assert others[language][1:] in said
    assert language == "nl" or Words("nl")("paper.form_version", version=3, day="") not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("large", [False, True])
def test_a_pupil_of_sixteen_signs_himself(language: str, large: bool) -> None:
    form = consent_form(pupil="Kim Verbeek", signer=Signer.PUPIL, guardian="Kim Verbeek")
    paper = consent_forms(form, language=language, large=large)
    said = " ".join(texts(PaperPress().draw(paper)))
    own, usual = OF_PUPIL[language]
    assert [words for words in own if words not in said] == []
    assert [words for words in usual if words in said] == []


def test_parents_and_pupils_in_one_file_have_their_own_words() -> None:
    own = consent_form(1, pupil="Kim Verbeek", signer=Signer.PUPIL, guardian="Kim Verbeek")
    found = texts(PaperPress().draw(consent_forms(own, consent_form(2))))
    assert "waarop u te herkennen bent" in found[1]
    assert "ik sta er samen met anderen op" in found[1]
    assert "waarop het kind te herkennen is" in found[3]
    assert "het kind staat er samen met anderen op" in found[3]
    assert ("uw kind" in found[0], "uw kind" in found[2]) == (False, True)


def test_a_child_without_a_group_is_named_without_one() -> None:
    first, _ = texts(PaperPress().draw(consent_forms(consent_form(group=""))))
    assert "groep ," not in first
    assert "Zoë van der Wal Beste" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heading_never_stands_apart_from_its_text(language: str) -> None:
    """No page ends with a heading."""
    tables = resources.form_text(language)
    parts = [part for part in tables.values() if isinstance(part, dict)]
    for large in (False, True):
        found = texts(PaperPress().draw(consent_forms(language=language, large=large)))
        for number, text in enumerate(found, 1):
            foot = tables["footer"]["page"].format(page=number, pages=len(found))
            assert foot in text
            orphans = [p for p in parts if f"{p.get('heading')} {foot}" in text]
            assert orphans == []


def test_parts_that_the_wording_lacks_are_left_out() -> None:
    bare = {"title": "Toestemming", "questions": {"yes": "ja", "no": "nee"}}
    found = texts(PaperPress().draw(consent_forms(wording=bare, conditions=(), reply_by="")))
    assert "Toestemming" in found[0]
    assert "Ja Nee" in found[1]


def test_an_own_part_of_the_wording_is_printed_too() -> None:
    paper = consent_forms()
    wording = {**paper.wording, "ship": {"heading": "Aan boord", "text": "Ook op {school}."}}
    first = texts(PaperPress().draw(consent_forms(wording=wording)))[0]
    assert f"Aan boord Ook op {HEAD.school}." in first


def test_a_question_that_does_not_fit_is_refused_not_cut() -> None:
    line = FormLine(use="photo:x", name="Onleesbaar " * 40)
    section = FormSection(medium="photo", title="Foto", explanation="", lines=(line,))
    with pytest.raises(Refusal) as refused:
        PaperPress().draw(consent_forms(sections=(section,)))
    assert refused.value.message.id == "paper.too_long"


def with_examples(paper: ConsentForms, many: int = 8) -> ConsentForms:
    told = [f"Kanaal {number}: zo ziet dat eruit in het echt." for number in range(many)]
    examples = {"heading": "Hoe ziet dat eruit?", "items": told}
    return replace(paper, wording={**paper.wording, "examples": examples})


@pytest.mark.parametrize("channels", [2, 4, 8, 12, 16])
@pytest.mark.parametrize("large", [False, True])
def test_examples_stand_there_whole_or_not_at_all_and_cost_no_sheet(
    channels: int, large: bool
) -> None:
    paper = consent_forms(sections=sections(channels=channels), large=large)
    without = PaperPress().draw(paper)
    drawn = PaperPress().draw(with_examples(paper))
    assert (drawn.pages + 1) // 2 == (without.pages + 1) // 2
    told = " ".join(texts(drawn)).count("zo ziet dat eruit in het echt")
    assert told in (0, 8)
    if without.pages % 2:
        assert told == 8


def test_boxes_stand_where_they_belong_behind_a_page_of_examples() -> None:
    paper = with_examples(consent_forms(sections=sections(channels=12)))
    assert PaperPress().draw(paper).pages % 2 == 0
    assert_boxes_where_they_belong(paper, dpi=200)


def test_examples_that_are_wanted_take_their_sheet() -> None:
    paper = with_examples(consent_forms(), many=60)
    assert PaperPress().draw(paper).pages == 2
    drawn = PaperPress().draw(replace(paper, examples=True))
    assert drawn.pages == 3
    assert " ".join(texts(drawn)).count("zo ziet dat eruit in het echt") == 60
    assert_boxes_where_they_belong(replace(paper, examples=True), dpi=200)


def test_a_form_in_large_print_has_its_examples() -> None:
    drawn = PaperPress().draw(with_examples(consent_forms(large=True)))
    assert " ".join(texts(drawn)).count("zo ziet dat eruit in het echt") == 8
