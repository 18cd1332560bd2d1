"""Reading many cases at once: every kind of record is read one time, then looked up."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from app.errors import Refusal
from app.record import Record

if TYPE_CHECKING:
    from app.ports import Reader

R = TypeVar("R", bound=Record)


class CaseReader(Protocol):
    """What reading a case asks of a reader."""

    def get(self, kind: type[R], id: str) -> R:
        """The record with this id; `register.not_found` refuses when there is none."""
        ...

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """All records of a kind whose fields equal the values."""
        ...


class Gathered:
    """A reader for going through all cases of a compartment; answers from what it read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._by_id: dict[type[Record], dict[str, Any]] = {}
        self._by_case: dict[type[Record], dict[str, list[Any]]] = {}

    def get(self, kind: type[R], id: str) -> R:
        """The record with this id.

        Raises:
            Refusal: `register.not_found` when there is none.
        """
        found: R | None = self._records(kind).get(id)
        if found is None:
            raise Refusal("register.not_found")
        return found

    def all(self, kind: type[R], /, **equal: object) -> tuple[R, ...]:
        """The records of one case, or of everything that is asked otherwise."""
        case_id = equal.get("case_id")
        if len(equal) != 1 or not isinstance(case_id, str):
            return self._reader.all(kind, **equal)
        if kind not in self._by_case:
            grouped: dict[str, list[Any]] = defaultdict(list)
            for record in self._records(kind).values():
                grouped[record.case_id].append(record)
            self._by_case[kind] = grouped
        return tuple(self._by_case[kind].get(case_id, ()))

    def _records(self, kind: type[R]) -> dict[str, Any]:
        if kind not in self._by_id:
            self._by_id[kind] = {record.id: record for record in self._reader.all(kind)}
        return self._by_id[kind]
