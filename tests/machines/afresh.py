"""Runs machines of which every story begins with something of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis.stateful import run_state_machine_as_test

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis import settings
    from hypothesis.stateful import RuleBasedStateMachine


def run_afresh(begin: Callable[[], RuleBasedStateMachine], whole: settings) -> None:
    """Run a machine; `begin` makes it for every story anew."""
    run_state_machine_as_test(begin, settings=whole)  # type: ignore[arg-type]  # takes any callable, it says
