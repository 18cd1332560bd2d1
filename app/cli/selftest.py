"""The self-test: a pupil's whole story in a register that is gone afterwards."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.check.answer import board, check_pupil, pupils_of_group
from app.cli.registers import FINDINGS, FINE
from app.demo.school import make_demo
from app.forms.issue import prepare_forms, requests_for_pupil
from app.journal.verify import verify_all

if TYPE_CHECKING:
    from app.cli.arguments import Given
    from app.cli.console import Console
    from app.cli.tools import Tools

_PUPILS = 12


def self_test(tools: Tools, console: Console, _given: Given) -> int:
    """Make a register, ask, draw, verify, and say which parts are used."""
    words = console.words
    with TemporaryDirectory(prefix="boordboek-") as place:
        session = make_demo(tools.vault(), Path(place) / "register", _PUPILS)
        try:
            console.say(words("cli.test_made", count=_PUPILS))
            groups = (pupils_of_group(session, group.id) for group in board(session).groups)
            pupil = next(hits[0] for hits in groups if hits)
            answers = check_pupil(session, pupil.id).lines
            console.say(words("cli.test_answers", count=len(answers)))
            requests = requests_for_pupil(session, pupil.id)
            pdf = prepare_forms(session, tools.press, requests, words.language).pdf
            console.say(words("cli.test_form", count=pdf.pages))
            found = verify_all(session)
        finally:
            session.lock()
    fine = all(each.in_order for each in found)
    console.say(words("cli.test_journal" if fine else "cli.test_journal_wrong"))
    parts = tools.components()
    for name, version, licence in parts:
        console.say(f"  {name} {version} {licence}".rstrip())
    console.say(words("cli.test_fine" if fine else "cli.test_wrong"))
    console.give(
        {
            "in_order": fine,
            "answers": len(answers),
            "pages": pdf.pages,
            "versions": {name: version for name, version, _ in parts},
        }
    )
    return FINE if fine else FINDINGS
