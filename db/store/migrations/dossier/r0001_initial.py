"""The first tables of a dossier file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.columns import (
    blobs,
    blobs_or_none,
    keep,
    refers,
    texts,
    texts_or_none,
    wholes,
)
from db.store.migrations.duties import duties
from db.store.migrations.letters import letter_texts
from db.store.migrations.retention import destroyed

revision = "0001"
down_revision = None

_FINAL = (
    "blob",
    "breach",
    "case",
    "countersignature",
    "entry",
    "filed",
    "identity",
    "journal",
    "letter",
    "past_state",
    "second_asked",
    "step",
)
_KEPT = ("dossier",)


def upgrade() -> None:
    """Make all tables, indexes and triggers."""
    op.create_table(
        "identity",
        *wholes("one"),
        *texts("register", "compartment", "created_at"),
        sa.PrimaryKeyConstraint("one", name="pk_identity"),
        sqlite_strict=True,
    )
    _blob()
    _dossier()
    _filed()
    _journal()
    _past_state()
    _breach()
    _entry()
    _letter()
    _case()
    _step()
    _second("second_asked", "user_id", "user_name", "asked_by")
    _second("countersignature", "digest", "by", "statement", "signature")
    duties()
    destroyed()
    letter_texts()
    for table in _FINAL:
        keep(table, "update", "delete")
    for table in _KEPT:
        keep(table, "delete")


def _blob() -> None:
    op.create_table(
        "blob",
        *texts("id", "key"),
        *wholes("size", "stored"),
        *texts("plain_digest", "stored_digest"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_blob"),
        sqlite_strict=True,
    )
    op.create_index("ix_blob_seal", "blob", ["seal"])


def _dossier() -> None:
    op.create_table(
        "dossier",
        *texts("id", "subject_id", "subject_name", "opened_on"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier"),
        sqlite_strict=True,
    )
    op.create_index("ix_dossier_seal", "dossier", ["seal"])
    op.create_index("ix_dossier_subject_id", "dossier", ["subject_id"], unique=True)


def _filed() -> None:
    op.create_table(
        "filed",
        *texts("id", "filed_at", "filed_by"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_filed"),
        sqlite_strict=True,
    )
    op.create_index("ix_filed_seal", "filed", ["seal"])


def _journal() -> None:
    op.create_table(
        "journal",
        *wholes("number"),
        *texts("id"),
        *wholes("version"),
        *texts("device"),
        *wholes("seq"),
        *blobs("previous"),
        *texts("at"),
        *wholes("since_boot"),
        *texts("user", "key", "act", "subject"),
        *blobs("state"),
        *blobs_or_none("salt"),
        *texts_or_none("payload"),
        *blobs("payload_digest", "signature", "digest"),
        sa.PrimaryKeyConstraint("number", name="pk_journal"),
        sqlite_strict=True,
    )
    op.create_index("ix_journal_at", "journal", ["at"])
    op.create_index("ix_journal_device_seq", "journal", ["device", "seq"], unique=True)
    op.create_index("ix_journal_subject", "journal", ["subject"])


def _past_state() -> None:
    op.create_table(
        "past_state",
        *texts("kind", "id"),
        *wholes("seal"),
        *texts("row"),
        *wholes("replaced_by"),
        *texts("replaced_at"),
        sa.PrimaryKeyConstraint("kind", "id", "seal", name="pk_past_state"),
        sqlite_strict=True,
    )
    op.create_index("ix_past_state_seal", "past_state", ["seal"])


def _breach() -> None:
    op.create_table(
        "breach",
        *texts("id", "report_id", "dossier_id", "protocol"),
        *wholes("protocol_version"),
        *texts("protocol_text", "articles", "actor_kind", "actor_id", "actor_name"),
        *texts("actor_user", "capacity"),
        *wholes("own_report"),
        *texts("occurred_on", "discovered_on", "known"),
        *texts_or_none("known_from"),
        *texts("known_why", "facts", "opinion", "place", "medium", "audience", "channel"),
        *wholes("made", "shared"),
        *texts("affected", "affected_ids", "people", "register_said", "categories"),
        *texts("reported_by", "reported_at", "reported_actor_kind", "reported_actor_name"),
        *texts("reported_categories", "reported_articles", "filing_reason", "publication_id"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_breach"),
        refers("breach", "dossier_id", "dossier"),
        sqlite_strict=True,
    )
    op.create_index("ix_breach_dossier_id", "breach", ["dossier_id"])
    op.create_index("ix_breach_report_id", "breach", ["report_id"])
    op.create_index("ix_breach_seal", "breach", ["seal"])


def _entry() -> None:
    op.create_table(
        "entry",
        *texts(
            "id",
            "dossier_id",
            "case_id",
            "kind",
            "happened_on",
            "title",
            "body",
            "about_id",
            "about_name",
            "author",
            "blob",
            "file_name",
            "digest",
            "proof",
            "recorded_at",
            "replaces",
            "reason",
        ),
        *texts_or_none("arrived_on"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        refers("entry", "dossier_id", "dossier"),
        sqlite_strict=True,
    )
    op.create_index("ix_entry_dossier_id", "entry", ["dossier_id"])
    op.create_index("ix_entry_seal", "entry", ["seal"])


def _letter() -> None:
    op.create_table(
        "letter",
        *texts("id", "number", "dossier_id", "case_id", "template"),
        *wholes("template_version"),
        *texts(
            "language",
            "facts",
            "addressee",
            "issued_on",
            "signer",
            "blob",
            "digest",
            "head",
            "recorded_at",
            "replaces",
        ),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        refers("letter", "dossier_id", "dossier"),
        sqlite_strict=True,
    )
    op.create_index("ix_letter_dossier_id", "letter", ["dossier_id"])
    op.create_index("ix_letter_number", "letter", ["number"], unique=True)
    op.create_index("ix_letter_seal", "letter", ["seal"])


def _case() -> None:
    op.create_table(
        "case",
        *texts("id", "number", "dossier_id", "breach_id", "procedure"),
        *wholes("version"),
        *texts("opened_on"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
        refers("case", "dossier_id", "dossier"),
        refers("case", "breach_id", "breach"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_dossier_id", "case", ["dossier_id"])
    op.create_index("ix_case_number", "case", ["number"], unique=True)
    op.create_index("ix_case_seal", "case", ["seal"])


def _step() -> None:
    op.create_table(
        "step",
        *texts("id", "case_id"),
        *wholes("position"),
        *texts("kind", "step", "taken_on", "by", "answers", "term"),
        *texts_or_none("due_on"),
        *texts("replaces", "reason", "terms", "previous", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        refers("step", "case_id", "case"),
        sqlite_strict=True,
    )
    op.create_index("ix_step_case_id_position", "step", ["case_id", "position"], unique=True)
    op.create_index("ix_step_seal", "step", ["seal"])


def _second(name: str, *columns: str) -> None:
    op.create_table(
        name,
        *texts("id", "case_id", "step_id", *columns, "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        refers(name, "case_id", "case"),
        refers(name, "step_id", "step"),
        sqlite_strict=True,
    )
    op.create_index(f"ix_{name}_case_id", name, ["case_id"])
    op.create_index(f"ix_{name}_seal", name, ["seal"])
