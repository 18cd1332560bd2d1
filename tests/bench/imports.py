"""A school that comes in from one wide list, measured in a process of its own."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.bench.places import KEPT, ROOT

if TYPE_CHECKING:
    from pathlib import Path

_FIRST = ("Zoë", "Tom", "Anna", "Piotr", "Łucja", "Jan", "Fatma", "Şeyma", "Bram", "Eva")
_STEMS = ("Vries", "Berg", "Dijk", "Kowal", "Yilmaz", "Smit", "Mulder", "Bos", "Vos", "Wal")
_ENDS = ("", "man", "sen", "stra", "sma", "ink", "ers", "huis", "veld", "gracht")
_PREFIXES = ("", "", "", "de", "van der", "van")
COLUMNS = {
    "Leerlingnummer": "pupil.number",
    "Roepnaam": "pupil.first_name",
    "Tussenvoegsel": "pupil.prefix",
    "Achternaam": "pupil.surname",
    "Geboortedatum": "pupil.birth_date",
    "Groep": "pupil.group",
    "Verzorger 1": "guardian1.name",
    "E-mail 1": "guardian1.email",
    "Telefoon 1": "guardian1.phone",
    "Straat 1": "guardian1.street",
    "Postcode 1": "guardian1.postcode",
    "Plaats 1": "guardian1.town",
    "Verzorger 2": "guardian2.name",
    "E-mail 2": "guardian2.email",
}
CHILD = """
import json, sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from app.check.publish import publish_all
from app.clock import SystemClock
from app.roster.accept import accept, lightened, propose, spendable
from app.roster.readers.mapping import Mapping
from app.roster.read import read
from db.keys.derive import KdfCost
from db.register.vault import LocalVault
from tests.bench.imports import COLUMNS, bare

place = Path({place!r})
vault = LocalVault(
    SystemClock(), KdfCost.floor(), keyring_enabled=False, remembered=place / "remembered"
)
session, code = vault.create(place / "register", "De Kade", "Anna", "koperen lantaarn vooraan")
session.confirm_recovery(code.text)

class Steps:
    last, longest = time.perf_counter(), 0.0
    def step(self, done, total):
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now

def timed(work):
    begun = time.process_time()
    found = work()
    return found, (time.process_time() - begun) * 1000

steps = Steps()
mapping = Mapping(name="lijst", columns=tuple(COLUMNS.items()), whole=True)
roster, reading = timed(lambda: spendable(read([Path({file!r})], mapping, steps)))
proposal, comparing = timed(lambda: propose(session, roster, "", steps))
roster = lightened(roster)
done, writing = timed(lambda: accept(session, roster, proposal, None, steps))
people = done.added
del roster, proposal, done
_, publishing = timed(lambda: publish_all(session))
peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
floor = bare(session)
session.lock()
print(json.dumps(dict(
    reading=reading, comparing=comparing, writing=writing, publishing=publishing, floor=floor,
    peak=int(peak[0].split()[1]) / 1024, longest=steps.longest * 1000, people=people,
)))
"""


def write_list(path: Path, pupils: int) -> None:
    """A list of pupils, half of them with two parents."""
    draw = random.Random(1)
    with path.open("w", encoding="utf-8") as out:
        out.write(";".join(COLUMNS) + "\n")
        for number in range(pupils):
            prefix, surname = draw.choice(_PREFIXES), draw.choice(_STEMS) + draw.choice(_ENDS)
            family = f"{prefix} {surname}".strip()
            born = f"{draw.randint(1, 28):02d}-{draw.randint(1, 12):02d}-{draw.randint(2014, 2022)}"
            first = f"{draw.choice(_FIRST)} {draw.choice(_FIRST)}"
            group = f"Groep {number // 25 % 8 + 1} {number // 200}"
            home = (f"Kade {number % 400 + 1}", f"{1000 + number // 400} AB", "Dordrecht")
            mother = (
                f"Anna {family}",
                f"a{number}@post.example",
                f"06-{10**7 + number}",
                *home,
            )
            father = (f"Piotr {draw.choice(_STEMS)}", f"p{number}@post.example")
            row = (str(100000 + number), first, prefix, surname, born, group, *mother)
            out.write(";".join(row + (father if number % 2 else ("", ""))) + "\n")


def measured(place: Path, pupils: int) -> dict[str, Any]:
    """What an import into a new register took, in milliseconds of processor time."""
    file = place / "list.csv"
    write_list(file, pupils)
    code = CHILD.format(root=str(ROOT), place=str(place), file=str(file))
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(KEPT / "bytecode")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=env,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def bare(session: Any) -> float:
    """Milliseconds for the same rows into tables of the same shape, by bare `executemany`."""
    import time

    from app.record import Compartment
    from db.store.engine import begin

    raw = session._compartments.file(Compartment.CONSENT)._opened.raw
    written = ("group", "pupil", "enrolment", "guardian", "relation", "source_key")
    for kind in written:
        made = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index')"
            " AND sql IS NOT NULL ORDER BY type DESC",
            (kind,),
        ).fetchall()
        for name, sql in made:
            raw.execute(_elsewhere(sql, name, kind))
    rows = {kind: raw.execute(f'SELECT * FROM "{kind}"').fetchall() for kind in written}
    begun = time.process_time()
    begin(raw, writing=True)
    for kind, some in rows.items():
        marks = ",".join("?" * len(some[0])) if some else ""
        if some:
            raw.executemany(f'INSERT INTO "bare_{kind}" VALUES ({marks})', some)
    raw.commit()
    return (time.process_time() - begun) * 1000


def _elsewhere(sql: str, name: str, table: str) -> str:
    """The statement for a table or index of the same shape under another name, without links."""
    lines = [line for line in sql.splitlines() if "FOREIGN KEY" not in line]
    found = "\n".join(lines).replace(name, f"bare_{name}", 1)
    if name != table:
        quoted = f'ON "{table}"' if f'ON "{table}"' in found else f"ON {table}"
        found = found.replace(quoted, f'ON "bare_{table}"', 1)
    return found.replace(", \n)", "\n)").replace(",\n)", "\n)")
