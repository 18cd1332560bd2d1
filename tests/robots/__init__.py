"""Robots: what a person does and sees on a page, so that tests never touch widgets themselves."""

from typing import TypeVar

from PySide6.QtCore import QObject

T = TypeVar("T", bound=QObject)


def part(owner: QObject, kind: type[T], name: str = "") -> T:
    """The part of a window of this kind and, if given, with this object name.

    Raises:
        AssertionError: there is none.
    """
    found = owner.findChild(kind, name) if name else owner.findChild(kind)
    assert found is not None, f"no {kind.__name__} {name!r} in {owner.objectName() or owner}"
    return found
