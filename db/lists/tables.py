"""Tables of printed lists and how they ended, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.lists.records import ListEnd, PrintedList
from db.store.mapping import Kind
from db.store.shape import CONSENT, day, instant, record_table, refers, text, whole

printed_list = record_table(
    "printed_list",
    CONSENT,
    text("number"),
    text("groups"),
    text("guests"),
    text("title"),
    text("uses"),
    text("lines"),
    text("language"),
    instant("printed_at"),
    text("printed_by"),
    text("holder"),
    day("valid_until"),
    whole("from_check"),
    whole("basis"),
    text("stamp"),
    text("digest"),
    whole("pages"),
    text("blob"),
    Index(None, "number"),
    Index(None, "printed_at"),
    Index(None, "valid_until"),
)
list_end = record_table(
    "list_end",
    CONSENT,
    refers("list_id", "printed_list"),
    text("how"),
    text("noted_by"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "list_id"),
    Index(None, "replaces"),
)

PRINTED_LIST = Kind(PrintedList, printed_list, fact=True)
LIST_END = Kind(ListEnd, list_end, fact=True)

KINDS = (PRINTED_LIST, LIST_END)
