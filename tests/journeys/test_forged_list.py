"""A teacher who holds the key of the check list and another program cannot make it say yes.

The whole path: the real file, written with another SQLite than the program's own, asked through
the command line, as the teacher and as anybody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from app.check.answer import check_pupil
from app.check.records import CheckRow
from app.consent.outcome import Outcome
from app.record import Compartment
from tests.cli.tooled import CommandLine
from tests.sample import login

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sample import Sample

USE = "photo:website"


class Asked(NamedTuple):
    """A refused pupil, an agreed one, and the list as another program opens it."""

    sample: Sample
    no: CheckRow
    yes: CheckRow
    file: Any


@pytest.fixture
def asked(sample: Sample) -> Iterator[Asked]:
    """The list, opened for writing by a teacher with a program of his own."""
    apsw = pytest.importorskip("apsw")
    found = {outcome: one_with(sample, outcome) for outcome in (Outcome.NO, Outcome.YES)}
    session = sample.teacher()
    with session._holder.keys[Compartment.CHECK][-1].database() as key:
        digits = bytes(key.raw).hex()
    sample.lock()
    file = apsw.Connection(str(sample.folder / "check.db"))
    file.pragma("cipher", "sqlcipher")
    file.pragma("legacy", 4)
    file.pragma("key", f"x'{digits}'")
    yield Asked(sample, found[Outcome.NO], found[Outcome.YES], file)
    file.close()


def one_with(sample: Sample, outcome: Outcome) -> CheckRow:
    """A pupil with this answer for the website, whose name is nobody else's."""
    session = sample.teacher()
    with session.look(Compartment.CHECK) as reader:
        rows = reader.all(CheckRow)
    names = [row.name for row in rows]
    for row in rows:
        line = next(line for line in check_pupil(session, row.id).lines if line.use == USE)
        if line.outcome is outcome and names.count(row.name) == 1:
            return row
    raise AssertionError(outcome)


def ask(asked: Asked, row: CheckRow) -> tuple[int, str]:
    """What the command line tells a teacher about a pupil's photo on the website."""
    asked.file.close()
    words = ("check", str(asked.sample.folder), "--user", login("teacher").name, "--json")
    use = ("--pupil", row.name, "--channel", "website", "--medium", "photo")
    said = CommandLine(asked.sample).play(*words, *use, secret=login("teacher").password)
    outcome = said.data.get("outcome", "nobody") if said.out else said.err
    return said.code, outcome


FORGED = {
    "the answers of another": "UPDATE check_row SET verdicts = :yes WHERE id = :no",
    "a longer life": "UPDATE check_row SET until = '9999-12-31'",
    "another group": "UPDATE check_row SET group_id = '' WHERE id = :no",
    "names exchanged": (
        "UPDATE check_row SET name = 'x', folded = 'x' WHERE id = :no; "
        "UPDATE check_row SET name = :name, folded = :folded WHERE id = :yesid"
    ),
    "the row of another under this name": (
        "DELETE FROM check_row WHERE id = :no; "
        "UPDATE check_row SET name = :name, folded = :folded WHERE id = :yesid"
    ),
    "a header without grounds": "UPDATE check_header SET content = replace(content, '\"nl\"', '\"n\"')",
    "a header with fresh rules": "UPDATE check_header SET content = replace(content, ':14', ':9999')",
    "hashes emptied": "UPDATE check_branch SET digests = ''",
    "hashes exchanged": (
        "UPDATE check_branch SET digests = (SELECT digests FROM check_branch WHERE id = '0')"
    ),
    "publications gone": "DELETE FROM publication",
    "a later day": "UPDATE publication SET published_at = '2027-01-01T00:00:00+00:00'",
    "another publisher": "UPDATE publication SET user = 'nobody'",
    "a signature of nothing": "UPDATE publication SET signature = '00'",
    "a basis of tomorrow": "UPDATE publication SET basis = basis + 1",
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_list_never_says_yes(asked: Asked, how: str) -> None:
    values = {
        "no": asked.no.id, "yesid": asked.yes.id, "yes": asked.yes.verdicts,
        "name": asked.no.name, "folded": asked.no.folded,
    }  # fmt: skip
    for name in ("check_row", "check_header", "check_branch", "publication"):
        for event in ("update", "delete"):
            asked.file.execute(f"DROP TRIGGER IF EXISTS keep_{name}_{event}")
    before = asked.file.total_changes()
    for statement in FORGED[how].split("; "):
        asked.file.execute(statement, values if ":" in statement else None)
    assert asked.file.total_changes() > before
    code, outcome = ask(asked, asked.no)
    assert code == 1
    assert outcome in {"ask", "nobody"}


def test_the_honest_list_says_what_it_says(asked: Asked) -> None:
    assert ask(asked, asked.yes) == (0, "yes")
    assert ask(asked, asked.no) == (1, "no")


def test_a_list_that_was_left_behind_says_ask(asked: Asked) -> None:
    """An older list put back whole holds until its answers lapse or it is stale."""
    asked.sample.clock.move(timedelta(days=15))
    assert ask(asked, asked.yes) == (1, "ask")
