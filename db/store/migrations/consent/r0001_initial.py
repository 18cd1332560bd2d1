"""The first tables of the consent file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.store.migrations.accounts import accounts
from db.store.migrations.asking import asking
from db.store.migrations.columns import (
    blobs,
    blobs_or_none,
    keep,
    keep_until_moved,
    refers,
    texts,
    texts_or_none,
    wholes,
)
from db.store.migrations.forms import forms
from db.store.migrations.imports import imports
from db.store.migrations.leave import leave
from db.store.migrations.letters import letter_texts, letters
from db.store.migrations.lists import lists
from db.store.migrations.objections import objections
from db.store.migrations.protocol import protocol
from db.store.migrations.publications import publications
from db.store.migrations.receipts import receipts
from db.store.migrations.retention import destroyed
from db.store.migrations.unclear import unclear

revision = "0001"
down_revision = None

_FINAL = (
    "authority",
    "blob",
    "decision",
    "form_version",
    "identity",
    "issued_form",
    "journal",
    "past_state",
    "retraction",
    "safety_flag",
)
_KEPT = ("channel", "form_setting", "roster_import", "roster_source", "school")
_REMOVABLE = (
    "enrolment",
    "group",
    "guardian",
    "pupil",
    "relation",
    "school_year",
    "site",
    "source_key",
    "staff_member",
)


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
    _channel()
    _decision()
    _derived()
    _guardian()
    _guardian_index()
    _journal()
    _pair_index()
    _past_state()
    _pupil()
    _pupil_index()
    _school()
    _school_year()
    _site()
    _staff_member()
    _authority()
    _enrolment()
    _group()
    _relation()
    _retraction()
    _safety_flag()
    accounts()
    asking()
    destroyed()
    forms()
    imports()
    leave()
    for make in (letters, letter_texts, objections):
        make()
    receipts()
    lists()
    publications()
    protocol()
    unclear()
    for table in _FINAL:
        keep(table, "update", "delete")
    for table in _KEPT:
        keep(table, "delete")
    for table in _REMOVABLE:
        keep_until_moved(table)
    keep("enrolment", "update")


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


def _channel() -> None:
    op.create_table(
        "channel",
        *texts("id", "key", "texts", "audience", "media", "ground_source"),
        *wholes("lenient", "active", "outside_eea", "position", "scope"),
        *texts_or_none("start", "end"),
        *texts("group_ids", "within", "noticed_on"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_channel"),
        sqlite_strict=True,
    )
    op.create_index("ix_channel_key", "channel", ["key"], unique=True)
    op.create_index("ix_channel_seal", "channel", ["seal"])


def _decision() -> None:
    op.create_table(
        "decision",
        *texts(
            "id",
            "subject_id",
            "decider_id",
            "medium",
            "channel",
            "answer",
            "conditions",
            "signed_on",
            "received_on",
            "how",
            "proof",
            "note",
            "taken_by",
            "form_version_id",
        ),
        *wholes("scope"),
        *texts_or_none("valid_until"),
        *texts("recorded_at", "replaces"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sqlite_strict=True,
    )
    op.create_index("ix_decision_seal", "decision", ["seal"])
    op.create_index(
        "ix_decision_subject_id_medium_channel", "decision", ["subject_id", "medium", "channel"]
    )


def _derived() -> None:
    op.create_table(
        "derived",
        *texts("name"),
        *wholes("version"),
        sa.PrimaryKeyConstraint("name", name="pk_derived"),
        sqlite_strict=True,
    )


def _guardian() -> None:
    op.create_table(
        "guardian",
        *texts(
            "id",
            "first_name",
            "initials",
            "prefix",
            "surname",
            "institution",
            "street",
            "postcode",
            "town",
            "country",
            "ship",
            "language",
            "email",
            "phone",
        ),
        *wholes("large_print"),
        *texts("merged_into"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_guardian"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_guardian_merged_into",
        "guardian",
        ["merged_into"],
        sqlite_where=sa.text("merged_into != ''"),
    )
    op.create_index("ix_guardian_seal", "guardian", ["seal"])


def _guardian_index() -> None:
    op.create_table(
        "guardian_index",
        *texts("sort_key", "id", "words"),
        sa.PrimaryKeyConstraint("sort_key", "id", name="pk_guardian_index"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_guardian_index_id", "guardian_index", ["id"])


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


def _pair_index() -> None:
    op.create_table(
        "pair_index",
        *texts("sort_key", "pupil_id", "start"),
        *wholes("position"),
        *texts("end", "guardian_id"),
        *wholes("unsettled", "answered"),
        sa.PrimaryKeyConstraint(
            "sort_key", "pupil_id", "start", "position", name="pk_pair_index"
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pair_index_pupil_id", "pair_index", ["pupil_id"])


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


def _pupil() -> None:
    op.create_table(
        "pupil",
        *texts("id", "first_name", "prefix", "surname"),
        *texts_or_none("birth_date"),
        *texts("number", "merged_into"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_pupil"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_pupil_merged_into",
        "pupil",
        ["merged_into"],
        sqlite_where=sa.text("merged_into != ''"),
    )
    op.create_index("ix_pupil_seal", "pupil", ["seal"])


def _pupil_index() -> None:
    op.create_table(
        "pupil_index",
        *texts(
            "sort_key",
            "id",
            "enrolment_id",
            "words",
            "start",
            "end",
            "site_id",
            "group_id",
            "birth_date",
            "number",
        ),
        sa.PrimaryKeyConstraint("sort_key", "id", "enrolment_id", name="pk_pupil_index"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_pupil_index_group_id_start_end", "pupil_index", ["group_id", "start", "end"]
    )
    op.create_index("ix_pupil_index_id", "pupil_index", ["id"])


def _school() -> None:
    op.create_table(
        "school",
        *texts(
            "id",
            "name",
            "board",
            "street",
            "postcode",
            "town",
            "phone",
            "email",
            "privacy_contact",
            "complaint_route",
            "language",
            "protocol",
            "window",
            "jurisdiction",
            "region",
        ),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_school"),
        sqlite_strict=True,
    )
    op.create_index("ix_school_seal", "school", ["seal"])


def _school_year() -> None:
    op.create_table(
        "school_year",
        *texts("id", "name", "start", "end"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_school_year"),
        sqlite_strict=True,
    )
    op.create_index("ix_school_year_seal", "school_year", ["seal"])


def _site() -> None:
    op.create_table(
        "site",
        *texts("id", "name", "town"),
        *wholes("closed", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sqlite_strict=True,
    )
    op.create_index("ix_site_seal", "site", ["seal"])


def _staff_member() -> None:
    op.create_table(
        "staff_member",
        *texts("id", "first_name", "initials", "prefix", "surname", "function", "email"),
        *wholes("left"),
        *texts("kind"),
        *texts_or_none("start", "end"),
        *texts("site_id"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_member"),
        sqlite_strict=True,
    )
    op.create_index("ix_staff_member_seal", "staff_member", ["seal"])


def _authority() -> None:
    op.create_table(
        "authority",
        *texts("id", "pupil_id", "guardian_id", "kind"),
        *texts_or_none("start", "end"),
        *texts("source"),
        *texts_or_none("seen_on"),
        *texts("seen_by"),
        *wholes("investigated"),
        *texts("recorded_at", "replaces"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_authority"),
        refers("authority", "pupil_id", "pupil"),
        refers("authority", "guardian_id", "guardian"),
        sqlite_strict=True,
    )
    op.create_index("ix_authority_guardian_id", "authority", ["guardian_id"])
    op.create_index("ix_authority_pupil_id", "authority", ["pupil_id"])
    op.create_index("ix_authority_seal", "authority", ["seal"])


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        *texts("id", "pupil_id", "kind", "site_id", "group_id", "start"),
        *texts_or_none("end"),
        *texts("recorded_at", "replaces"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
        refers("enrolment", "pupil_id", "pupil"),
        refers("enrolment", "site_id", "site"),
        sqlite_strict=True,
    )
    op.create_index("ix_enrolment_group_id", "enrolment", ["group_id"])
    op.create_index("ix_enrolment_pupil_id", "enrolment", ["pupil_id"])
    op.create_index("ix_enrolment_seal", "enrolment", ["seal"])


def _group() -> None:
    op.create_table(
        "group",
        *texts("id", "site_id", "school_year_id", "name"),
        *wholes("position", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_group"),
        refers("group", "site_id", "site"),
        refers("group", "school_year_id", "school_year"),
        sqlite_strict=True,
    )
    op.create_index("ix_group_seal", "group", ["seal"])


def _relation() -> None:
    op.create_table(
        "relation",
        *texts("id", "pupil_id", "guardian_id", "kind"),
        *wholes("position", "ended", "seal"),
        sa.PrimaryKeyConstraint("id", name="pk_relation"),
        refers("relation", "pupil_id", "pupil"),
        refers("relation", "guardian_id", "guardian"),
        sqlite_strict=True,
    )
    op.create_index("ix_relation_guardian_id", "relation", ["guardian_id"])
    op.create_index("ix_relation_pupil_id", "relation", ["pupil_id"])
    op.create_index("ix_relation_seal", "relation", ["seal"])


def _retraction() -> None:
    op.create_table(
        "retraction",
        *texts("id", "decision_id", "subject_id", "reason", "recorded_at"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_retraction"),
        refers("retraction", "decision_id", "decision"),
        sqlite_strict=True,
    )
    op.create_index("ix_retraction_seal", "retraction", ["seal"])
    op.create_index("ix_retraction_subject_id", "retraction", ["subject_id"])


def _safety_flag() -> None:
    op.create_table(
        "safety_flag",
        *texts("id", "pupil_id", "start"),
        *texts_or_none("end"),
        *texts("recorded_at", "replaces"),
        *wholes("seal"),
        sa.PrimaryKeyConstraint("id", name="pk_safety_flag"),
        sqlite_strict=True,
    )
    op.create_index("ix_safety_flag_pupil_id", "safety_flag", ["pupil_id"])
    op.create_index("ix_safety_flag_seal", "safety_flag", ["seal"])
