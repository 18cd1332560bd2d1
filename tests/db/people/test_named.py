"""The index of name words in memory: made once, and followed by what was written since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.people.naming import NamesIn, names_in
from app.people.people import GuardianDraft, save_guardian
from app.record import Compartment
from db.people.named import KnownNames
from db.store.reading import Reading

if TYPE_CHECKING:
    from db.register.session import LocalSession
    from tests.registers import School


def asked(session: LocalSession, question: NamesIn) -> tuple[list[str], int]:
    """The surnames that were found, and how many rows the index holds."""
    with session.look(Compartment.CONSENT) as reader:
        found = [one.surname for one in reader.ask(question)]
        assert isinstance(reader, Reading)
        _, kept = reader.made[KnownNames]
    assert isinstance(kept, KnownNames)
    return found, len(kept.kinds["guardian"].letters)


def test_each_row_is_read_once(school: School) -> None:
    session = school.administrator()
    save_guardian(session, GuardianDraft(first_name="Daan", surname="Vermeer"))
    question = names_in(["vermeer", "kwam"])
    assert asked(session, question) == (["Vermeer"], 1)
    assert asked(session, question) == (["Vermeer"], 1)
    save_guardian(session, GuardianDraft(first_name="Kim", surname="Zwart"))
    assert asked(session, question) == (["Vermeer"], 2)


def test_words_that_stand_apart_make_no_pair() -> None:
    near = names_in(["daan", *"abcdefg", "vermeer"]).near
    assert ("daan", "vermeer") not in near
    assert ("g", "vermeer") in near


def test_nobody_is_found_by_no_word(school: School) -> None:
    session = school.administrator()
    save_guardian(session, GuardianDraft(first_name="Daan", surname="Vermeer"))
    assert asked(session, names_in([]))[0] == []
