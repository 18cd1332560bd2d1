"""Migrations: the newest equals the declared tables; an upgrade copies first and is all or nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from app.people.records import Site
from app.record import Compartment
from db.store import schema as shapes
from db.store.engine import connect, engine_on, raw_of
from db.store.files import make_empty
from db.store.upgrade import HERE, run
from tests.db.store.hand import Shelf, key_of, put, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from db.store.engine import Raw

KINDS = (Compartment.CHECK, Compartment.CONSENT, Compartment.STAFF_DOSSIER)


Make = Callable[[Compartment], "Connection"]


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Make]:
    """Make a file by migrations alone."""
    opened: list[Connection] = []

    def make(compartment: Compartment) -> Connection:
        path = tmp_path / "migrated.db"
        make_empty(path)
        connection = engine_on([connect(path, key_of("m"))].pop).connect()
        opened.append(connection)
        run(connection, shapes.SCHEMAS[compartment])
        return connection

    yield make
    for connection in opened:
        connection.close()
        connection.engine.dispose()


def tables_of(raw: Raw) -> list[tuple[str, str, str]]:
    rows = raw.execute(
        "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()
    return [(kind, name, "".join((text or "").split())) for kind, name, text in rows]


@pytest.mark.parametrize("compartment", KINDS)
def test_a_new_file_equals_a_migrated_one(
    tmp_path: Path, migrated: Make, compartment: Compartment
) -> None:
    old = raw_of(migrated(compartment))
    (tmp_path / "new").mkdir()
    with Shelf(tmp_path / "new", compartment).opened() as new:
        assert tables_of(new._opened.raw) == tables_of(old)
        stamp = "SELECT version_num FROM alembic_version"
        assert new._opened.raw.execute(stamp).fetchall() == old.execute(stamp).fetchall()


@pytest.mark.parametrize("compartment", KINDS)
def test_autogenerate_finds_nothing(migrated: Make, compartment: Compartment) -> None:
    connection = migrated(compartment)
    context = MigrationContext.configure(connection)
    with connection.begin():
        assert compare_metadata(context, shapes.SCHEMAS[compartment].metadata) == []


SECOND = """
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.execute("CREATE TABLE extra (id TEXT PRIMARY KEY) STRICT")
    {then}
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make the program one version newer than its files."""

    def make(then: str = "pass") -> None:
        folder = tmp_path / "later"
        shutil.copytree(HERE / "consent", folder)
        (folder / "r0002_extra.py").write_text(SECOND.format(then=then))
        newer = replace(shapes.SCHEMAS[Compartment.CONSENT], version=2, migrations=folder)
        monkeypatch.setitem(shapes.SCHEMAS, Compartment.CONSENT, newer)

    return make


@pytest.fixture(autouse=True)
def _filled(shelf: Shelf) -> None:
    with shelf.opened() as file:
        put(file, Site(id="s", name="Nijmegen"))


def version_of(path: Path, key: bytearray) -> int:
    raw = connect(path, key)
    ((found,),) = raw.execute("PRAGMA user_version").fetchall()
    raw.close()
    return int(found)


def test_an_older_file_is_upgraded_and_a_copy_is_kept(
    shelf: Shelf, later: Callable[..., None]
) -> None:
    later()
    with shelf.opened() as file, file.look() as reader:
        assert reader.get(Site, "s").name == "Nijmegen"
        assert reader.rows("SELECT count(*) FROM extra") == [(0,)]
    copy = shelf.path.parent / "backups" / "before-upgrade-consent-1.db"
    assert (version_of(shelf.path, shelf.key), version_of(copy, shelf.key)) == (2, 1)


def test_an_interrupted_upgrade_leaves_the_old_file(
    shelf: Shelf, later: Callable[..., None]
) -> None:
    later("raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        shelf.open()
    assert version_of(shelf.path, shelf.key) == 1
    later_again = shelf.path.parent / "later" / "r0002_extra.py"
    later_again.write_text(SECOND.format(then="pass"))
    with shelf.opened() as file, file.look() as reader:
        assert reader.get(Site, "s").name == "Nijmegen"


def test_a_newer_file_is_refused_and_untouched(shelf: Shelf) -> None:
    raw = connect(shelf.path, shelf.key)
    raw.execute("PRAGMA user_version = 9")
    raw.close()
    before = shelf.path.read_bytes()
    with refused("register.newer"):
        shelf.open()
    assert shelf.path.read_bytes() == before


def test_alembic_is_not_loaded_for_a_file_of_this_version() -> None:
    code = "import sys, db.store.compartment; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
