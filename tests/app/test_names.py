"""Names: folding, order, initials, and the government's own example tables (in our words)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import names


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zoë", "zoe"), ("Şeyma Yıldız", "seyma yildiz"), ("Łukasz", "lukasz"), ("İlknur", "ilknur"),
        ("in 't Veld", "in t veld"), ("IJsbrand", "ijsbrand"), ("O’Brien-d'Arc", "obrien darc"),
        ("Ĳsselmeer", "ijsselmeer"), ("Małysz-Żak", "malysz zak"), ("  A   B ", "a b"),
    ],
)  # fmt: skip
def test_what_is_typed_without_accents_is_found(typed: str, folded: str) -> None:
    assert names.fold(typed) == folded


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


def test_the_dutch_order_ignores_the_prefix_first() -> None:
    people = [
        ("Kim", "van den", "Berg"),
        ("Al", "", "Berger"),
        ("Bo", "", "Berg"),
        ("Cas", "de", "Vries"),
    ]
    ordered = sorted(people, key=lambda person: names.sort_key(*person))
    assert [person[0] for person in ordered] == ["Bo", "Kim", "Al", "Cas"]


@pytest.mark.parametrize(
    ("given_names", "written"),
    [
        ("Wim", "W."), ("Eva Marijke", "E.M."), ("Daan Koen Bart", "D.K.B."), ("Jo Q", "J.Q"), ("X", "X"),
        ("Thea", "T."), ("Christiaan Philomena", "C.P."), ("IJsbrand", "I."), ("Ijda", "I."), ("ijf", "I."),
        ("ĳsbrand", "I."), ("Jan-Willem", "J."), ("Anne-Fee Roos", "A.R."), ("Öykü", "Ö."), ("O\u0308ykü", "Ö."),
        ("élise", "É."), ("ßa", "S."), ("Şeyma  Nur", "Ş.N."), ("'Aisha", "A."), ("", ""), (".", "."),
        ("Th.J.", "Th.J."), ("P.C. Hooft", "P.C.H."),
    ],
)  # fmt: skip
def test_initials_follow_the_government_table(given_names: str, written: str) -> None:
    assert names.initials(given_names) == written


OWN, PARTNER = ("op den", "Dijk"), ("ter", "Horst")
CAPITALS = ("Van Der", "Linden")
PLAIN = ("", "Smit")

NAMES = [
    # own, partner, use, name line with initials, name after a title, name line without initials
    (OWN, ("", ""), "E", "K. op den Dijk", "Op den Dijk", "Op den Dijk"),
    (OWN, ("", ""), "V", "K. op den Dijk", "Op den Dijk", "Op den Dijk"),
    (OWN, PARTNER, "E", "K. op den Dijk", "Op den Dijk", "Op den Dijk"),
    (OWN, PARTNER, "P", "K. ter Horst", "Ter Horst", "Ter Horst"),
    (OWN, PARTNER, "V", "K. ter Horst-op den Dijk", "Ter Horst-op den Dijk", "Ter Horst-op den Dijk"),
    (OWN, PARTNER, "N", "K. op den Dijk-ter Horst", "Op den Dijk-ter Horst", "Op den Dijk-ter Horst"),
    (PLAIN, PARTNER, "P", "K. ter Horst", "Ter Horst", "Ter Horst"),
    (PLAIN, PARTNER, "V", "K. ter Horst-Smit", "Ter Horst-Smit", "Ter Horst-Smit"),
    (PLAIN, PARTNER, "N", "K. Smit-ter Horst", "Smit-ter Horst", "Smit-ter Horst"),
    (OWN, PLAIN, "V", "K. Smit-op den Dijk", "Smit-op den Dijk", "Smit-op den Dijk"),
    (PLAIN, CAPITALS, "E", "K. Smit", "Smit", "Smit"),
    (PLAIN, CAPITALS, "P", "K. Van Der Linden", "Van Der Linden", "Van Der Linden"),
    (OWN, CAPITALS, "V", "K. Van Der Linden-op den Dijk", "Van Der Linden-op den Dijk", "Van Der Linden-op den Dijk"),
    (OWN, CAPITALS, "N", "K. op den Dijk-Van Der Linden", "Op den Dijk-Van Der Linden", "Op den Dijk-Van Der Linden"),
    (("'t", "Huys"), PARTNER, "V", "K. ter Horst-'t Huys", "Ter Horst-'t Huys", "Ter Horst-'t Huys"),
    (PARTNER, ("'t", "Huys"), "P", "K. 't Huys", "'t Huys", "'t Huys"),
    (("d'", "Este"), PLAIN, "N", "K. d'Este-Smit", "D'Este-Smit", "D'Este-Smit"),
    (("", "Omar bin Said"), PARTNER, "N", "K. Omar bin Said-ter Horst", "Omar bin Said-ter Horst", "Omar bin Said-ter Horst"),
    (("", "Omar bin Said"), PARTNER, "V", "K. ter Horst-Omar bin Said", "Ter Horst-Omar bin Said", "Ter Horst-Omar bin Said"),
    (("", "ijzerman"), ("", ""), "E", "K. ijzerman", "IJzerman", "IJzerman"),
    (("", " Smit "), ("", " Bos  Pool "), "V", "K. Bos Pool-Smit", "Bos Pool-Smit", "Bos Pool-Smit"),
    (OWN, (" ", "  "), "P", "K. op den Dijk", "Op den Dijk", "Op den Dijk"),
]  # fmt: skip


@pytest.mark.parametrize(("own", "partner", "use", "line", "titled", "alone"), NAMES)
def test_names_with_and_without_a_partner_follow_the_government_table(
    own: tuple[str, str], partner: tuple[str, str], use: str, line: str, titled: str, alone: str
) -> None:
    prefix, surname = names.family_name(own, partner, names.NameUse(use))
    assert names.name_line("K.", "Kim", prefix, surname) == line
    assert names.formal_name("K.", "Kim", prefix, surname) == line
    assert names.formal_name("K.", "Kim", prefix, surname, titled=True) == titled
    assert names.name_line("", "", prefix, surname) == alone


@given(
    st.text(max_size=8),
    st.text(max_size=8),
    st.text(max_size=8),
    st.text(max_size=8),
    st.sampled_from(names.NameUse),
)
def test_no_name_has_loose_spaces(a: str, b: str, c: str, d: str, use: names.NameUse) -> None:
    prefix, surname = names.family_name((a, b), (c, d), use)
    shown = names.name_line("", "", prefix, surname)
    assert shown == shown.strip()


@pytest.mark.parametrize(
    ("initials", "prefix", "surname", "line"),
    [
        ("A.B.", "van", "Dam", "A.B. van Dam"), ("A.B", "In Den", "Dam", "A.B In Den Dam"), ("", "van", "Dam", "Van Dam"),
        ("", "'t", "Gooi", "'t Gooi"), ("", "", "Dam", "Dam"), ("A.B.", "", "", "A.B."), ("", "", "", ""),
    ],
)  # fmt: skip
def test_a_prefix_gets_its_capital_only_when_nothing_precedes(
    initials: str, prefix: str, surname: str, line: str
) -> None:
    assert names.name_line(initials, "", prefix, surname) == line


@pytest.mark.parametrize(
    ("parts", "shown", "listed"),
    [
        (("Bo", "d'", "Este"), "Bo d'Este", "Este, Bo d'"), (("Bo", "'t", "Hart"), "Bo 't Hart", "Hart, Bo 't"),
        (("Bo", "", ""), "Bo", "Bo"), (("", "van", "Dam"), "van Dam", "Dam, van"), (("Bo", "", "Van Dam"), "Bo Van Dam", "Van Dam, Bo"),
    ],
)  # fmt: skip
def test_names_on_screens_and_in_lists(
    parts: tuple[str, str, str], shown: str, listed: str
) -> None:
    assert (names.full_name(*parts), names.list_name(*parts)) == (shown, listed)


def test_the_order_of_difficult_names() -> None:
    people = [
        ("Bo", "", "Bakker"), ("Dirk", "", ""), ("Al", "'t", "Hart"), ("Bo", "van 't", "Hart"), ("Cas", "", "Hart-Bos"),
        ("Al", "", "IJsselstein"), ("Bo", "", "IJzerman"), ("Al", "", "Ikkersheim"), ("Al", "", "Öztürk"), ("Al", "", "Pol"),
        ("Al", "", "Van Dam"), ("Al", "", "Żak"),
    ]  # fmt: skip
    assert sorted(people, key=lambda person: names.sort_key(*person)) == people


def test_stored_text_has_no_loose_spaces_and_one_form_of_unicode() -> None:
    assert names.tidy("  Zoe\u0308  van   der Wal ") == "Zoë van der Wal"


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_a_name_turns_no_sentence_around(sign: str) -> None:
    assert names.tidy(f"{sign}Zo\u00eb  Wal{sign}") == "Zo\u00eb Wal"
