"""Tables of the check list, in the check compartment: rewritten by publishing."""

from __future__ import annotations

from sqlalchemy import Index

from app.check.records import CheckBranch, CheckHeader, CheckRow, Publication
from db.store.mapping import Kind
from db.store.shape import CHECK, day, instant, record_table, text, whole

check_row = record_table(
    "check_row",
    CHECK,
    text("name"),
    text("sort_key"),
    text("folded"),
    text("kind"),
    text("group_id"),
    text("site"),
    whole("bucket"),
    text("verdicts"),
    day("until"),
    Index(None, "sort_key"),
    Index(None, "kind", "group_id", "sort_key"),
    Index(None, "bucket"),
    Index(None, "until"),
)
check_header = record_table("check_header", CHECK, text("content"))
check_branch = record_table("check_branch", CHECK, text("digests"))
publication = record_table(
    "publication",
    CHECK,
    whole("number"),
    instant("published_at"),
    text("publisher"),
    whole("basis"),
    text("root"),
    text("previous"),
    text("user"),
    text("key"),
    text("signature"),
    Index(None, "number", unique=True),
)

CHECK_ROW = Kind(CheckRow, check_row)
CHECK_HEADER = Kind(CheckHeader, check_header)
CHECK_BRANCH = Kind(CheckBranch, check_branch)
PUBLICATION = Kind(Publication, publication, fact=True)

KINDS = (CHECK_ROW, CHECK_HEADER, CHECK_BRANCH, PUBLICATION)
