"""Brings an older file up to this version: a copy first, then all migrations or none.

Loaded only when a file is older, because alembic takes its time to load.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from db.store.copying import copy_to
from db.store.files import sync_folder, trouble_of
from db.store.troubles import told

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from db.store.reading import Opened
    from db.store.schema import Schema

HERE = Path(__file__).parent / "migrations"


def upgrade(opened: Opened, connection: Connection, key: bytearray, version: int) -> Path:
    """Upgrade an open file in place, in one transaction, after copying it.

    Args:
        opened: the file.
        connection: the connection of the engine on it.
        key: its key, for the copy.
        version: the version it has now.

    Returns:
        The copy, `backups/before-upgrade-<compartment>-<version>.db`.
    """
    copy = _copy(opened, key, version)
    run(connection, opened.schema)
    return copy


def run(connection: Connection, schema: Schema) -> None:
    """Run the migrations that are missing, and note the version, in one transaction.

    Raises:
        Trouble: `register.disk_full`, `store.disk_failed` and the like; nothing was changed.
    """
    config = Config()
    folder = schema.migrations or HERE / schema.name
    config.set_main_option("script_location", _plain(HERE))
    config.set_main_option("version_locations", _plain(folder))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = schema.metadata
    try:
        with connection.begin():
            command.upgrade(config, "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {schema.version}")
    except DBAPIError as error:
        # The engine wraps what the driver says.
        raise (error.orig and told(error.orig)) or error from error


def _plain(path: Path) -> str:
    return str(path).replace("%", "%%")


def _copy(opened: Opened, key: bytearray, version: int) -> Path:
    folder = opened.identity.folder / "backups"
    kept = folder / f"before-upgrade-{opened.identity.compartment}-{version}.db"
    part = kept.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        part.unlink(missing_ok=True)
        copy_to(opened.raw, part, key)
        part.replace(kept)
        sync_folder(folder)
    except OSError as error:
        raise trouble_of(error) from error
    return kept
