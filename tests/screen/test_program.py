"""The program itself as a process of its own, in a real window."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from app.clock import SystemClock
from app.journal.verify import verify_all
from app.start.begin import NewRegister, begin_register
from db.keys.derive import KdfCost
from db.register.machine import machine_name
from db.register.vault import LocalVault
from tests.registers import DIRECTOR
from tests.screen.x11 import Screen, Window, screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.screen

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
SIGN_IN = f"sign-in {DIRECTOR.name}|{DIRECTOR.password}"
T = TypeVar("T")


@pytest.fixture
def on_screen() -> Iterator[Screen]:
    with screen() as found:
        yield found


@pytest.fixture
def vault(tmp_path: Path) -> LocalVault:
    """As the program's own, at the lowest cost that the program accepts."""
    return LocalVault(
        SystemClock(), KdfCost.floor(), keyring_enabled=False, remembered=tmp_path / "heads"
    )


@pytest.fixture
def register(vault: LocalVault, tmp_path: Path) -> Path:
    """A register that the real program opens."""
    folder = tmp_path / "register"
    new = NewRegister(folder, "De Meerpaal", DIRECTOR.name, DIRECTOR.password, group="Roefjes")
    session, code = begin_register(vault, new)
    session.confirm_recovery(code.text)
    session.lock()
    return folder


def until(what: Callable[[], T]) -> T:
    """The first answer that is one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen")


@contextmanager
def started(tmp_path: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A process with a home of its own; it is gone afterwards in any case."""
    names = (
        "HOME",
        "TMPDIR",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
    )
    homes = {name: str(tmp_path / "home" / name) for name in names}
    for home in homes.values():
        Path(home).mkdir(parents=True, exist_ok=True)
    surroundings = {**os.environ, **homes, "LANG": "nl_NL.UTF-8"}
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=surroundings,
        text=True,
        stdin=-1,
        stdout=-1,
        stderr=-1,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.kill()


def ask(process: subprocess.Popen[str], line: str) -> str:
    """Let the person in the program do something, and hear what came of it."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def driven(tmp_path: Path, register: Path) -> tuple[str, ...]:
    return ("-m", "tests.screen.driven", "--register", str(register))


def ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    said = process.stdout.readline().strip()
    assert said == "ready", process.stderr.read() if process.stderr else said


def window_of(on_screen: Screen, process: subprocess.Popen[str]) -> Window:
    """The window of a program, once it is shown."""
    return until(lambda: on_screen.windows(process.pid))[0]


def closed_well(process: subprocess.Popen[str]) -> None:
    """The program ended by itself and had nothing to complain of."""
    _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")


def held_by(vault: LocalVault, register: Path) -> str:
    return vault.state(register).opened_by


def test_it_starts_in_a_window_and_ends_when_that_is_closed(
    on_screen: Screen, tmp_path: Path
) -> None:
    with started(tmp_path, "main.py") as process:
        window = window_of(on_screen, process)
        assert "Boordboek" in window.title
        on_screen.close(window)
        closed_well(process)


def test_a_register_that_is_open_elsewhere_says_so_at_the_door(
    vault: LocalVault, register: Path, tmp_path: Path
) -> None:
    session = vault.unlock(register, DIRECTOR.name, DIRECTOR.password)
    with started(tmp_path, *driven(tmp_path, register)) as process:
        ready(process)
        ask(process, SIGN_IN.replace("sign-in", "try"))
        assert machine_name() in ask(process, "texts")
        process.kill()
    session.lock()


def test_leaving_by_the_window_lets_go_of_the_register(
    on_screen: Screen, vault: LocalVault, register: Path, tmp_path: Path
) -> None:
    with started(tmp_path, *driven(tmp_path, register)) as process:
        ready(process)
        assert ask(process, SIGN_IN) == "in"
        assert held_by(vault, register)
        on_screen.close(window_of(on_screen, process))
        closed_well(process)
    assert held_by(vault, register) == ""


def test_after_idle_time_a_fresh_process_stands_at_the_lock_screen(
    on_screen: Screen, vault: LocalVault, register: Path, tmp_path: Path
) -> None:
    with started(tmp_path, *driven(tmp_path, register)) as process:
        ready(process)
        assert ask(process, SIGN_IN) == "in"
        assert ask(process, "idle") == "idle"
        running = Path(f"/proc/{process.pid}/cmdline")
        until(lambda: b"--locked\0idle" in running.read_bytes())
        assert b"driven" not in running.read_bytes()
        assert held_by(vault, register) == ""
        window = window_of(on_screen, process)
        on_screen.close(window)
        closed_well(process)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_program_that_is_ended_keeps_nobody_out(
    vault: LocalVault, register: Path, tmp_path: Path, how: signal.Signals
) -> None:
    with started(tmp_path, *driven(tmp_path, register)) as process:
        ready(process)
        assert ask(process, SIGN_IN) == "in"
        process.send_signal(how)
        process.wait(PATIENCE)
    assert held_by(vault, register) == ""
    session = vault.unlock(register, DIRECTOR.name, DIRECTOR.password)
    assert all(found.in_order for found in verify_all(session))
    session.lock()
