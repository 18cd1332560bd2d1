"""How the parts of a proposal are said on the screen."""

import re
from datetime import date

import resources
from app.roster.proposal import Candidate, Change, Choice, Decided, FieldChange, Line
from app.roster.records import RosterImport
from app.roster.roster import Fault, SourceKind, Where
from ui.kit.mark import Mark
from ui.words import day, say, t, words

MARKS = {Change.NEW: Mark.YES, Change.RETURNED: Mark.YES, Change.LEFT: Mark.NO}
"""Symbols for what would be done; what is not here has none."""

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_DAYS = frozenset({"birth_date", "from", "until"})


def kind_words(kind: SourceKind) -> str:
    """What kind of source it is, such as "EDEXML"."""
    return t(f"roster.kind_{kind}")


def change_words(change: Change) -> str:
    """What would be done, in one word."""
    return t(f"roster.change_{change}")


def about_words(line: Line) -> str:
    """What a line is about, such as "leerling"."""
    return t(f"roster.about_{line.about}")


def named(who: Line | Candidate) -> str:
    """Somebody with what tells him from a namesake: "Zoë Wal, Zeester, 4 mei 2020"."""
    detail = _DAY.sub(_as_day, who.detail)
    return ", ".join(part for part in (who.name, detail) if part)


def _as_day(found: re.Match[str]) -> str:
    return day(date.fromisoformat(found[0]))


def field_words(field: str) -> str:
    """The name of a field."""
    return t(f"roster.field_{field}")


def value_words(change: FieldChange, value: str) -> str:
    """A value of a field for a reader; a day as on paper."""
    if not value:
        return t("roster.nothing_there")
    if change.field in _DAYS:
        return day(date.fromisoformat(value))
    if change.field == "left":
        return t("roster.yes")
    return value


def changes_words(line: Line) -> str:
    """The fields of a line in one line: "groep: Krab → Zeester, tot en met: 1-10-2026"."""
    if line.change in (Change.NEW, Change.MERGED):
        return ", ".join(_shown(each) for each in line.fields if each.field in _TELLING)
    return ", ".join(_turned(each) for each in line.fields)


_TELLING = frozenset({"group", "site", "birth_date", "child", "function", "groups", "until"})


def _shown(change: FieldChange) -> str:
    value = value_words(change, change.new or change.old)
    return t("roster.field_is", field=field_words(change.field), value=value)


def _turned(change: FieldChange) -> str:
    if not change.old:
        return _shown(change)
    return t(
        "roster.field_turns",
        name=field_words(change.field),
        old=value_words(change, change.old),
        new=value_words(change, change.new),
    )


def where_words(where: Where | None) -> str:
    """Where something stands: "ouders.csv, rij 12, kolom Geboortedatum"."""
    if where is None:
        return t("roster.not_in_file")
    if not where.row:
        return where.file
    if where.column:
        return t("roster.at_column", file=where.file, row=where.row, column=where.column)
    return t("roster.at_row", file=where.file, row=where.row)


def fault_words(fault: Fault) -> str:
    """What was not understood."""
    return say(fault.message)


def decided_words(line: Line, decided: Decided | None) -> str:
    """What will be done with a line."""
    if decided is None:
        return t("roster.will_wait") if line.doubt else t("roster.will_take")
    if decided.choice is Choice.SKIP:
        return t("roster.will_leave")
    return t("roster.will_take")


def relation_words(kind: str) -> str:
    """What a guardian is to the pupil, such as "moeder"."""
    names = {str(each["key"]): each["name"] for each in resources.relations()}
    return str(names[kind][words().language]) if kind in names else kind


def import_words(done: RosterImport) -> str:
    """What an import came to: "12 nieuw, 3 gewijzigd, 1 vertrokken"."""
    counts = {
        "new": done.added,
        "changed": done.changed,
        "left": done.left,
        "returned": done.returned,
    }
    said = [
        t(f"roster.count_{name}", count=count, number=words().number(count))
        for name, count in counts.items()
        if count
    ]
    return ", ".join(said) or t("roster.count_nothing")
