from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.check.questions import (
    AdultsListed,
    FindRows,
    LatestPublication,
    ListedGroups,
    Moment,
    PresentMoment,
    RowsDue,
    RowsOfAdults,
    RowsOfBucket,
    RowsOfGroup,
)
from app.check.records import CheckRow, Publication, RowKind
from app.names import search_text, sort_key
from app.ports import Head
from app.record import Compartment
from tests.db.store.hand import START, TODAY, Shelf, put, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.record import Question
    from db.store.compartment import CompartmentFile


def row(id: str, first: str, surname: str, group: str = "g1", until: date = TODAY) -> CheckRow:
    return CheckRow(
        id=id,
        name=f"{first} {surname}",
        sort_key=sort_key(first, "", surname),
        folded=search_text(first, surname),
        group_id=group,
        bucket=ord(id[-1]) % 2,
        verdicts="{}",
        until=until,
    )


ROWS = (
    row("p1", "Zoë", "Wal"),
    row("p2", "Łukasz", "Nowak", "g2", date(2026, 11, 21)),
    row("p3", "Wim", "Adriaans"),
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[CompartmentFile]:
    with Shelf(tmp_path, Compartment.CHECK).opened() as opened:
        with opened.work("check_published") as work:
            work.change(*ROWS)
            work.commit()
        yield opened


def ids(file: CompartmentFile, question: Question[tuple[CheckRow, ...]]) -> str:
    with file.look() as reader:
        return " ".join(found.id for found in reader.ask(question))


def put_rows(file: CompartmentFile, *rows: CheckRow) -> None:
    with file.work("check_published") as work:
        work.change(*rows)
        work.commit()


def moment(file: CompartmentFile) -> Moment:
    with file.look() as reader:
        return reader.ask(PresentMoment())


def rename(file: CompartmentFile, name: str) -> None:
    with file.work("check_published") as work:
        work.change(replace(ROWS[0], name=name))
        work.commit()


def test_a_moment_lasts_while_nobody_writes(file: CompartmentFile) -> None:
    before = moment(file)
    with file.work("forgotten") as work:
        work.change(replace(ROWS[0], name="Zus"))
    assert moment(file) == before


def test_one_commit_of_its_own_leads_to_the_next_moment(file: CompartmentFile) -> None:
    with file.work("check_published") as work:
        work.change(replace(ROWS[0], name="Zus"))
        before = work.ask(PresentMoment())
        work.commit()
    assert moment(file) == before.after_commit()


def test_what_another_program_writes_ends_a_moment(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, Compartment.CHECK)
    with shelf.opened() as file, shelf.opened() as other:
        rename(file, "Zoë")
        before = moment(file)
        rename(other, "Zoë")
        assert moment(file) != before


def test_a_moment_ends_when_the_file_is_closed(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, Compartment.CHECK)
    with shelf.opened() as file:
        before = moment(file)
    with shelf.opened() as again:
        assert moment(again) != before


@pytest.mark.parametrize("many", [1, 8, 9, 30])
def test_few_rows_and_many_are_put_there_alike(file: CompartmentFile, many: int) -> None:
    rows = [row(f"p{place}", "Noor", f"Bos{place}", "g3") for place in range(many)]
    with file.work("check_published") as work:
        work.change(*rows)
        work.commit()
    rest = {each.id: each for each in ROWS} | {each.id: each for each in rows}
    with file.look() as reader:
        assert reader.all(CheckRow) == tuple(rest[id] for id in sorted(rest))


def test_rows_are_found_by_beginnings_of_words(file: CompartmentFile) -> None:
    assert ids(file, FindRows("w")) == "p3 p1"
    assert ids(file, FindRows("w", limit=1)) == "p3"
    assert ids(file, FindRows("luk now")) == "p2"
    assert ids(file, FindRows("")) == ""


def test_adults_are_found_when_they_are_asked_for(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert not reader.ask(AdultsListed())
    child = row("p4", "Wim", "Adriaans", group="")
    put_rows(file, child, replace(child, id="a0", kind=RowKind.STAFF))
    with file.look() as reader:
        assert reader.ask(AdultsListed())
        assert reader.ask(ListedGroups()) == {"", "g1", "g2"}
    assert ids(file, FindRows("w", adults=True)) == "a0"
    assert ids(file, FindRows("w")) == "p3 p4 p1"
    assert ids(file, RowsOfAdults()) == "a0"
    assert ids(file, RowsOfGroup("")) == "p4"


def test_rows_of_a_group_and_of_a_bucket(file: CompartmentFile) -> None:
    assert ids(file, RowsOfGroup("g1")) == "p3 p1"
    assert ids(file, RowsOfBucket(1)) == "p1 p3"


def test_rows_that_hold_no_longer(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.ask(RowsDue(TODAY)) == ("p2",)
        assert reader.ask(RowsDue(date(2026, 11, 23))) == ("p1", "p2", "p3")


def test_rows_are_replaced_and_removed_freely(file: CompartmentFile) -> None:
    with file.work("check_published") as work:
        work.change(row("p1", "Zoe", "Wal"))
        work.remove(CheckRow, "p2", "nobody")
        work.commit()
        assert work.removed == ["p2", "nobody"]
    with file.look() as reader:
        assert [found.name for found in reader.all(CheckRow)] == ["Zoe Wal", "Wim Adriaans"]


def publication(number: int) -> Publication:
    return Publication(
        id=f"x{number}",
        number=number,
        published_at=START,
        publisher="Anna",
        basis=0,
        root=f"{number:064x}",
        previous="",
        user="anna",
        key="",
        signature="",
    )


def test_the_newest_publication_is_the_head(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.ask(LatestPublication()) is None
        assert reader.head() == Head(0, "")
    put(file, publication(2), publication(1))
    with file.look() as reader:
        assert reader.ask(LatestPublication()) == publication(2)
        assert reader.head() == Head(2, publication(2).root)


def test_a_publication_is_final(file: CompartmentFile) -> None:
    put(file, publication(1))
    with file.work("tamper") as work, refused("register.fact_is_final"):
        work.remove(Publication, "x1")


def test_groups_are_those_with_a_row(file: CompartmentFile) -> None:
    with file.look() as reader:
        assert reader.ask(ListedGroups()) == {"g1", "g2"}
