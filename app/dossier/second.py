"""A second person's signature over a step: shown and checked.

What is signed is the digest of the step as it stands, so that a step which is corrected later
must be signed anew. Only somebody who may write in the dossier can sign, and never the one who
took the step or whom the case is about.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dossier.concern import is_concerned
from app.ports import Signature

if TYPE_CHECKING:
    from datetime import datetime

    from app.dossier.case import TakenStep
    from app.dossier.records import Countersignature
    from app.dossier.steps import CaseFile
    from app.ports import Session


@dataclass(frozen=True, slots=True)
class SecondLine:
    """What is known of a second signature under one step.

    Attributes:
        asked: names of those who were asked and have not signed yet.
        by, at, statement: of the newest signature over the step as it stands, or "" and None.
        shown: the signature holds.
    """

    step: TakenStep
    asked: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    statement: str = ""
    shown: bool = False


def seconds(session: Session, file: CaseFile) -> tuple[SecondLine, ...]:
    """The steps of a case that ask for a second signature, each with what there is of it."""
    return tuple(
        line_of(session, file, taken) for taken in file.state.taken if taken.step.second
    )


def is_countersigned(session: Session, file: CaseFile) -> bool:
    """Whether the newest step that asks for a second signature has one that holds."""
    found = seconds(session, file)
    return bool(found) and found[-1].shown


def line_of(session: Session, file: CaseFile, taken: TakenStep) -> SecondLine:
    """What there is of a second signature under one step."""
    id = taken.record.id
    given = [one for one in file.signatures if one.step_id == id and one.digest == taken.digest]
    asked = tuple(
        one.user_name
        for one in file.asked
        if one.step_id == id and one.user_name not in {each.by for each in given}
    )
    if not given:
        return SecondLine(taken, asked)
    newest = max(given, key=lambda one: one.recorded_at)
    shown = any(_holds(session, file, one) for one in given)
    return SecondLine(taken, asked, newest.by, newest.recorded_at, newest.statement, shown)


def _holds(session: Session, file: CaseFile, record: Countersignature) -> bool:
    signature = _read(record.signature)
    if signature is None:
        return False
    content = signed_content(
        file.case.number, record.digest, record.statement, record.by, record.recorded_at
    )
    signer = session.signed_by(signature, content)
    return signer is not None and not is_concerned(session, signer, file.breach)


def signed_content(number: str, digest: str, statement: str, by: str, at: datetime) -> bytes:
    """What a countersignature signs."""
    said = {
        "case": number,
        "step": digest,
        "statement": statement,
        "by": by,
        "at": at.isoformat(),
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False).encode()


def written(signature: Signature) -> str:
    """A signature as a record keeps it."""
    return json.dumps({"user": signature.user, "key": signature.key, "value": signature.value})


def _read(text: str) -> Signature | None:
    try:
        said = json.loads(text)
        return Signature(str(said["user"]), str(said["key"]), str(said["value"]))
    except (ValueError, KeyError, TypeError):
        return None
