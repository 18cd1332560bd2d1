"""Lists of teachers: from the check list alone, sealed to the office, filed exactly once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.check.answer import board
from app.errors import Refusal
from app.lists import sealed
from app.lists.inbox import receive_lists
from app.lists.listing import all_lists, list_board
from app.lists.make import (
    may_print,
    prepare_checked_list,
    prepare_list,
    register_list,
    reprint_list,
)
from app.record import Compartment
from app.start.begin import make_ready
from tests.app.lists.deeds import (
    DAYS,
    PRESS,
    acts,
    asked,
    office,
    taught,
)

if TYPE_CHECKING:
    from app.lists.records import PrintedList
    from tests.sample import Sample


def test_a_teacher_and_the_office_print_the_same_lines(sample: Sample) -> None:
    prepared = taught(sample.teacher())
    session = office(sample)
    mine = prepare_list(session, PRESS, asked(session))
    assert prepared.record.lines == mine.record.lines


def test_what_a_teacher_printed_reaches_the_office_once(sample: Sample) -> None:
    session = sample.teacher()
    prepared = taught(session)
    register_list(session, prepared)
    later = sample.administrator()
    assert len(later.waiting(Compartment.CONSENT)) == 2
    make_ready(later)
    ((found, end),) = all_lists(later)
    assert end is None
    assert found.number == prepared.record.number
    assert (found.printed_by, found.from_check) == (session.user.name, True)
    assert reprint_list(later, found.id).content == prepared.pdf.content
    assert later.waiting(Compartment.CONSENT) == ()
    assert receive_lists(later) == 0


def test_a_machine_that_stopped_in_between_files_it_once(sample: Sample) -> None:
    prepared = taught(sample.teacher())
    folder = sample.folder / "inbox" / "consent"
    waiting = {path.name: path.read_bytes() for path in folder.iterdir()}
    first = office(sample)
    for name, content in waiting.items():
        (folder / name).write_bytes(content)
    assert receive_lists(first) == 1
    assert [found.id for found, _ in all_lists(first)] == [prepared.record.id]


def test_who_it_was_is_what_the_seal_proves(sample: Sample) -> None:
    session = sample.teacher()
    prepared = prepare_checked_list(session, PRESS, asked(session))
    lying = replace(prepared.record, printed_by="Jan de Wit", from_check=False)
    register_list(session, replace(prepared, record=lying))
    ((found, _),) = all_lists(office(sample))
    assert (found.printed_by, found.from_check) == (session.user.name, True)


def test_notes_and_lists_share_an_inbox(sample: Sample) -> None:
    session = sample.teacher()
    with pytest.raises(Refusal):
        session.look(Compartment.CONSENT)
    taught(session)
    later = office(sample)
    assert {"access_refused", "list_printed"} <= set(acts(later))


def spoiled(record: PrintedList, **other: object) -> bytes:
    content = json.loads(sealed.to_bytes(record, saved=False))
    content["list"] |= other
    return json.dumps(content, separators=(",", ":")).encode()


SPOILED: list[dict[str, object]] = [
    {"id": "x"},
    {"lines": ["a yes"]},
    {"lines": ["0" * 32]},
    {"lines": ["0" * 32 + " yes+on_sundays"]},
    {"uses": []},
    {"uses": ["smell:x"]},
    {"language": "xx"},
    {"valid_until": "soon"},
    {"digest": ""},
    {"guests": "abc"},
    {"title": "x" * 900},
    {"pages": []},
]


@pytest.mark.parametrize("wrong", SPOILED)
def test_what_is_no_list_is_named_and_taken_out(
    sample: Sample, wrong: dict[str, object]
) -> None:
    session = sample.teacher()
    prepared = prepare_checked_list(session, PRESS, asked(session))
    session.seal(Compartment.CONSENT, spoiled(prepared.record, **wrong))
    later = office(sample)
    assert all_lists(later) == ()
    assert "list_unreadable" in acts(later)
    assert later.waiting(Compartment.CONSENT) == ()


def test_a_paper_that_is_not_the_one_spoken_of_is_not_kept(sample: Sample) -> None:
    session = sample.teacher()
    prepared = prepare_checked_list(session, PRESS, asked(session))
    content = sealed.to_bytes(prepared.record, saved=False)
    session.seal(Compartment.CONSENT, content, (("x.pdf", b"something else"),))
    later = office(sample)
    ((found, _),) = all_lists(later)
    assert found.blob == ""
    with pytest.raises(Refusal):
        reprint_list(later, found.id)


def test_no_list_is_made_of_a_check_list_that_is_not_trusted(sample: Sample) -> None:
    sample.clock.move(timedelta(days=20))
    session = sample.teacher()
    with pytest.raises(Refusal) as refused:
        prepare_checked_list(session, PRESS, asked(session))
    assert refused.value.message.id == "lists.not_trusted"


def test_it_ends_with_the_check_list_it_came_from(sample: Sample) -> None:
    sample.clock.move(timedelta(days=10))
    session = sample.teacher()
    until = board(session).freshness.until
    assert until is not None
    prepared = prepare_checked_list(session, PRESS, asked(session))
    assert prepared.record.valid_until == until < session.clock.today() + timedelta(days=DAYS)


def test_a_teacher_holds_no_key_but_that_of_the_check_list(sample: Sample) -> None:
    session = sample.teacher()
    assert may_print(session)
    assert [part for part in Compartment if session.opens(part)] == [Compartment.CHECK]
    with pytest.raises(Refusal):
        prepare_list(session, PRESS, asked(session))
    with pytest.raises(Refusal):
        list_board(session)
