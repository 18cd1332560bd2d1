"""The ways into a register, as jobs for the storage thread; each ends with everything ready.

What the jobs work with is loaded in them: the lock screen is there before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.errors import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from app.jobs import Progress
    from app.paper import Pdf
    from app.ports import FolderState, RecoveryCode, Session
    from app.start.begin import NewRegister
    from ui.shell.desk import SignedIn
    from ui.shell.outside import Outside


class Way(NamedTuple):
    """Who comes in, and with what.

    Attributes:
        secret: pass phrase, PIN, or the new pass phrase when a code is given.
        code: one-time or recovery code.
    """

    folder: Path
    name: str
    secret: str
    code: str = ""


class Begun(NamedTuple):
    """A register that was just made, with the sheet for the safe.

    Attributes:
        sheet: None when it cannot be drawn; the code stands by itself then.
    """

    signed_in: SignedIn
    code: RecoveryCode
    sheet: Pdf | None


def unlock(outside: Outside, way: Way) -> SignedIn:
    """Come in with a pass phrase."""
    return _ready(outside.vault().unlock(way.folder, way.name, way.secret))


def unlock_with_pin(outside: Outside, way: Way) -> SignedIn:
    """Come in with the PIN of this machine."""
    return _ready(outside.vault().unlock_on_device(way.folder, way.name, way.secret))


def enrol(outside: Outside, way: Way) -> SignedIn:
    """Come in for the first time, with a one-time code."""
    return _ready(outside.vault().enrol(way.folder, way.name, way.code, way.secret))


def recover(outside: Outside, way: Way) -> SignedIn:
    """Come in as a director with the code from the recovery sheet."""
    signed_in = _ready(outside.vault().recover(way.folder, way.code, way.name, way.secret))
    signed_in.sheet_used = True
    return signed_in


def look_at(outside: Outside, folder: Path) -> FolderState:
    """What stands in a folder."""
    return outside.vault().state(folder)


def begin(outside: Outside, new: NewRegister, language: str) -> Begun:
    """Make a register and draw the recovery sheet."""
    from app.start.begin import begin_register, draw_recovery
    from ui.shell.desk import SignedIn

    session, code = begin_register(outside.vault(), new)
    sheet = draw_recovery(session, outside.press, code, language)
    return Begun(SignedIn(session), code, sheet)


def make_sample(outside: Outside, folder: Path, progress: Progress) -> None:
    """Make the sample school and leave it locked."""
    from app.demo.school import make_demo

    make_demo(outside.vault(), folder, progress=progress, cases=True).lock()


def _ready(session: Session) -> SignedIn:
    from app.start.begin import make_ready
    from ui.shell.desk import SignedIn

    try:
        make_ready(session)
    except Trouble as trouble:
        return SignedIn(session, trouble)
    return SignedIn(session)
