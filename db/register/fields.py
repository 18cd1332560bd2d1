"""Reads values out of JSON that somebody else may have written."""

from __future__ import annotations

from dataclasses import dataclass

from db.keys.canonical import Json, MalformedError, from_text


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object whose fields are asked for by name and kind.

    Every method raises `MalformedError` when the field is missing or of another kind.
    """

    values: dict[str, Json]

    @classmethod
    def of(cls, value: Json) -> Fields:
        """The fields of a value that must be an object."""
        if not isinstance(value, dict):
            raise MalformedError
        return cls(value)

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self.values

    def text(self, name: str) -> str:
        """A text."""
        value = self._value(name)
        if not isinstance(value, str):
            raise MalformedError
        return value

    def number(self, name: str) -> int:
        """A whole number."""
        value = self._value(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise MalformedError
        return value

    def content(self, name: str) -> bytes:
        """Bytes, written as base64."""
        return from_text(self.text(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        found = []
        for value in self.items(name):
            if not isinstance(value, str):
                raise MalformedError
            found.append(value)
        return tuple(found)

    def items(self, name: str) -> list[Json]:
        """A list."""
        value = self._value(name)
        if not isinstance(value, list):
            raise MalformedError
        return value

    def part(self, name: str) -> Fields:
        """An object inside this one; nothing in it when it is not there."""
        return Fields.of(self.values.get(name, {}))

    def parts(self) -> dict[str, Fields]:
        """All fields, each an object itself."""
        return {name: Fields.of(value) for name, value in self.values.items()}

    def all_texts(self) -> dict[str, str]:
        """All fields, each a text."""
        return {name: self.text(name) for name in self.values}

    def _value(self, name: str) -> Json:
        if name not in self.values:
            raise MalformedError
        return self.values[name]
