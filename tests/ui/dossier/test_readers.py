"""Who read a dossier, beside it: the same again and again on a day is one line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.dossier.readers import ReaderLine
from ui.dossier.page import read_lines

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def line(act: str, hours: int = 0, user: str = "Jan de Wit") -> ReaderLine:
    return ReaderLine(NOW - timedelta(hours=hours), user, act, "2026-001")


def test_the_same_again_is_said_once_with_how_often() -> None:
    said = read_lines([line("case_read"), line("case_read", 1), line("case_read", 2)])
    assert said == [("Jan de Wit", "zaak gelezen 2026-001 · 23 nov 2026, 11:00 · 3 keer")]


def test_another_person_act_or_day_is_a_line_of_its_own() -> None:
    lines = [
        line("case_read"),
        line("case_read", user="Iris Bos"),
        line("letter_reprinted"),
        line("letter_reprinted", 24),
    ]
    assert len(read_lines(lines)) == len(lines)
    assert all("keer" not in said for _, said in read_lines(lines))
