"""Figures without names, ready to leave as a document and as a table.

What is made here has not left yet: whoever prints or saves it notes its `leaving` first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import resources
from app.figures.papers import FiguresPaper, FiguresPart, FiguresRow
from app.journal.leaving import Leaving
from app.journal.questions import JournalLines
from app.record import Compartment
from app.register.letterhead import letterhead
from app.register.school import school_of
from app.roster.sending.sheets import Sheet, to_csv
from app.text import Words

if TYPE_CHECKING:
    from app.figures.collect import FigureGroup, Figures, FigureUse
    from app.figures.counts import Count
    from app.paper import Pdf
    from app.ports import Press, Reader, Session

SAVED, PRINTED = "figures_saved", "figures_printed"
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class PreparedFigures:
    """The same figures as a document and as a table, and what the journal has to hold.

    Attributes:
        name: of the files, without what tells their kind.
        left_before: the other day whose figures left last, or None; see `left_before`.
    """

    pdf: Pdf
    csv: bytes
    name: str
    day: str
    left_before: date | None = None

    def leaving(self, *, saved: bool, kind: str = "pdf") -> Leaving:
        """What is noted before they leave, with their marking."""
        return Leaving(SAVED if saved else PRINTED, f"without_names:{kind}:{self.day}")


def prepare_figures(
    session: Session, press: Press, figures: Figures, language: str
) -> PreparedFigures:
    """Draw figures in which nobody can be told; nothing is noted yet."""
    words = Words(language)
    with session.look(Compartment.CONSENT) as reader:
        school, stamp = school_of(reader), reader.head().stamp
        before = left_before(reader, figures.day)
    paper = FiguresPaper(
        language=language,
        letterhead=letterhead(school),
        day=words.long_day(figures.day),
        uses=tuple(_school_row(figures, use, words) for use in figures.uses),
        parts=tuple(_part(figures, use, words) for use in figures.uses),
        marking=words("paper.figures_marking", school=school.name),
        least=_least(),
        stamp=stamp,
    )
    day = figures.day.isoformat()
    name = words("figures.file_name", day=day)
    return PreparedFigures(press.draw(paper), _table(figures, words), name, day, before)


def left_before(reader: Reader, day: date) -> date | None:
    """The day of the figures without names that left last, other than those of this day.

    What two documents leave out each by itself can follow from their difference.
    """
    lines = (
        line
        for act in (SAVED, PRINTED)
        for line in reader.ask(JournalLines(limit=_LOOKED_AT, act=act))
    )
    days = (line.subject.rpartition(":")[2] for line in lines)
    return max(
        (date.fromisoformat(one) for one in days if one != day.isoformat()), default=None
    )


def use_name(use: FigureUse, words: Words) -> str:
    """Kind of recording and channel."""
    return f"{words(f'consent.medium_{use.medium}')}: {use.channel.name(words.language)}"


def group_name(group: FigureGroup, words: Words) -> str:
    """A group with its site; the pupils without a group have a name too."""
    if not group.id:
        return words("figures.no_group")
    return f"{group.name} ({group.site})" if group.site else group.name


def _school_row(figures: Figures, use: FigureUse, words: Words) -> FiguresRow:
    found = figures.shown(use.key)
    return _row(use_name(use, words), found.whole, words, rough=found.rough)


def _part(figures: Figures, use: FigureUse, words: Words) -> FiguresPart:
    found = figures.shown(use.key)
    rows = [
        _row(group_name(group, words), found.groups[group.id], words, rough=found.rough)
        for group in figures.groups
        if group.id in found.groups
    ]
    if found.hidden:
        name = words("figures.others", count=len(found.hidden))
        rows.append(_row(name, found.others, words, rough=found.rough))
    return FiguresPart(name=use_name(use, words), rows=tuple(rows))


def _row(name: str, count: Count | None, words: Words, *, rough: bool = False) -> FiguresRow:
    if count is None:
        none = words("figures.not_shown")
        return FiguresRow(name=name, pupils=none, yes=none, no=none, waiting=none)
    whole = max(count.total, 1)
    return FiguresRow(
        name=name,
        pupils=words.number(count.total),
        yes=words.number(count.yes),
        no=words("figures.with_waiting") if rough else words.number(count.no),
        waiting=words.number(count.waiting),
        shares=tuple(part / whole for part in count.parts) if count.total else (),
    )


def _table(figures: Figures, words: Words) -> bytes:
    """One row for each use and group; the marking stands in the first column of every row."""
    heads = ("use", "group", "pupils", "yes", "no", "waiting", "day", "marking")
    headers = tuple(words(f"figures.head_{head}") for head in heads)
    marking = words("figures.table_marking", number=_least())
    rows: list[tuple[str | int, ...]] = []
    for use in figures.uses:
        found, named = figures.shown(use.key), use_name(use, words)
        counts: list[tuple[str, Count | None]] = [(words("figures.school"), found.whole)]
        counts += [
            (group_name(group, words), found.groups[group.id])
            for group in figures.groups
            if group.id in found.groups
        ]
        if found.hidden:
            counts.append((words("figures.others", count=len(found.hidden)), found.others))
        for name, count in counts:
            numbers = _numbers(count, words, rough=found.rough)
            rows.append((named, name, *numbers, figures.day.isoformat(), marking))
    return to_csv(Sheet(words("figures.title"), headers, tuple(rows)))


def _numbers(count: Count | None, words: Words, *, rough: bool) -> tuple[str | int, ...]:
    if count is None:
        return (words("figures.not_shown"),) * 4
    no = words("figures.with_waiting") if rough else count.no
    return count.total, count.yes, no, count.waiting


def _least() -> int:
    return int(resources.figure_rules()["least"])
