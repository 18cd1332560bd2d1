"""Answers to what is asked about asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWERS: dict[type[Any], Callable[..., Any]] = {}
