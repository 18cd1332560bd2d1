"""The first tables of publications in the consent file; like a migration, never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, texts, texts_or_none, wholes


def publications() -> None:
    """Make the tables of what was used and who is in it, which are only added to."""
    _breach_answer()
    _publication()
    _publication_step()
    _publication_subject()
    for table in (
        *("breach_answer", "publication"),
        *("publication_step", "publication_subject"),
    ):
        keep(table, "update", "delete")


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _breach_answer() -> None:
    op.create_table(
        "breach_answer",
        *texts("id", "publication_id"),
        *wholes("breach"),
        *texts("reason", "report", "noted_by", "recorded_at", "replaces"),
        *wholes("taken_back"),
        *texts_or_none("told_on"),
        *texts("told_how"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_breach_answer"),
        sqlite_strict=True,
    )
    _indexed("breach_answer", "publication_id", "replaces", "seal")


def _publication() -> None:
    op.create_table(
        "publication",
        *texts("id", "publication_id", "title", "medium", "channel", "used_on"),
        *texts_or_none("until"),
        *texts("places", "made_by", "keeper"),
        *wholes("handed_out"),
        *texts("note"),
        *wholes("composed"),
        *texts("recorded_by", "recorded_at", "replaces"),
        *wholes("taken_back", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sqlite_strict=True,
    )
    _indexed("publication", "publication_id", "replaces", "seal", "used_on")


def _publication_step() -> None:
    op.create_table(
        "publication_step",
        *texts("id", "publication_id", "subject_id", "kind", "taken_on"),
        *texts_or_none("by"),
        *texts("proof", "note", "cause", "noted_by", "recorded_at", "replaces"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_publication_step"),
        sqlite_strict=True,
    )
    _indexed("publication_step", "publication_id", "seal")


def _publication_subject() -> None:
    op.create_table(
        "publication_subject",
        *texts("id", "publication_id", "subject_id"),
        *wholes("there"),
        *texts("outcome", "reason", "conditions", "found_at", "recorded_at", "replaces"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_publication_subject"),
        sqlite_strict=True,
    )
    _indexed(
        "publication_subject",
        *("outcome", "publication_id", "replaces", "seal", "subject_id"),
    )
