"""A long dossier: progress, stopping half way, and a memory that does not follow the files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.compile.compiling import compile_copy
from app.compile.verify import verify_compiled
from app.dossier.dossiers import open_dossier
from app.dossier.records import Entry
from app.ids import new_id
from app.jobs import CancelledError
from db.register.vouching import vouched
from tests.app.compile.situations import (
    BINDER,
    DAY,
    TALK,
    Situation,
    decided,
    pdf_file,
    request_of,
    situation,
    with_file,
)
from tests.app.dossier.situations import PUPILS
from tests.app.dossier.test_filing import acts
from tests.registers import NOW

if TYPE_CHECKING:
    from tests.registers import School

ROOT = Path(__file__).parents[3]
MANY = 300
LETTER = with_file("brief.pdf", pdf_file(*(f"Blad {page}" for page in range(20))))


class Steps:
    """Keeps what was told, and stops at a step."""

    def __init__(self, stop_at: int = 1_000_000) -> None:
        self.told: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def step(self, done: int, total: int) -> None:
        """Keep it."""
        self.told.append((done, total))
        if len(self.told) >= self._stop_at:
            raise CancelledError


def long(school: School) -> Situation:
    """A dossier with many talks and a letter of twenty pages."""
    case = situation(school.director(), TALK, LETTER)
    with case.session.work(PUPILS, "entry_added", case.dossier_id) as work:
        work.add(
            *(
                Entry(
                    id=new_id(),
                    dossier_id=case.dossier_id,
                    kind="talk",
                    happened_on=DAY,
                    title=f"Gesprek {number}",
                    body="Gesproken met Zoë en met Roos de Beer over het plein.\n" * 6,
                    author="Jan de Wit",
                    recorded_at=NOW,
                )
                for number in range(MANY)
            )
        )
        work.commit()
    return case


def test_a_long_dossier_becomes_one_copy(school: School) -> None:
    case = long(school)
    steps = Steps()
    made = compile_copy(case.session, BINDER, decided(case, request_of(case)), steps)
    found = verify_compiled(BINDER, vouched, made.pdf.content)
    assert found.in_order
    assert found.contents is not None
    assert len(found.contents.pieces) == MANY + 2
    starts = [piece.page for piece in found.contents.pieces]
    assert starts == sorted(starts)
    done = [step[0] for step in steps.told]
    assert done == sorted(done)
    assert steps.told[-1] == (100, 100)
    assert len(done) > MANY


@pytest.mark.parametrize("stop_at", [3, 320])
def test_who_stops_half_way_has_kept_nothing(school: School, stop_at: int) -> None:
    case = long(school)
    before = acts(case.session, PUPILS)
    request = decided(case, request_of(case))
    blobs = sorted((school.folder / "blobs" / "pupil_dossier").iterdir())
    with pytest.raises(CancelledError):
        compile_copy(case.session, BINDER, request, Steps(stop_at))
    assert "dossier_compiled" not in acts(case.session, PUPILS)[len(before) :]
    opened = open_dossier(case.session, PUPILS, case.dossier_id)
    assert "compiled" not in {item.kind for item in opened.timeline}
    assert sorted((school.folder / "blobs" / "pupil_dossier").iterdir()) == blobs


SCRIPT = """
import json, resource, sys
from reports.compile.bind import bind
from tests.app.compile.situations import pdf_file, picture_file
from tests.reports.compile.papers import contents, file_of, paper, piece

words = "gesprek leerling school plein moeder opname besloten groep kapitein brief".split()
page = "\\n".join(" ".join(words) for _ in range(40))
letter, photo = pdf_file(*[page] * 10), picture_file("JPEG", (3000, 2000))
filler = bytes(8 * 1024 * 1024)

def load(key):
    return (letter if key.startswith("l") else photo) + b"\\n%" + filler[: int(sys.argv[1])]

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

pieces = [piece(n) for n in range(1, 251)]
pieces += [piece(250 + n, file=file_of(f"l{n}", 10)) for n in range(1, 46)]
pieces += [piece(295 + n, file=file_of(f"p{n}")) for n in range(1, 6)]
before = peak()
made = bind(paper(*pieces), load, contents)
print(json.dumps({"pages": made.pages, "size": len(made.content), "grown": peak() - before}))
"""


@pytest.mark.torture
def test_the_memory_does_not_follow_the_files() -> None:
    """Three hundred pieces, five hundred pages, files of eight megabytes each: 400 in all."""
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(8 * 1024 * 1024)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(ran.stdout)
    assert found["pages"] > 500
    assert found["grown"] < 4 * found["size"] + 150 * 1024 * 1024
