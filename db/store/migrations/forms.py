"""The first tables of forms in the consent file; like a migration, this never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import texts, texts_or_none, wholes


def forms() -> None:
    """Make the tables of form versions, what the school has set for them, and issued forms."""
    _form_setting()
    _form_version()
    _issued_form()


def _form_setting() -> None:
    op.create_table(
        "form_setting",
        *texts("id"),
        *texts_or_none("valid_until"),
        *texts("texts"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_form_setting"),
        sqlite_strict=True,
    )
    op.create_index("ix_form_setting_seal", "form_setting", ["seal"])


def _form_version() -> None:
    op.create_table(
        "form_version",
        *texts("id"),
        *wholes("number"),
        *texts("frozen_on", "uses", "wording", "digest", "recorded_at", "channel"),
        *texts_or_none("valid_until"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_form_version"),
        sqlite_strict=True,
    )
    op.create_index("ix_form_version_number", "form_version", ["number"], unique=True)
    op.create_index("ix_form_version_seal", "form_version", ["seal"])


def _issued_form() -> None:
    op.create_table(
        "issued_form",
        *texts(
            "id",
            "number",
            "pupil_id",
            "guardian_id",
            "form_version_id",
            "language",
            "issued_on",
            "head",
            "digest",
            "round_id",
        ),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_issued_form"),
        sqlite_strict=True,
    )
    op.create_index("ix_issued_form_number", "issued_form", ["number"], unique=True)
    op.create_index("ix_issued_form_pupil_id", "issued_form", ["pupil_id"])
    op.create_index("ix_issued_form_seal", "issued_form", ["seal"])
