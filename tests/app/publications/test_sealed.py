"""Publications of teachers: sealed to the office, and recorded there exactly once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.check.answer import board, gather
from app.check.compose import compose, composed
from app.consent.decide import raise_flag
from app.errors import Refusal
from app.journal.questions import JournalLines
from app.publications import sealed
from app.publications.board import find_publications, publication_view
from app.publications.inbox import receive_publications, tell_publication
from app.publications.record import PublicationDraft
from app.record import Compartment
from app.start.begin import make_ready
from tests.app.publications.deeds import USED

if TYPE_CHECKING:
    from app.ports import Session
    from tests.sample import Sample


def drafted(session: Session) -> PublicationDraft:
    """What a teacher says of a composition of the first group."""
    group = board(session).groups[0].id
    found = gather(session, (group,), ())
    made = composed(
        compose(found.answers, (), "photo:website"),
        session.clock.now(),
        found.freshness.number,
    )
    return PublicationDraft(
        title="Uitje",
        medium=made.medium,
        channel=made.channel,
        used_on=session.clock.today(),
        subjects=made.published,
        composed=made.list_number,
    )


def acts(session: Session) -> list[str]:
    with session.look(Compartment.CONSENT) as reader:
        return [line.act for line in reader.ask(JournalLines(limit=20))]


def test_what_a_teacher_used_reaches_the_office_once(sample: Sample) -> None:
    teacher = sample.teacher()
    draft = drafted(teacher)
    id = tell_publication(teacher, draft)
    folder = sample.folder / "inbox" / "consent"
    waiting = {path.name: path.read_bytes() for path in folder.iterdir()}
    office = sample.administrator()
    make_ready(office)
    before = len(find_publications(office))
    view = publication_view(office, id)
    assert view is not None
    assert {person.id for person in view.people} == set(draft.subjects)
    assert view.publication.recorded_by == teacher.user.name
    assert view.question is None
    for name, content in waiting.items():  # a machine that stopped before it was taken out
        (folder / name).write_bytes(content)
    assert receive_publications(office) == 1
    assert len(find_publications(office)) == before
    assert office.waiting(Compartment.CONSENT) == ()
    assert "publication_received" in acts(office)


def test_the_verdict_then_is_what_was_known_when_it_was_sealed(sample: Sample) -> None:
    teacher = sample.teacher()
    draft = drafted(teacher)
    id = tell_publication(teacher, draft)
    sample.clock.move(timedelta(hours=1))
    office = sample.administrator()
    raise_flag(office, draft.subjects[0])
    make_ready(office)
    view = publication_view(office, id)
    assert view is not None
    assert all(person.permitted_then for person in view.people)
    assert [task.subject_id for task in view.tasks] == [draft.subjects[0]]


def test_a_teacher_holds_no_key_of_consent(sample: Sample) -> None:
    teacher = sample.teacher()
    tell_publication(teacher, drafted(teacher))
    with pytest.raises(Refusal):
        find_publications(teacher)
    assert receive_publications(teacher) == 0


def test_what_a_teacher_cannot_have_used_is_refused_before_it_leaves(sample: Sample) -> None:
    teacher = sample.teacher()
    with pytest.raises(Refusal):
        tell_publication(teacher, replace(drafted(teacher), title=""))
    assert len(sample.administrator().waiting(Compartment.CONSENT)) == 0


SPOILED: list[dict[str, object]] = [
    {"subjects": ["x"]},
    {"subjects": "x"},
    {"medium": "smell"},
    {"used_on": "soon"},
    {"title": 7},
    {"title": ""},
    {"composed": -1},
    {"used_on": "2199-01-01"},
    {"subjects": ["0" * 32]},
]


@pytest.mark.parametrize("wrong", SPOILED)
def test_what_is_none_is_named_and_taken_out(sample: Sample, wrong: dict[str, object]) -> None:
    teacher = sample.teacher()
    content = json.loads(sealed.to_bytes("a" * 32, drafted(teacher)))
    content["publication"] |= wrong
    teacher.seal(Compartment.CONSENT, json.dumps(content, separators=(",", ":")).encode())
    office = sample.administrator()
    make_ready(office)
    assert publication_view(office, "a" * 32) is None
    assert "publication_unreadable" in acts(office)
    assert office.waiting(Compartment.CONSENT) == ()


def test_the_same_values_come_back(sample: Sample) -> None:
    draft = replace(drafted(sample.teacher()), used_on=USED, until=USED, keeper=("Krant",))
    found = sealed.from_bytes(sealed.to_bytes("b" * 32, draft))
    assert found == sealed.SealedPublication("b" * 32, draft)
