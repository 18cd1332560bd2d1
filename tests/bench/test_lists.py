"""From a key pressed in the search field to rows on the screen, in the pupil list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.people.questions import PupilIds, PupilLines
from app.record import Compartment
from tests.bench.table import PROCESSOR, Measured, Table, in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytestqt.qtbot import QtBot

    from db.register.session import LocalSession
    from ui.models.columns import Row

pytestmark = pytest.mark.bench

_KEPT = (
    "the words of the names are in memory, as they are from the moment the list is shown until"
    " a pupil changes; lines and answers are read anew"
)


class Stored:
    """The pupil list's questions, asked at once."""

    def __init__(self, session: LocalSession) -> None:
        self._session, self._today = session, session.clock.today()

    def ids(self, order: object, search: str) -> tuple[str, ...]:
        with self._session.look(Compartment.CONSENT) as reader:
            return reader.ask(PupilIds(on=self._today, search=search))

    def page(self, ids: Sequence[str]) -> list[Row]:
        from ui.models.columns import Row

        with self._session.look(Compartment.CONSENT) as reader:
            lines = reader.ask(PupilLines(tuple(ids), self._today))
        return [Row(one.id, {"name": one.name, "group": one.group}) for one in lines]


def test_a_key_until_rows_are_painted(
    qtbot: QtBot,
    session: LocalSession,
    pupils: int,
    table: Table,
    forget: Callable[[LocalSession], None],
) -> None:
    from ui.kit.table import MemorySource
    from ui.kit.table import Table as View
    from ui.models.columns import Column, Order
    from ui.models.rows import ask_now

    columns = [Column("name", "people.name", 24), Column("group", "people.group", 14)]

    source = Stored(session)
    rows = source.page(source.ids(None, "wal")[:200])
    ready = View(columns, MemorySource(rows), ask=ask_now, name="ready")
    stored = View(columns, source, ask=ask_now, name="stored")
    for view in (ready, stored):
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.show()
    texts = ["w", "wa", "wal", "zo", "v"]

    def ours() -> None:
        forget(session)
        for text in texts:
            stored.model.ask(Order("name"), text)
            stored.grab()

    def floor() -> None:
        for _ in texts:
            ready.model.ask(Order("name"), "")
            ready.grab()

    mine, bare = in_turns(ours, floor, rounds=7, clock=PROCESSOR)
    many = len(texts)
    ratio = "key to rows painted, as a ratio"
    table.add(Measured(ratio, pupils, mine / many, bare / many, 3, note=_KEPT))
    table.add(Measured("key to rows painted", pupils, mine / many, 0, 50, "ms"))
