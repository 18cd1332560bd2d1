"""How often a wrong pass phrase, PIN or code was typed for a register, until somebody comes in.

A count and two times in a small file; never a name, and nothing of what was typed. Whoever can
write the folder can take the file away: it tells an honest office that somebody tried, and
stops nobody. (Normenkader IBP SM.13 and OWASP ASVS 5.0 16.3.2 ask that refused attempts be
noted; checked 2026-11-22.)
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from app.access import FailedAttempts
from app.errors import Refusal, Trouble
from app.record import Compartment
from db.register.files import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.register.site import Site

MOST = 9999
_WRONG = frozenset(
    {
        "register.wrong_name_or_password",
        "register.wrong_name_or_pin",
        "register.wrong_name_or_code",
        "register.recovery_wrong",
    }
)


def count(site: Site, why: BaseException) -> None:
    """Count one more, if that is why nobody came in; never stands in anybody's way."""
    if not isinstance(why, Refusal) or why.message.id not in _WRONG:
        return
    now, known = site.around.clock.now(), _read(site)
    number, since = (known.count, known.since) if known else (0, now)
    said = {
        "count": min(number + 1, MOST), "since": since.isoformat(), "last": now.isoformat()
    }  # fmt: skip
    with suppress(Trouble):
        site.around.files.write(site.layout.attempts, json.dumps(said).encode())


def take(site: Site, note: Callable[[Compartment, str, str], None]) -> FailedAttempts | None:
    """What was counted, noted in a journal and then forgotten; None when nothing was."""
    known = _read(site)
    if known is None:
        return None
    with suppress(Trouble):
        note(Compartment.CONSENT, "attempts_failed", str(known.count))
        site.around.files.remove(site.layout.attempts)
    return known


def _read(site: Site) -> FailedAttempts | None:
    try:
        said = json.loads(read(site.layout.attempts))
        since, last = (datetime.fromisoformat(str(said[key])) for key in ("since", "last"))
        number = int(said["count"])
    except (FileNotFoundError, Trouble, ValueError, KeyError, TypeError):
        return None
    if not 0 < number <= MOST or since.tzinfo is None or last.tzinfo is None:
        return None
    return FailedAttempts(number, since, last)
