"""A receipt with the fields of ISO/IEC TS 27560:2023 as JSON-LD, in the terms of the DPV.

The standard gives no file format; `resources/receipts/27560.schema.json` is our own schema over
its mandatory fields, and `resources/receipts/terms.toml` names the sources of the mapping.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import resources
from app.receipts.content import urn
from app.receipts.kantara import controller, purpose_name, service_name

if TYPE_CHECKING:
    from app.receipts.content import Receipt, ReceiptLine
    from app.text import Words


def linked_data(receipt: Receipt, words: Words, marking: str) -> bytes:
    """The receipt as JSON-LD in UTF-8; the same receipt gives the same bytes."""
    terms = resources.receipt_terms()
    place = terms["jurisdictions"][f"of_{receipt.country}"]
    content = {
        "@context": terms["context"],
        "@id": urn(receipt.id),
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": terms["conforms_to"],
        "dct:identifier": receipt.id,
        "dct:issued": receipt.made_at.isoformat(),
        "dct:language": receipt.language,
        "dct:accessRights": marking,
        "dpv:hasJurisdiction": f"loc:{place}",
        "dpv:hasDataController": _party(receipt),
        "dpv:hasDataSubject": _named(receipt.subject_id, "dpv:DataSubject"),
        "dct:hasPart": [_record(receipt, line, words, terms) for line in receipt.lines],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode()


def _party(receipt: Receipt) -> dict[str, Any]:
    party = controller(receipt)
    address = [part for part in party["address"].values() if part]
    return {
        "@id": "urn:boordboek:controller",
        "@type": "dpv:DataController",
        "dct:identifier": "controller",
        "dpv:hasName": party["piiController"],
        "dpv:hasAddress": ", ".join(address),
        "dpv:hasContact": party["contact"],
    }


def _named(id: str, kind: str) -> dict[str, Any]:
    return {"@id": urn(id), "@type": kind, "dct:identifier": id}


def _record(
    receipt: Receipt, line: ReceiptLine, words: Words, terms: dict[str, Any]
) -> dict[str, Any]:
    """One decision as a consent record with its one event."""
    return {
        "@id": urn(line.decision.id),
        "@type": "dpv:ConsentRecord",
        "dct:identifier": line.decision.id,
        "dct:language": receipt.language,
        "dpv:hasNotice": _notice(line),
        "dpv:hasPurpose": _purpose(receipt, line, terms),
        "dpv:hasLegalBasis": terms["legal_basis"][f"of_{receipt.country}"],
        "dpv:hasPersonalData": {
            "@type": "dpv:PersonalData",
            "dct:title": terms["media"][line.medium],
        },
        "dpv:hasDataController": {"@id": "urn:boordboek:controller"},
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageCondition",
            "dpv:hasLocation": terms["storage"],
            "dpv:hasDuration": terms["retention"],
        },
        "dpv:hasRecipient": {
            "@type": "dpv:Recipient",
            "dct:title": service_name(receipt, line),
        },
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dct:description": words("paper.receipt_withdraw"),
            "dpv:hasContact": controller(receipt)["contact"],
        },
        "dct:provenance": [_event(receipt, line, terms)],
    }


def _purpose(receipt: Receipt, line: ReceiptLine, terms: dict[str, Any]) -> dict[str, Any]:
    audience = line.channel.audience if line.channel else "internal"
    return {
        "@type": terms["audiences"][audience]["dpv"],
        "dct:title": purpose_name(receipt, line),
    }


def _notice(line: ReceiptLine) -> dict[str, Any]:
    version = line.version
    if version is None:
        return {"@type": "dpv:ConsentNotice", "dct:identifier": ""}
    return {
        "@type": "dpv:ConsentNotice",
        "dct:identifier": f"urn:sha256:{version.digest}",
        "dct:hasVersion": str(version.number),
        "dct:issued": version.frozen_on.isoformat(),
    }


def _event(receipt: Receipt, line: ReceiptLine, terms: dict[str, Any]) -> dict[str, Any]:
    decision, until = line.decision, line.until
    asked = {"dpv:hasRule": list(decision.conditions)} if decision.conditions else {}
    heard = {"dct:contributor": decision.taken_by} if decision.taken_by else {}
    return {
        "@type": "dpv:Consent",
        "dct:date": decision.signed_on.isoformat(),
        "dct:valid": f"../{until.isoformat()}" if until else "..",
        "dpv:hasLegalBasis": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasConsentStatus": terms["answers"][line.state]["dpv"],
        "dpv:isIndicatedBy": {"@id": urn(receipt.person_id)},
        "dpv:hasIndicationMethod": terms["ways"][decision.how],
        **heard,
        **asked,
    }
