"""A receipt as Kantara Consent Receipt 1.1: the form that others can check.

That form knows consent only. What was refused, withdrawn or has expired stands beside it
under a name of our own, so that no reader takes it for consent.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import resources
from app.consent.records import Answer
from app.consent.said import use_name
from app.receipts.content import urn

if TYPE_CHECKING:
    from app.receipts.content import Receipt, ReceiptLine

DECLINED = "boordboekNotConsented"
MARKING = "boordboekMarking"


def kantara(receipt: Receipt, marking: str) -> bytes:
    """The receipt as JSON in UTF-8; the same receipt gives the same bytes."""
    terms = resources.receipt_terms()
    given = [line for line in receipt.lines if line.state == Answer.YES]
    other = [line for line in receipt.lines if line.state != Answer.YES]
    ways = dict.fromkeys(terms["ways"][line.decision.how] for line in receipt.lines)
    content = {
        "version": terms["kantara_version"],
        "jurisdiction": terms["jurisdictions"][f"of_{receipt.country}"],
        "consentTimestamp": _timestamp(receipt),
        "collectionMethod": "; ".join(ways),
        "consentReceiptID": urn(receipt.id),
        "language": receipt.language,
        "piiPrincipalId": urn(receipt.subject_id),
        "piiControllers": [controller(receipt)],
        "policyUrl": _notice(receipt),
        "services": _services(receipt, given, terms),
        "sensitive": False,
        "spiCat": [],
        DECLINED: [
            {
                "service": service_name(receipt, line),
                "purpose": purpose_name(receipt, line),
                "decision": terms["answers"][line.state]["word"],
                **_particulars(line, terms),
            }
            for line in other
        ],
        MARKING: marking,
    }
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode()


def controller(receipt: Receipt) -> dict[str, Any]:
    """Who is responsible for the recordings: the board, or the school where none is named."""
    school = receipt.school
    return {
        "piiController": school.board or school.name,
        "onBehalf": False,
        "contact": school.privacy_contact or school.email or school.phone or school.name,
        "address": {
            "streetAddress": school.street,
            "postalCode": school.postcode,
            "addressLocality": school.town,
        },
        "email": school.email,
        "phone": school.phone,
    }


def service_name(receipt: Receipt, line: ReceiptLine) -> str:
    """The channel in the language of the receipt."""
    return line.channel.name(receipt.language) if line.channel else line.use


def purpose_name(receipt: Receipt, line: ReceiptLine) -> str:
    """The use in the language of the receipt: "Website · foto"."""
    channels = {line.channel.key: line.channel} if line.channel else {}
    return use_name(line.use, channels, receipt.language)


def _services(
    receipt: Receipt, lines: list[ReceiptLine], terms: dict[str, Any]
) -> list[dict[str, Any]]:
    by_channel: dict[str, list[ReceiptLine]] = {}
    for line in lines:
        by_channel.setdefault(line.decision.channel, []).append(line)
    return [
        {
            "service": service_name(receipt, some[0]),
            "purposes": [_purpose(receipt, line, terms) for line in some],
        }
        for some in by_channel.values()
    ]


def _purpose(receipt: Receipt, line: ReceiptLine, terms: dict[str, Any]) -> dict[str, Any]:
    audience = terms["audiences"][line.channel.audience if line.channel else "internal"]
    until = line.until
    shared = bool(audience["third_party"])
    third = {"thirdPartyName": service_name(receipt, line)} if shared else {}
    return {
        "purpose": purpose_name(receipt, line),
        "consentType": "EXPLICIT",
        "purposeCategory": [audience["purpose"]],
        "piiCategory": [terms["media"][line.medium]],
        "primaryPurpose": False,
        "termination": f"withdrawal, or {until.isoformat()}" if until else "withdrawal",
        "thirdPartyDisclosure": shared,
        **third,
        **_particulars(line, terms),
    }


def _particulars(line: ReceiptLine, terms: dict[str, Any]) -> dict[str, Any]:
    """What that form has no names for: the day, the way, who heard it, conditions, wording."""
    decision, version = line.decision, line.version
    wording = {"boordboekWording": f"sha256:{version.digest}"} if version else {}
    asked = {"boordboekConditions": list(decision.conditions)} if decision.conditions else {}
    heard = {"boordboekTakenBy": decision.taken_by} if decision.taken_by else {}
    return {
        "boordboekDecidedOn": decision.signed_on.isoformat(),
        "boordboekCollectionMethod": terms["ways"][decision.how],
        **heard,
        **asked,
        **wording,
    }


def _timestamp(receipt: Receipt) -> int:
    """The day of the newest decision, at noon; seconds since 1970."""
    day = max(line.decision.signed_on for line in receipt.lines)
    return int(datetime.combine(day, time(12), UTC).timestamp())


def _notice(receipt: Receipt) -> str:
    """The newest wording that was put, by its hash: a school need not have it on the web."""
    versions = [line.version for line in receipt.lines if line.version]
    newest = max(versions, key=lambda version: version.number, default=None)
    return f"urn:sha256:{newest.digest}" if newest else ""
