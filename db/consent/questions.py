"""Answers to what is asked about consent."""

from __future__ import annotations

from typing import Any

ANSWERS: dict[type[Any], Any] = {}
