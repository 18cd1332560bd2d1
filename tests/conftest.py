"""What holds for every test: its own home, no screen, no keyring, nothing left behind.

A test fails when something was logged as an error that it did not expect, and when threads,
timers, windows or temporary files outlive it. Fixtures for registers live in modules of their
own beside this one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import leftovers

if TYPE_CHECKING:
    import logging
    from collections.abc import Iterator

pytest_plugins = ["tests.patience", "tests.registers", "tests.sample"]

PART = os.environ.get("BOORDBOEK_TESTS", "")
"""Which harness plays these tests: "screen", "secrets", or nothing."""

_home: Path | None = None


def pytest_configure() -> None:
    """Move everything that belongs to the person at this machine out of reach."""
    global _home  # noqa: PLW0603 - there is one home for one run
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
    _home = Path(tempfile.mkdtemp(prefix="boordboek-tests-"))
    for variable, name in _HOMES.items():
        os.environ[variable] = str(_home / name)
        (_home / name).mkdir(mode=0o700)
    tempfile.tempdir = None
    if PART != "screen":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if PART == "secrets":
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.SecretService.Keyring"
    else:
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    settings.load_profile(os.environ.get("BOORDBOEK_PROFILE", "quick"))


def pytest_unconfigure() -> None:
    """Remove the home of this run."""
    if _home is not None:
        shutil.rmtree(_home, ignore_errors=True)


_HOMES = {
    "HOME": "home",
    "TMPDIR": "temporary",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_RUNTIME_DIR": "runtime",
}

settings.register_profile(
    "quick",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=25,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "torture",
    deadline=None,
    database=None,
    max_examples=1000,
    stateful_step_count=80,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def logged_errors() -> Iterator[list[logging.LogRecord]]:
    """What was logged as an error; a test that expects some looks at it and clears it."""
    with leftovers.errors() as records:
        yield records
        found = [leftovers.sentence(record) for record in records]
    assert not found, f"logged as error: {found}"


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a thread, a timer, a window or a temporary file behind."""
    screens = "qapp" in request.fixturenames
    before = leftovers.standing(screens=screens)
    yield
    left = leftovers.left_since(before, screens=screens)
    left += leftovers.temporary_files()
    assert not left, f"left behind: {left}"


@pytest.fixture(autouse=True)
def _right_harness(request: pytest.FixtureRequest) -> None:
    """Refuse to play a test outside the surroundings that it is about."""
    for part in ("screen", "secrets"):
        if request.node.get_closest_marker(part) and part != PART:
            pytest.fail(f"this test needs its harness: tests/{part}/run")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The name under which the tests' application runs."""
    return [sys.argv[0], "-name", "boordboek-tests"]
