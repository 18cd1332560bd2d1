"""Calendar files by the letter of RFC 5545, and read back as they were written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.duties.ics import Event, calendar_file, stable_uid

STAMP = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = date(2026, 12, 7)
NAMES = re.compile(r"[A-Z-]+\Z")
VALUES = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*\Z")
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"}


def written(*events: Event) -> bytes:
    return calendar_file(events, STAMP, "Termijnen; plichten, alles", "nl")


def lines(content: bytes) -> list[str]:
    """The lines of a file, unfolded; every rule about lines holds."""
    assert content.endswith(b"\r\n")
    physical = content.removesuffix(b"\r\n").split(b"\r\n")
    for each in physical:
        assert len(each) <= 75
        assert b"\n" not in each
        assert b"\r" not in each
        each.decode()  # never folded inside a character
    return content.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode().split("\r\n")


def unescaped(value: str) -> str:
    found, escaped = "", False
    for character in value:
        if escaped:
            assert character in "\\;,nN"
            found += "\n" if character in "nN" else character
        elif character != "\\":
            assert character not in ";,"
            found += character
        escaped = character == "\\" and not escaped
    assert not escaped
    return found


def read(content: bytes) -> list[Event]:
    """The events of a file, refusing whatever the standard does not allow."""
    found: list[Event] = []
    event: dict[str, tuple[str, str]] | None = None
    every = lines(content)
    assert (every[0], every[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head = [line.partition(":")[0] for line in every[1:5]]
    assert head == ["VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME"]  # each once (3.6)
    assert sum(line.startswith("BEGIN:") for line in every) == every.count("END:VEVENT") + 1
    for line in every:
        name, _, value = line.partition(":")
        name, _, parameter = name.partition(";")
        assert NAMES.match(name), line
        assert VALUES.match(value), line
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            assert event is not None
            assert event.keys() == ONCE
            found.append(as_event(event))
            event = None
        elif event is not None:
            assert name not in event
            event[name] = (parameter, value)
    assert len({event.uid for event in found}) == len(found)
    return found


def as_event(event: dict[str, tuple[str, str]]) -> Event:
    parameter, start = event["DTSTART"]
    assert event["DTEND"][0] == parameter
    assert event["DTEND"][1] > start
    when: date
    if parameter == "VALUE=DATE":
        when = date.fromisoformat(start)
        assert date.fromisoformat(event["DTEND"][1]) == when + timedelta(days=1)
    else:
        assert parameter == ""
        when = datetime.strptime(event["DTEND"][1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return Event(event["UID"][1], when, unescaped(event["SUMMARY"][1]))


def test_a_file_has_its_head_and_foot_and_an_event_of_a_whole_day() -> None:
    event = Event("1@boordboek", DAY, "Zaak 2026-003: gesprek")
    assert written(event).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Boordboek//Boordboek//NL",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Termijnen\\; plichten\\, alles",
        "BEGIN:VEVENT",
        "UID:1@boordboek",
        "DTSTAMP:20261123T093000Z",
        "DTSTART;VALUE=DATE:20261207",
        "DTEND;VALUE=DATE:20261208",
        "SUMMARY:Zaak 2026-003: gesprek",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_moment_ends_the_hour_before_it() -> None:
    moment = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    said = written(Event("1@boordboek", moment, "72 uur")).decode()
    assert "DTSTART:20261124T220000Z\r\nDTEND:20261124T230000Z\r\n" in said


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)
DAYS = st.dates(date(1990, 1, 1), date(2199, 12, 30))
SECONDS = st.integers(0, 6_000_000_000)
WHEN = DAYS | SECONDS.map(lambda seconds: STAMP + timedelta(seconds=seconds))


@given(
    st.lists(
        st.builds(Event, st.uuids().map(lambda u: f"{u.hex}@b"), WHEN, WORDS),
        max_size=4,
        unique_by=lambda event: event.uid,
    )
)
def test_what_was_written_is_read_back(events: list[Event]) -> None:
    assert read(written(*events)) == events


@pytest.mark.parametrize(
    "odd", ["a\nb", "een; twee, drie\\vier", "ë" * 80, "\u65e5\u672c" * 40, "\N{SHIP}" * 30]
)
def test_odd_words_come_back(odd: str) -> None:
    assert read(written(Event("1@boordboek", DAY, odd)))[0].summary == odd


def test_an_identifier_stays_and_tells_nothing() -> None:
    uid = stable_uid("register", "case", "term:staff.views")
    assert uid == stable_uid("register", "case", "term:staff.views")
    assert uid != stable_uid("register", "case", "term:staff.appeal")
    assert stable_uid("ab", "c") != stable_uid("a", "bc")
    assert re.fullmatch(r"[0-9a-f]{32}@boordboek", uid)
