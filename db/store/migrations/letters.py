"""The first tables of office letters, own texts and mandates; like a migration, they stay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import keep, texts, texts_or_none, wholes


def letters() -> None:
    """Make the tables of letters of the consent office and of mandates."""
    op.create_table(
        "office_letter",
        *texts("id", "number", "template"),
        *wholes("template_version"),
        *texts("language", "recipient_id", "subject_id", "facts", "addressee", "issued_on"),
        *texts("signer", "blob", "digest", "head", "recorded_at", "round_id"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_office_letter"),
        sqlite_strict=True,
    )
    op.create_index("ix_office_letter_number", "office_letter", ["number"], unique=True)
    op.create_index(
        "ix_office_letter_recorded_at_number", "office_letter", ["recorded_at", "number"]
    )
    op.create_index("ix_office_letter_seal", "office_letter", ["seal"])
    op.create_index(
        "ix_office_letter_subject_id_recorded_at",
        "office_letter",
        ["subject_id", "recorded_at"],
    )
    keep("office_letter", "update", "delete")
    _mandates()


def letter_texts() -> None:
    """Make the table of the school's own texts of letters, in a consent or a dossier file."""
    op.create_table(
        "letter_text",
        *texts("id", "key", "language", "state"),
        *wholes("number"),
        *texts("text", "digest"),
        *wholes("base_version"),
        *texts("base_digest", "change", "author", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_text"),
        sqlite_strict=True,
    )
    op.create_index("ix_letter_text_key_language", "letter_text", ["key", "language"])
    op.create_index("ix_letter_text_seal", "letter_text", ["seal"])
    keep("letter_text", "update", "delete")


def _mandates() -> None:
    """Make the table of who may sign which measure."""
    op.create_table(
        "mandate",
        *texts("id", "measure", "roles", "basis", "start"),
        *texts_or_none("end"),
        *texts("recorded_by", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_mandate"),
        sqlite_strict=True,
    )
    op.create_index("ix_mandate_seal", "mandate", ["seal"])
    keep("mandate", "update", "delete")
