"""Starts Boordboek: the window, or one command; the one place that wires the floors."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import SystemClock
from app.jobs import SILENT, Progress

if TYPE_CHECKING:
    from app.compile.binding import Binder
    from app.compile.contents import OpenSignature
    from app.paper import Paper, Pdf
    from app.ports import Vault

VERSION = "0.1.0"
_TROUBLE = 3
_ON_A_SCREEN = ("xcb", "wayland")
_PARTS = (
    *("PySide6-Essentials", "SQLAlchemy", "alembic", "sqlcipher3", "cryptography", "PyNaCl"),
    *("keyring", "reportlab", "pypdfium2", "pikepdf", "pillow", "segno"),
)


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask, and return the exit code."""
    options = [word for word in arguments if word.startswith("--")]
    if arguments and (arguments[0] not in options or "--help" in options):
        return _command(arguments)
    return _say_no_screen() if _lacks_screen(os.environ) else _window(arguments)


def _lacks_screen(environment: Mapping[str, str]) -> bool:
    """Whether Qt would end the program at once, for want of a screen to open a window on."""
    if sys.platform != "linux" or environment.get("DISPLAY"):
        return False
    if environment.get("WAYLAND_DISPLAY"):
        return False
    asked = environment.get("QT_QPA_PLATFORM", "")
    return all(name.startswith(_ON_A_SCREEN) for name in asked.split(";") if name)


def _say_no_screen() -> int:
    from app.cli.console import Console, language_of
    from app.text import Words

    console = Console(Words(language_of(os.environ)))
    console.warn(console.words("cli.no_screen"))
    return _TROUBLE


def _window(arguments: Sequence[str]) -> int:
    gc.disable()  # what is made now stays; the window collects for itself, see `ui.collector`
    from db.register.preferences import LocalPreferences  # light; the rest waits
    from ui.app.run import run
    from ui.shell.outside import Outside

    outside = Outside(
        vault=_vault,
        press=_Press(),
        binder=_binder,
        preferences=LocalPreferences(),
        version=VERSION,
        components=_components,
        relaunch=_relaunch,
    )
    return run(outside, arguments)


def _command(arguments: Sequence[str]) -> int:
    from app.cli.run import Tools, run

    return run(arguments, Tools(_vault, _Press(), _tour, _components, _binder, _vouched))


@cache
def _vault() -> "Vault":
    from db.register.hardening import harden
    from db.register.vault import LocalVault

    harden()
    return LocalVault(SystemClock())


class _Press:
    """The press, loaded when the first paper is drawn."""

    def draw(self, paper: "Paper", progress: Progress = SILENT) -> "Pdf":
        """The finished document for a paper."""
        from reports.press import PaperPress

        return PaperPress().draw(paper, progress)


@cache
def _binder() -> "Binder":
    from reports.compile.binder import PaperBinder

    return PaperBinder()


def _vouched(signature: "OpenSignature", content: bytes) -> bool:
    from db.register.vouching import vouched

    return vouched(signature, content)


def _components() -> tuple[tuple[str, str, str], ...]:
    """Name, version and licence of the parts made by others."""
    from importlib import metadata

    found = [("Python", sys.version.split()[0], "PSF-2.0")]
    for name in _PARTS:
        try:
            facts = metadata.metadata(name).json
        except metadata.PackageNotFoundError:
            continue
        licence = str(facts.get("license_expression") or facts.get("license") or "")
        found.append((name, str(facts["version"]), licence.partition("\n")[0]))
    return tuple(found)


def _tour(to: Path) -> str:
    """Play the tour on a vault and with preferences of its own, which end with it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tempfile import TemporaryDirectory

    from db.register.preferences import LocalPreferences
    from db.register.vault import LocalVault
    from ui.shell.outside import Outside
    from ui.tour.play import play

    with TemporaryDirectory(prefix="boordboek-tour-") as place:
        state = Path(place) / "state"
        vault = LocalVault(SystemClock(), keyring_enabled=False, remembered=state)
        outside = Outside(
            vault=lambda: vault,
            press=_Press(),
            binder=_binder,
            preferences=LocalPreferences(Path(place)),
            version=VERSION,
            components=_components,
        )
        return play(outside, to)


def _relaunch(reason: str) -> None:
    """Begin anew, so that nothing that was shown stays in memory; returns on Windows only."""
    program = [sys.executable, str(Path(__file__).resolve()), "--locked", reason or "asked"]
    if sys.platform == "win32":
        from ui.app.run import start_another

        start_another(program)
    else:
        os.execv(sys.executable, program)  # noqa: S606 - this program itself, no shell


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
