"""The first tables of asking in the consent file; like a migration, this never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, refers, texts, wholes


def asking() -> None:
    """Make the tables of rounds, requests and forms nobody got, and two for quick lists."""
    _contact_index()
    _not_handed_out()
    _request()
    _round()
    _standing_index()
    for table in ("not_handed_out", "request", "round"):
        keep(table, "update", "delete")


def _contact_index() -> None:
    op.create_table(
        "contact_index",
        *texts("subject_id", "decider_id", "contacts"),
        sa.PrimaryKeyConstraint("subject_id", "decider_id", name="pk_contact_index"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _not_handed_out() -> None:
    op.create_table(
        "not_handed_out",
        *texts("id", "form_id", "pupil_id", "recorded_at", "replaces"),
        *wholes("taken_back", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_not_handed_out"),
        refers("not_handed_out", "form_id", "issued_form"),
        sqlite_strict=True,
    )
    op.create_index("ix_not_handed_out_pupil_id", "not_handed_out", ["pupil_id"])
    op.create_index("ix_not_handed_out_seal", "not_handed_out", ["seal"])


def _request() -> None:
    op.create_table(
        "request",
        *texts("id", "subject_id", "decider_id", "round_id", "asked_on", "how"),
        *texts("form_version_id", "recorded_at", "replaces"),
        *wholes("taken_back", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_request"),
        sqlite_strict=True,
    )
    op.create_index("ix_request_decider_id", "request", ["decider_id"])
    op.create_index("ix_request_seal", "request", ["seal"])
    op.create_index("ix_request_subject_id", "request", ["subject_id"])


def _round() -> None:
    op.create_table(
        "round",
        *texts("id", "kind", "started_on", "site_id", "group_id", "form_version_id", "channel"),
        *texts("recorded_at", "replaces"),
        *wholes("ended", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_round"),
        sqlite_strict=True,
    )
    op.create_index("ix_round_seal", "round", ["seal"])


def _standing_index() -> None:
    op.create_table(
        "standing_index",
        *texts("subject_id", "decider_id", "answers", "stamps", "lapses", "oldest"),
        *wholes("lowest"),
        sa.PrimaryKeyConstraint("subject_id", "decider_id", name="pk_standing_index"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
