"""The few shapes that all migrations share; like a migration itself, this never changes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def texts(*names: str) -> list[sa.Column[Any]]:
    """Columns for text that is never missing."""
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def texts_or_none(*names: str) -> list[sa.Column[Any]]:
    """Columns for text that may be missing."""
    return [sa.Column(name, sa.Text, nullable=True) for name in names]


def wholes(*names: str) -> list[sa.Column[Any]]:
    """Columns for whole numbers."""
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def blobs(*names: str) -> list[sa.Column[Any]]:
    """Columns for bytes that are never missing."""
    return [sa.Column(name, sa.LargeBinary, nullable=False) for name in names]


def blobs_or_none(*names: str) -> list[sa.Column[Any]]:
    """Columns for bytes that may be missing."""
    return [sa.Column(name, sa.LargeBinary, nullable=True) for name in names]


def refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A reference to the id of another table, checked at commit."""
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=f"fk_{table}_{column}",
        deferrable=True,
        initially="DEFERRED",
    )


def keep_until_moved(table: str) -> None:
    """Let the file refuse to delete rows whose last state does not stand in the history."""
    op.execute(
        f'CREATE TRIGGER "keep_{table}_delete" BEFORE DELETE ON "{table}" '
        f"WHEN NOT EXISTS (SELECT 1 FROM past_state WHERE kind = '{table}' "
        "AND id = OLD.id AND seal = OLD.seal) "
        "BEGIN SELECT RAISE(ABORT, 'this fact is final'); END"
    )


def keep(table: str, *events: str) -> None:
    """Let the file itself refuse to update or delete rows of a table."""
    for event in events:
        op.execute(
            f'CREATE TRIGGER "keep_{table}_{event}" BEFORE {event.upper()} ON "{table}" '
            "BEGIN SELECT RAISE(ABORT, 'this fact is final'); END"
        )
