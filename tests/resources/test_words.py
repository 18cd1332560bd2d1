"""The words of pass phrases, and the passwords that everybody tries."""

import re
from collections import Counter
from itertools import pairwise

import resources

WORDS = resources.word_list("nl")


def test_each_word_is_worth_eleven_bits() -> None:
    assert len(WORDS) == len(set(WORDS)) == 2**11


def test_words_are_easy_to_type() -> None:
    assert [word for word in WORDS if not re.fullmatch("[a-z]{4,8}", word)] == []
    assert all(first < second for first, second in pairwise(WORDS))


def test_four_letters_mostly_tell_words_apart() -> None:
    beginnings = Counter(word[:4] for word in WORDS)
    alone = sum(1 for word in WORDS if beginnings[word[:4]] == 1)
    assert alone / len(WORDS) > 0.75
    assert max(beginnings.values()) <= 4


def test_a_slip_of_one_letter_never_gives_another_word() -> None:
    """Two words are one slip apart when leaving one letter out makes them meet."""
    shorter = [(word, word[:i] + word[i + 1 :], i) for word in WORDS for i in range(len(word))]
    seen: dict[tuple[str, int], set[str]] = {}
    for word, rest, place in shorter:
        seen.setdefault((rest, place), set()).add(word)
    assert [pair for pair in seen.values() if len(pair) > 1] == []
    assert {rest for _, rest, _ in shorter}.isdisjoint(WORDS)


def test_common_passwords_are_lower_case_lines() -> None:
    common = resources.common_passwords()
    assert {"welkom01", "wachtwoord123", "password1234", "boordboek"} <= common
    assert len(common) >= 200
    assert all(entry == entry.strip().lower() and entry for entry in common)
