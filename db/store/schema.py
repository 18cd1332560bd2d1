"""Which tables each kind of file has, and how a new file gets them quickly."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.schema import CreateIndex, CreateTable

from app.record import Compartment, Record
from db.asking import tables as asking
from db.asking.contacts import CONTACT_INDEX
from db.asking.standing import STANDING_FOLLOWS, STANDING_INDEX
from db.check import tables as check
from db.consent import tables as consent
from db.consent.pairs import ANSWERS, PAIR_INDEX, PAIRS_FOLLOW, RETRACTIONS
from db.dossier import tables as dossier
from db.duties import tables as duties
from db.journal.tables import journal_table
from db.leave import tables as leave
from db.letters import tables as letters
from db.lists import tables as lists
from db.people import tables as people
from db.people.index import GUARDIAN_INDEX, PUPIL_INDEX
from db.protocol import tables as protocol
from db.publications import tables as publications
from db.receipts import tables as receipts
from db.retention.tables import destroyed_kind
from db.roster import tables as roster
from db.store.engine import begin
from db.store.mapping import Kind, kind_name, sql
from db.store.shape import CHECK, CONSENT, DOSSIER
from db.store.tables import blob_kind, identity_table, past_state_table, unit_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sqlalchemy import Index as SchemaIndex
    from sqlalchemy import MetaData

    from db.store.derived import Derived
    from db.store.engine import Raw

APPLICATION_ID = 0x42_64_62_6B  # "Bdbk"
_FINAL = "this fact is final"
_MOVED = (
    "WHEN NOT EXISTS (SELECT 1 FROM past_state WHERE kind = '{}' "
    "AND id = OLD.id AND seal = OLD.seal) "
)
"""A removable row may go once its last state stands in the history."""
_APPEND_ONLY = ("journal", "past_state")
_ONCE = ("identity",)


@dataclass(frozen=True, eq=False)
class Schema:
    """One kind of file.

    Attributes:
        name: consent, dossier or check; the folder of its migrations.
        version: newest version of the tables, as in `PRAGMA user_version`.
        kinds: kinds of records by class.
        journaled: writes are sealed in a journal.
        derived: its derived tables.
        migrations: where its migrations stand, when not in their own place.
    """

    name: str
    version: int
    metadata: MetaData
    kinds: dict[type[Record], Kind[Any]]
    journaled: bool
    derived: tuple[Derived, ...] = ()
    migrations: Path | None = None
    names: dict[str, Kind[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find kinds by name too."""
        self.names.update({kind.name: kind for kind in self.kinds.values()})

    def kind(self, record: type[Record]) -> Kind[Any]:
        """How a kind of record is kept in this file.

        Raises:
            TypeError: when it is not kept here.
        """
        found = self.kinds.get(record)
        if found is None:
            msg = f"{kind_name(record)} is not kept in a {self.name} file"
            raise TypeError(msg)
        return found


def _by_class(*kinds: Kind[Any]) -> dict[type[Record], Kind[Any]]:
    return {kind.record: kind for kind in kinds}


def _journaled(
    name: str, version: int, metadata: MetaData, kinds: tuple[Kind[Any], ...]
) -> Schema:
    identity_table(metadata)
    journal_table(metadata)
    past_state_table(metadata)
    files = blob_kind(metadata), destroyed_kind(metadata)
    return Schema(name, version, metadata, _by_class(*kinds, *files), journaled=True)


def _check_list() -> Schema:
    identity_table(CHECK)
    unit_table(CHECK)
    return Schema(
        "check", 1, CHECK, _by_class(*check.KINDS, protocol.PROTOCOL_COPY), journaled=False
    )


_CONSENT = replace(
    _journaled(
        "consent",
        1,
        CONSENT,
        (
            *(people.KINDS + consent.KINDS + asking.KINDS + roster.KINDS),
            *(letters.KINDS + lists.KINDS + receipts.KINDS + publications.KINDS),
            *(leave.KINDS + protocol.KINDS),
        ),
    ),
    derived=(
        *(PUPIL_INDEX, GUARDIAN_INDEX, PAIR_INDEX, ANSWERS, RETRACTIONS, PAIRS_FOLLOW),
        *(STANDING_INDEX, STANDING_FOLLOWS, CONTACT_INDEX),
    ),
)
_DOSSIER = _journaled(
    "dossier", 1, DOSSIER, (*dossier.KINDS, *duties.KINDS, letters.DOSSIER_TEXT)
)
_CHECK = _check_list()

SCHEMAS = {
    Compartment.CHECK: _CHECK,
    Compartment.CONSENT: _CONSENT,
    Compartment.PUPIL_DOSSIER: _DOSSIER,
    Compartment.STAFF_DOSSIER: _DOSSIER,
}


@cache
def statements(compartment: Compartment) -> tuple[str, ...]:
    """The statements that make all tables, indexes and triggers of a file anew."""
    schema = SCHEMAS[compartment]
    made: list[str] = []
    for table in schema.metadata.sorted_tables:
        made.append(sql(CreateTable(table)))
        made.extend(sql(CreateIndex(index)) for index in _in_order(table.indexes))
    return (*made, *triggers(schema))


def _in_order(indexes: Iterable[SchemaIndex]) -> list[SchemaIndex]:
    return sorted(indexes, key=lambda index: str(index.name))


def triggers(schema: Schema) -> tuple[str, ...]:
    """The triggers with which a file refuses to change what is final, whoever asks."""
    made: list[str] = []
    tables = set(schema.metadata.tables)
    facts = {kind.name for kind in schema.kinds.values() if kind.fact}
    final = facts | (tables & {*_APPEND_ONLY, *_ONCE})
    kept = final | (
        {kind.name for kind in schema.kinds.values()} if schema.journaled else set()
    )
    for name in sorted(kept):
        if name in final:
            made.append(_trigger(name, "update"))
        removable = name in schema.names and schema.names[name].removable
        made.append(_trigger(name, "delete", _MOVED.format(name) if removable else ""))
    return tuple(made)


def _trigger(table: str, event: str, when: str = "") -> str:
    return (
        f'CREATE TRIGGER "keep_{table}_{event}" BEFORE {event.upper()} ON "{table}" {when}'
        f"BEGIN SELECT RAISE(ABORT, '{_FINAL}'); END"
    )


def make(raw: Raw, compartment: Compartment, register: str, created_at: str) -> None:
    """Make all tables in an empty file and write whose it is, in one transaction."""
    schema = SCHEMAS[compartment]
    raw.executescript(";".join(("BEGIN IMMEDIATE", *statements(compartment))))
    raw.execute(
        "INSERT INTO identity (one, register, compartment, created_at) VALUES (1, ?, ?, ?)",
        (register, str(compartment), created_at),
    )
    raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))")  # fmt: skip
    raw.execute("INSERT INTO alembic_version VALUES (?)", (revision(schema.version),))
    for table in schema.derived:
        table.make(raw)
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version = {schema.version}")
    raw.commit()


def derive(raw: Raw, schema: Schema) -> None:
    """Make derived tables anew when they are missing or were made by other rules."""
    stale = [table for table in schema.derived if not table.is_current(raw)]
    if not stale:
        return
    begin(raw, writing=True)
    for table in stale:
        table.make(raw)
    raw.commit()


def revision(version: int) -> str:
    """The name of the migration that leads to a version: 1 is "0001"."""
    return f"{version:04d}"
