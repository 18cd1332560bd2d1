"""Answers whether anything was built on an import."""

from __future__ import annotations

from typing import Any

BUILT: dict[type[Any], Any] = {}
