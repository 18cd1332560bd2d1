"""The bytes of a report: a round trip for every report, tolerance for newer ones, limits."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.breach.sealed import (
    LARGEST,
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST,
    MOST_ANSWERS,
    Affected,
    EvidenceNote,
    Involved,
    RegisterSaid,
    Report,
    Said,
    from_bytes,
    tidy_line,
    tidy_text,
    to_bytes,
)
from app.errors import Refusal

lines = st.text(max_size=30).map(tidy_line)
texts = st.text(max_size=200).map(tidy_text)
words = st.lists(lines, max_size=4).map(tuple)
instants = st.datetimes(timezones=st.just(UTC))
reports = st.builds(
    Report,
    protocol=lines,
    protocol_version=st.integers(0, 9),
    actor_kind=st.sampled_from(["staff", "guardian", "other"]),
    actor_id=lines,
    actor_name=lines,
    occurred_on=st.dates(),
    discovered_on=st.dates(),
    place=lines,
    facts=texts,
    opinion=texts,
    articles=words,
    medium=lines,
    audience=lines,
    made=st.booleans(),
    shared=st.booleans(),
    affected=st.lists(st.builds(Affected, lines, lines), max_size=3).map(tuple),
    categories=words,
    evidence=st.lists(
        st.builds(
            EvidenceNote,
            *(lines, lines, lines),
            st.integers(0, 10**9),
            st.none() | instants,
            words,
        ),
        max_size=3,
    ).map(tuple),
    key=lines,
    protocol_digest=lines,
    actor_user=lines,
    capacity=st.sampled_from(["", "staff", "guardian"]),
    own=st.booleans(),
    channel=lines,
    people=st.lists(
        st.builds(
            Involved,
            st.sampled_from(["actor", "affected", "witness", "reporter"]),
            lines,
            st.sampled_from(["pupil", "staff", "guardian", "other"]),
            *(lines, lines),
        ),
        max_size=3,
    ).map(tuple),
    register=st.none()
    | st.builds(
        RegisterSaid,
        st.sampled_from(["list", "register"]),
        st.dates(),
        st.integers(0, 9_999),
        st.none() | instants,
        lines,
        st.lists(st.builds(Said, *([lines] * 6)), max_size=3).map(tuple),
    ),
)
OLD = (
    '{"actor_id":"","actor_kind":"guardian","actor_name":"de vader van Zoë",'
    '"affected":[{"id":"","name":"Zoë van der Wal"}],"articles":["A5"],"audience":"",'
    '"categories":[],"discovered_on":"2026-11-10","evidence":[{"digest":"ab","name":"a.png",'
    '"obtained":"zelf gemaakt","size":3}],"facts":"Een filmpje.","format":"boordboek.report",'
    '"made":false,"medium":"film","occurred_on":"2026-11-10","opinion":"",'
    '"place":"WhatsApp-groep","protocol":"lovk-2023","protocol_version":1,"shared":true,'
    '"version":1}'
).encode()
"""A report of the first format, as it was sealed then."""

PLAIN = Report(
    protocol="lovk-2023",
    protocol_version=1,
    actor_kind="staff",
    occurred_on=date(2026, 11, 2),
    discovered_on=date(2026, 11, 3),
    facts="Een foto van de groep stond op een openbare pagina.",
    articles=("A5",),
)


def changed(**values: object) -> bytes:
    content: dict[str, Any] = json.loads(to_bytes(PLAIN)) | values
    return json.dumps(content).encode()


@given(reports)
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    assert from_bytes(to_bytes(report)) == report


def test_a_report_of_the_first_format_is_read() -> None:
    found = from_bytes(OLD)
    assert (found.actor_name, found.shared, found.medium) == ("de vader van Zoë", True, "film")
    assert found.evidence == (EvidenceNote("a.png", "zelf gemaakt", "ab", 3),)
    assert (found.key, found.actor_user, found.people, found.register) == ("", "", (), None)


def test_what_a_newer_version_added_is_passed_over() -> None:
    assert from_bytes(changed(version=7, weather={"wind": [1, 2]})) == PLAIN


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[1]",
        b"\xff\xfe",
        b"[" * 100_000,
        b" " * (LARGEST + 1),
        changed(format="boordboek.letter"),
        changed(facts=3),
        changed(facts="x" * 20_001),
        changed(place="x" * 201),
        changed(articles="A5"),
        changed(articles=["A5"] * 101),
        changed(actor_kind="pupil"),
        changed(occurred_on="2026-02-30"),
        changed(affected=["Zoë"]),
        changed(made="yes"),
        changed(capacity="head"),
        changed(people=[{"role": "judge", "name": "Jan"}]),
        changed(people=[{"role": "witness", "name": "Jan"}] * 101),
        changed(register={"source": "rumour", "day": "2026-11-02", "number": 1}),
        changed(register={"source": "list", "day": "then", "number": 1}),
        changed(register=[]),
        changed(evidence=[{"name": "a", "size": 1, "arrived_at": "2026-11-02T10:00:00"}]),
    ],
)
def test_what_is_no_report_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        from_bytes(content)
    assert refused.value.message.id == "breach.unreadable"


def test_a_foreign_line_is_tidied_when_it_is_read() -> None:
    assert from_bytes(changed(place="  op\x1f het\x00 plein\n")).place == "op het plein"


@given(st.text())
def test_tidy_text_has_nothing_left_to_tidy(text: str) -> None:
    tidied = tidy_text(text)
    assert tidy_text(tidied) == tidied
    assert "\n\n\n" not in tidied
    assert "\x1f" not in tidied


def test_paragraphs_stay_paragraphs() -> None:
    assert (
        tidy_text(" Eén  regel\r\nen nog een\r\n \r\n\r\nTwee ")
        == "Eén regel\nen nog een\n\nTwee"
    )


def test_the_largest_report_can_be_read_again() -> None:
    """Everything at its longest, in characters of four bytes."""
    line, text = "😀" * LONGEST_LINE, "😀" * LONGEST_TEXT
    people = tuple(Involved("witness", line, "other", line, line) for _ in range(MOST))
    said = tuple(
        Said("a" * 32, line, "film:website", line, "ask", "x" * LONGEST_LINE)
        for _ in range(MOST_ANSWERS)
    )
    whole = replace(
        PLAIN,
        actor_name=line,
        place=line,
        facts=text,
        opinion=text,
        affected=tuple(Affected(line, line) for _ in range(MOST)),
        people=people,
        evidence=tuple(EvidenceNote(line, line, "ab" * 32, 1) for _ in range(MOST)),
        register=RegisterSaid("list", date(2026, 11, 2), answers=said),
    )
    assert len(to_bytes(whole)) < LARGEST
    assert from_bytes(to_bytes(whole)) == whole
