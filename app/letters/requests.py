"""What is asked of the consent office: letters to be made, and the same as one text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.letters.facts import Recipient, Value, plain_value, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping


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
