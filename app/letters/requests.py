"""Which letters are asked for: of a case, of a dossier, of the consent office."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.letters.facts import Recipient, Value, plain_value, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.procedures.answers import Answers
    from app.record import Compartment


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """Which letter of a case or a dossier, and what is answered for it so far.

    Attributes:
        case_id, step_id: the case, and the step that issues it; "" for a letter of a dossier.
        answers: what the step or the letter asks; for a correction what changes.
        language: "nl" or "en"; the recipient's own when "".
        filled: values for slots which the register knows nothing about, by slot.
        replaces: id of the issued letter that this one corrects, or ""; the step then follows
            from that letter.
        reason: why it is corrected; it stands in the dossier, not in the letter.
        dossier_id, template: the dossier, and the key of a letter that belongs to no case.
        why_open: why the case is closed with this letter while something beside it is open.
    """

    compartment: Compartment
    case_id: str = ""
    step_id: str = ""
    answers: Answers = field(default_factory=dict)
    language: str = ""
    filled: Mapping[str, str] = field(default_factory=dict)
    replaces: str = ""
    reason: str = ""
    dossier_id: str = ""
    template: str = ""
    why_open: str = ""


@dataclass(frozen=True, slots=True)
class OfficeRequest:
    """One letter to be made.

    Attributes:
        template: key of a letter of the consent office, such as "consent_reminder".
        recipient: id of a guardian, a pupil or a member of staff; or somebody outside.
        subject_id: what it is about: a pupil, a publication; or "".
        values: what the letter says, by slot. Lines of a list stand in a tuple; in a line of a
            table the cells are parted by `app.letters.template.BETWEEN`.
        language: language of the letter, or "" for the recipient's own.
        round_id: the round of asking in which it reminds, or "".
    """

    template: str
    recipient: str | Recipient
    subject_id: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    language: str = ""
    round_id: str = ""


def written(requests: tuple[OfficeRequest, ...]) -> str:
    """Requests as one text, for a page that shows the letters."""
    return json.dumps([_plain(request) for request in requests], ensure_ascii=False)


def requests_of(text: str) -> tuple[OfficeRequest, ...]:
    """The requests that `written` wrote."""
    return tuple(_request(plain) for plain in json.loads(text))


def _plain(request: OfficeRequest) -> dict[str, Any]:
    to = request.recipient
    outside = [] if isinstance(to, str) else [to.name, list(to.lines), to.postal, to.language]
    return {
        "template": request.template,
        "person": to if isinstance(to, str) else "",
        "outside": outside,
        "subject": request.subject_id,
        "values": {key: plain_value(value) for key, value in request.values.items()},
        "language": request.language,
        "round": request.round_id,
    }


def _request(plain: dict[str, Any]) -> OfficeRequest:
    recipient: str | Recipient = str(plain["person"])
    if plain["outside"]:
        name, lines, postal, language = plain["outside"]
        recipient = Recipient(name, tuple(lines), postal=postal, language=language)
    return OfficeRequest(
        template=plain["template"],
        recipient=recipient,
        subject_id=plain["subject"],
        values={key: value_of(value) for key, value in plain["values"].items()},
        language=plain["language"],
        round_id=plain["round"],
    )
