"""One unit of work on one compartment; fulfils `app.ports.Work`."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import BoordboekError, Refusal, Trouble
from app.ids import new_id
from app.jobs import SILENT, Progress, awaited
from app.override import override
from app.ports import Head
from app.record import Compartment
from app.retention.records import FileDestroyed
from db.journal import writer
from db.journal.entry import COLUMNS
from db.journal.head import newest
from db.store import past, statements, unpublished
from db.store.derived import batches
from db.store.engine import POURED, USUAL, begin, hold, once
from db.store.mapping import Kind, instant_text, state_digest, states_digest
from db.store.reading import Opened, Reading, Row
from db.store.touched import Touched
from db.store.troubles import DriverError, is_constraint, told, troubles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.clock import Clock
    from app.record import Question, Record
    from db.store.identity import Signer

T = TypeVar("T")


_FEW = 8
"""So many rows of the check list are compared with what is there before they are put."""
_SOME = 500
"""So many rows are taken back between two reports of progress."""
_COMMITTED_UNIT = "SELECT 1 FROM unit WHERE id = ?"
_NOTE_UNIT = "INSERT OR REPLACE INTO unit (one, id) VALUES (1, ?)"


class Writing(Reading):
    """Reads and writes; everything is forgotten unless it is committed.

    Attributes:
        act: what the user does; subject: id of the person or thing concerned.
        written: the records as added or changed so far.
        removed: ids taken out of the check list so far.
        poured: how many records of each kind were poured in.
    """

    def __init__(
        self, opened: Opened, act: str, subject: str, signer: Signer, clock: Clock
    ) -> None:
        super().__init__(opened)
        self.act = act
        self.subject = subject
        self.written: list[Record] = []
        self.removed: list[str] = []
        self.poured: dict[type[Record], int] = defaultdict(int)
        self._poured_digests: dict[int, bytearray] = defaultdict(bytearray)
        self._signer = signer
        self._now = clock.now()
        self._digests: dict[str, dict[str, bytes]] = defaultdict(dict)
        self._attached: list[str] = []
        self._touched = Touched(opened.raw, opened.schema.derived)
        self._kinds: set[type[Record]] = set()
        self._unit = new_id()
        self._committed = False
        with troubles():
            begin(opened.raw, writing=True)
        self._tail: writer.Tail | None = None
        if opened.schema.journaled:
            self._tail = writer.tail_of(opened.raw, opened.identity.device)
        self._number = self._tail.number if self._tail else 0

    @property
    def is_committed(self) -> bool:
        """Whether everything was written, durably."""
        return self._committed

    # -- writing ------------------------------------------------------------------------------

    def add(self, *records: Record) -> None:
        """Add records; facts can only be added.

        Raises:
            Refusal: `store.already_there` when a record with this id, or with a number that
                must be unique, is kept already; then none of these records is added.
        """
        if not records:
            return
        if len(records) == 1:
            self._add_some(type(records[0]), records)
            return
        self._write("SAVEPOINT several")
        try:
            for kind, some in _by_kind(records).items():
                self._add_some(kind, some)
        except BoordboekError:
            if self._opened.raw.in_transaction:
                self._write("ROLLBACK TO several")
            raise
        finally:
            if self._opened.raw.in_transaction:
                self._write("RELEASE several")

    def pour(self, *records: Record) -> None:
        """Add many records without keeping them in memory; lists follow at the end.

        A record that was poured in cannot be changed in the same unit of work.
        """
        if not self.poured:
            hold(self._opened.raw, POURED)
        for kind, some in _by_kind(records).items():
            stored = self._opened.schema.kind(kind)
            for digest in self._insert_some(stored, some).values():
                self._poured_digests[digest[0]] += digest
            self._touch(stored, some)
            self.poured[kind] += len(some)
        self._touched.lighten()

    def _add_some(self, kind: type[Record], records: Sequence[Record]) -> None:
        stored = self._opened.schema.kind(kind)
        self._note(stored, records, self._insert_some(stored, records))

    def _insert_some(self, stored: Kind[Any], records: Sequence[Record]) -> dict[str, bytes]:
        """Insert records; the digest of each, by id."""
        rows = [stored.values(record) for record in records]
        digests: dict[str, bytes] = {}
        if self._tail:
            for record, row in zip(records, rows, strict=True):
                digests[record.id] = stored.digest(stored.canonical(row))
                row.append(self._number)
        try:
            self._write_many(statements.insert(stored), rows)
        except DriverError as error:
            if is_constraint(error):
                raise Refusal("store.already_there") from error
            raise told(error) or error from error
        return digests

    def change(self, *records: Record) -> None:
        """Replace records by their new state; the former state is kept as history.

        In the check list this puts rows there whether or not one with the id was there before.

        Raises:
            Refusal: `register.fact_is_final` for a record that is a fact, `register.not_found`
                for one that is not there.
        """
        for kind, some in _by_kind(records).items():
            stored = self._opened.schema.kind(kind)
            if stored.fact:
                raise Refusal("register.fact_is_final")
            if stored.sealed:
                for record in some:
                    self._change_one(stored, record)
            elif len(some) <= _FEW:
                for record in some:
                    self._put_one(stored, record)
            else:
                rows = [stored.values(record) for record in some]
                self._told_many(statements.replace(stored), rows)
                self._note(stored, some, {})

    def _change_one(self, stored: Kind[Any], record: Record) -> None:
        found = self.rows(statements.present(stored), (record.id,))
        if not found:
            raise Refusal("register.not_found")
        *before, seal = found[0]
        after = stored.values(record)
        if after == before:
            return
        number = self._number
        if seal == number and record.id not in self._digests[stored.name]:
            raise RuntimeError("what was poured in is final in its unit of work")
        if seal != number:
            at = instant_text(self._now)
            past = (stored.name, record.id, seal, stored.canonical(before), number, at)
            self._write(statements.insert_into(self._opened.schema, "past_state"), past)
        self._write(statements.update(stored), (*after, number, record.id))
        digest = stored.digest(stored.canonical(after))
        self._note(stored, (record,), {record.id: digest})

    def _put_one(self, stored: Kind[Any], record: Record) -> None:
        """Put a row there; of one that was there only what differs, so few pages change."""
        after = stored.values(record)
        found = self.rows(statements.present(stored), (record.id,))
        if not found:
            self._write(statements.insert(stored), after)
        elif differs := tuple(
            place for place, old in enumerate(found[0]) if old != after[place]
        ):
            self._write(
                statements.change(stored, differs), (*(after[n] for n in differs), record.id)
            )
        self._note(stored, (record,), {})

    def remove(self, kind: type[Record], *ids: str) -> None:
        """Take rows out of the check list; any other compartment refuses.

        Raises:
            Refusal: `register.fact_is_final`.
        """
        stored = self._opened.schema.kind(kind)
        if stored.fact or stored.sealed:
            raise Refusal("register.fact_is_final")
        if ids:
            self._told_many(
                statements.delete(stored), [(wanted,) for wanted in batches(ids, _SOME)]
            )
            self.removed.extend(ids)

    def take_back(self, kind: type[Record], id: str, progress: Progress = SILENT) -> None:
        """Undo the unit of work that wrote a record; that record itself stays.

        What it added is taken out, and what it changed is as it was before; both stay in the
        history. Kinds that nobody may take out stay too.

        Raises:
            Refusal: `register.not_found`, or `register.fact_is_final` when something that it
                wrote was changed since.
            CancelledError: when the person stopped it.
        """
        schema = self._opened.schema
        named = schema.kind(kind)
        seal = past.seal_of(self, named, id)
        if not seal:
            raise Refusal("register.not_found")
        if past.changed_since(self, named, seal):
            raise Refusal("register.fact_is_final")
        kinds = [stored for stored in schema.kinds.values() if stored.removable]
        total = sum(past.sealed_count(self, stored, seal) for stored in kinds)
        done = 0
        for stored in kinds:
            for some in self._take_back_kind(stored, seal):
                progress.step(done, total)
                done += some
        self._touched.follow(progress)

    def _take_back_kind(self, stored: Kind[Any], seal: int) -> Iterator[int]:
        """Take back what an entry wrote of a kind, some at a time; tells how many."""
        before = past.former_states(self, stored, seal)
        ids = past.sealed_ids(self, stored, seal)
        for start in range(0, len(ids), _SOME):
            rows = past.rows_of(self, stored, ids[start : start + _SOME])
            for row in rows:
                if (state := before.get(row[0])) is not None:
                    self._change_one(stored, stored.past(state))
            self._take_out(stored, seal, [row for row in rows if row[0] not in before])
            yield len(rows)

    def _take_out(self, stored: Kind[Any], seal: int, rows: list[Row]) -> None:
        if not rows:
            return
        at, number = instant_text(self._now), self._number
        lines = [(row[0], past.gone(row[0])) for row in rows]
        states = [
            (stored.name, row[0], seal, stored.canonical(row), number, at) for row in rows
        ]
        states += [(stored.name, id, number, line, number, at) for id, line in lines]
        self._told_many(statements.insert_into(self._opened.schema, "past_state"), states)
        gone = batches((id for id, _ in lines), _SOME)
        self._told_many(statements.delete(stored), [(wanted,) for wanted in gone])
        for _, line in lines:
            digest = stored.digest(line)
            self._poured_digests[digest[0]] += digest
        self.poured[stored.record] += len(rows)
        self.removed += [id for id, _ in lines]
        self._touch(stored, list(map(stored.read, rows)))

    def attach(self, content: bytes) -> str:
        """Encrypt and keep a file; returns the id under which `blob` gives it back.

        Raises:
            Trouble: `register.disk_full`, `register.read_only`.
        """
        blob = self._opened.blobs.write(content)
        self._attached.append(blob.id)
        self.add(blob)
        return blob.id

    # -- the end ------------------------------------------------------------------------------

    def commit(self, progress: Progress = SILENT) -> Head:
        """Write everything, durably, and return the new head of the journal.

        Raises:
            CancelledError: when the person stopped it; nothing was written.
            Trouble: `register.disk_full`, `register.busy` and the like: nothing was written;
                `register.write_unknown`: it cannot be told.
        """
        self._touched.follow(progress)
        with awaited(progress, 1, 1):
            head = self._seal(self._tail) if self._tail else None
            if head is None and self._fact() is None:
                self._write(_NOTE_UNIT, (self._unit,))
            self._finish()
        head = head or newest(self.written) or self.head()
        self.close()
        return head

    def _seal(self, tail: writer.Tail) -> Head:
        """Write the entry that seals everything written so far."""
        state = self._state()
        wrote = {kind: len(some) for kind, some in self._digests.items() if some}
        for kind, number in self.poured.items():
            name = self._opened.schema.kind(kind).name
            wrote[name] = wrote.get(name, 0) + number
        act = writer.Act(self.act, self.subject, state, wrote)
        entry = writer.entry_for(act, tail, self._opened.identity, self._signer, self._now)
        self._unit = entry.id
        statement = statements.insert_into(self._opened.schema, "journal")
        self._write(statement, [getattr(entry, name) for name in COLUMNS])
        return Head(entry.number, entry.digest.hex())

    def _state(self) -> bytes:
        digests = (d for some in self._digests.values() for d in some.values())
        if not self.poured:
            return state_digest(digests)
        for digest in digests:
            self._poured_digests[digest[0]] += digest
        return states_digest(self._poured_digests[first] for first in range(256))

    def _finish(self) -> None:
        raw = self._opened.raw
        for kind in self._kinds:
            self._opened.settings.pop(kind, None)
        marked = self._mark()
        try:
            raw.commit()
        except DriverError as error:
            if is_constraint(error):
                self._roll_back()
                if marked:
                    self._unmark()
                raise RuntimeError("a record refers to something that is not there") from error
            if not self._is_there():
                if marked:
                    self._unmark()
                raise told(error) or error from error
        self._committed = True
        self._opened.blobs.destroy(
            one.blob for one in self.written if isinstance(one, FileDestroyed)
        )
        self._opened.commits += 1
        self._opened.answers.clear()
        if self.poured:
            raw.execute("PRAGMA shrink_memory")

    def _mark(self) -> bool:
        """Say beforehand that the check list falls behind; returns whether it had not."""
        identity = self._opened.identity
        concerned = identity.compartment is Compartment.CONSENT and (
            self.written or self.poured or self.removed
        )
        return bool(concerned) and unpublished.put(identity.folder)

    def _unmark(self) -> None:
        unpublished.take(self._opened.identity.folder)

    def _is_there(self) -> bool:
        """Whether the unit of work stands in the file after an error at commit."""
        raw = self._opened.raw
        try:
            self._roll_back()
            if self._tail:
                return writer.known(raw, self._number, self._unit)
            statement, id = _COMMITTED_UNIT, self._unit
            if fact := self._fact():
                statement, id = (
                    statements.present(self._opened.schema.kind(type(fact))),
                    fact.id,
                )
            return raw.execute(statement, (id,)).fetchone() is not None
        except DriverError as error:
            raise Trouble("register.write_unknown") from error

    def _fact(self) -> Record | None:
        """A fact that this unit of work added: once it is there, all of it is."""
        kinds = self._opened.schema.kinds
        return next((each for each in self.written if kinds[type(each)].fact), None)

    @override
    def close(self) -> None:
        """Forget whatever was not committed."""
        if self._closed:
            return
        super().close()
        if not self._committed:
            self._roll_back()
            self._opened.blobs.discard(self._attached)
        if self.poured:
            hold(self._opened.raw, USUAL)

    def _roll_back(self) -> None:
        if self._opened.raw.in_transaction:
            self._opened.raw.rollback()

    # -- reading what was just written --------------------------------------------------------

    @override
    def ask(self, question: Question[T]) -> T:
        """The answer to a question, with everything written so far."""
        self._touched.follow()
        return super().ask(question)

    @override
    def kept_answer(self, question: Question[T]) -> T | None:
        """None: a unit of work does not answer from memory."""
        return None

    @override
    def keep_answer(self, question: Question[T], answer: T, most: int = 0) -> None:
        """Keep nothing: it might never be committed."""

    @override
    def _is_as_committed(self, kind: type[Record]) -> bool:
        """Whether this unit of work has written none of the kind."""
        return kind not in self._kinds

    # -- the driver ---------------------------------------------------------------------------

    def _note(
        self, stored: Kind[Any], records: Iterable[Record], digests: dict[str, bytes]
    ) -> None:
        records = tuple(records)
        self.written.extend(records)
        if digests:
            self._digests[stored.name].update(digests)
        self._touch(stored, records)

    def _touch(self, stored: Kind[Any], records: Sequence[Record]) -> None:
        self._kinds.add(stored.record)
        self._touched.note(stored.name, records)

    def _write(self, statement: str, values: Sequence[object] = ()) -> None:
        if not self._opened.raw.in_transaction:
            raise RuntimeError("this unit of work is over")
        try:
            self._opened.raw.execute(statement, values)
        except DriverError as error:
            raise told(error) or error from error

    def _write_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        if not self._opened.raw.in_transaction:
            raise RuntimeError("this unit of work is over")
        if len(rows) == 1:
            self._opened.raw.execute(statement, rows[0])
        else:
            self._opened.raw.executemany(once(statement), rows)

    def _told_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        try:
            self._write_many(statement, rows)
        except DriverError as error:
            raise told(error) or error from error


def _by_kind(records: Iterable[Record]) -> dict[type[Record], list[Record]]:
    found: dict[type[Record], list[Record]] = defaultdict(list)
    for record in records:
        found[type(record)].append(record)
    return found
