"""The text of files that are text: notes, lists and mails."""

from __future__ import annotations

import email
import re
from email import policy
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage

_TEXTS = (".txt", ".csv", ".md", ".log")
_MAIL = ".eml"
_HEADS = ("from", "to", "cc", "date", "subject")
_LONGEST = 200_000
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_WORST = (ValueError, LookupError, TypeError, AttributeError)


def plain_text(name: str, content: bytes) -> str | None:
    """What a text file or a mail says, or None for another kind of file."""
    ending = PurePath(name).suffix.lower()
    if ending == _MAIL:
        return _mail(content)
    if ending in _TEXTS and b"\0" not in content[:_LONGEST]:
        return content.decode("utf-8-sig", "replace")[:_LONGEST]
    return None


def _mail(content: bytes) -> str | None:
    try:
        message: EmailMessage = email.message_from_bytes(content, policy=policy.default)
        heads = [f"{key}: {message[key]}" for key in _HEADS if message[key]]
        said = message.get_body(("plain", "html"))
        body = str(said.get_content()) if said is not None else ""
        if said is not None and said.get_content_type() == "text/html":
            body = _TAGS.sub(" ", body)
        names = [part.get_filename() or "-" for part in message.iter_attachments()]
        riders = [f"[{name}]" for name in names]
    except _WORST:
        return None
    return "\n".join((*heads, "", body, *riders))[:_LONGEST]
