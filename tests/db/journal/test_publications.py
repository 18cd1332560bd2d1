"""Tampering with the check list, whose publications are its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.check import listing
from app.check.records import CheckBranch, CheckHeader, CheckRow, Publication
from app.ports import Head
from app.record import Compartment
from db.keys.canonical import statement
from tests.db.store.hand import START, TODAY, Hand, Shelf, raw_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store.compartment import CompartmentFile

REGISTER = "register-1"


def row(id: str, verdicts: str = "{}") -> CheckRow:
    return CheckRow(
        id=id, name=id, sort_key=id, folded=id, group_id="", bucket=listing.bucket_of(id),
        verdicts=verdicts, until=TODAY,
    )  # fmt: skip


def branches(rows: tuple[CheckRow, ...]) -> tuple[CheckBranch, ...]:
    found = ["".join([listing.EMPTY] * listing.BRANCH)] * listing.BRANCHES
    for bucket in {row.bucket for row in rows}:
        there = tuple(sorted((r for r in rows if r.bucket == bucket), key=lambda r: r.id))
        place, digest = listing.branch_of(bucket), listing.bucket_digest(there)
        found[place] = listing.put_digest(found[place], bucket, digest)
    return tuple(CheckBranch(id=str(n), digests=text) for n, text in enumerate(found))


def publish(file: CompartmentFile, hand: Hand, number: int, *rows: CheckRow) -> None:
    """Publish a whole list as the program does."""
    tree = branches(rows)
    root = listing.root("{}", tuple(branch.digests for branch in tree))
    previous = file.head().digest
    content = listing.signed_content(REGISTER, number, START.isoformat(), 0, root, previous)
    with file.work("check_published") as work:
        work.change(*rows, CheckHeader(id=listing.HEADER, content="{}"), *tree)
        work.add(
            Publication(
                id=f"x{number}", number=number, published_at=START, publisher="Anna", basis=0,
                root=root, previous=previous, user=hand.user, key=hand.key_id,
                signature=hand.sign(statement(REGISTER, content)).hex(),
            )
        )  # fmt: skip
        work.commit()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[CompartmentFile]:
    """Three publications of two pupils."""
    shelf = Shelf(tmp_path, Compartment.CHECK)
    with shelf.opened() as opened:
        publish(opened, shelf.hand, 1, row("p1"))
        publish(opened, shelf.hand, 2, row("p1"), row("p2"))
        publish(opened, shelf.hand, 3, row("p1", '{"u":[]}'), row("p2"))
        raw = raw_of(opened)
        raw.execute("DROP TRIGGER keep_publication_update")
        raw.execute("DROP TRIGGER keep_publication_delete")
        yield opened


def found(file: CompartmentFile, *remembered: Head) -> list[tuple[str, object]]:
    return [
        (message.id.removeprefix("store."), message.values["number"])
        for message in file.verify(remembered=remembered).findings
    ]


def test_nothing_is_found_in_an_untouched_list(file: CompartmentFile) -> None:
    assert found(file, file.head()) == []


def test_a_list_that_was_never_published_is_in_order(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with Shelf(tmp_path / "new", Compartment.CHECK).opened() as file:
        assert file.verify().in_order


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE check_row SET verdicts = '[]' WHERE id = 'p1'",
        "UPDATE check_row SET until = '2099-01-01' WHERE id = 'p1'",
        "UPDATE check_row SET bucket = 1 - bucket WHERE id = 'p1'",
        "DELETE FROM check_row WHERE id = 'p2'",
        "UPDATE check_row SET id = 'p9' WHERE id = 'p1'",
        "UPDATE check_header SET content = '[]'",
        "DELETE FROM check_header",
        "UPDATE check_branch SET digests = replace(digests, 'a', 'b')",
        "DELETE FROM check_branch WHERE id = '7'",
    ],
)
def test_altered_rows_are_found(file: CompartmentFile, change: str) -> None:
    raw_of(file).execute(change)
    assert found(file) == [("rows_altered", 3)]


@pytest.mark.parametrize(
    "edit", ["user = 'bert'", "signature = 'xyz'", "basis = 9", "signature = substr(root, 1)"]
)
def test_an_altered_publication_is_found(file: CompartmentFile, edit: str) -> None:
    raw_of(file).execute(f"UPDATE publication SET {edit} WHERE number = 2")
    assert found(file) == [("signature_wrong", 2)]


def test_a_publication_out_of_the_chain_is_found(file: CompartmentFile) -> None:
    raw_of(file).execute("UPDATE publication SET previous = root WHERE number = 2")
    assert found(file) == [("chain_broken", 2)]


def test_a_missing_publication_is_found(file: CompartmentFile) -> None:
    raw_of(file).execute("DELETE FROM publication WHERE number = 2")
    assert found(file) == [("entry_missing", 2)]


def test_an_older_list_shows_only_against_a_remembered_head(
    file: CompartmentFile, tmp_path: Path
) -> None:
    head = file.head()
    (tmp_path / "old").mkdir()
    shelf = Shelf(tmp_path / "old", Compartment.CHECK)
    with shelf.opened() as old:
        publish(old, shelf.hand, 1, row("p1"))
        assert found(old) == []
        assert found(old, head, Head(1, "00")) == [("head_differs", 1), ("entries_gone", 3)]
