"""Papers to draw, filled with invented names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import resources
from app.forms.papers import ConsentForm, ConsentForms, FormCondition, FormLine, FormSection
from app.letters.blocks import Bullets, Heading, Paragraph, SignatureBlock, Table
from app.letters.papers import LetterPaper, LetterPile
from app.paper import Attachment, Letterhead
from app.receipts.papers import ReceiptPaper, ReceiptRow
from app.register.papers import AccessSheet, RecoverySheet

HEAD = Letterhead(
    school="Ligplaatsschool De Walvis",
    board="Stichting Varend Onderwijs",
    lines=("Havenkade 12, 3311 AA  Dordrecht", "078 555 01 23", "info@dewalvis.example"),
)
STAMP = "1234 · 7F3A-91C2-0B"


def consent_form(number: int = 1, **changes: Any) -> ConsentForm:
    values: dict[str, Any] = {
        "number": f"{number:06d}",
        "pupil": "Zoë van der Wal",
        "pupil_details": "geboren 4 mei 2021 · Zeester",
        "group": "Zeester",
        "guardian": "Marijke van der Wal",
        "address": ("Mw. M. van der Wal", "Binnenhaven 3", "3311 AB  DORDRECHT"),
        "code": f"01932f7a:{number:06d}",
    }
    return ConsentForm(**{**values, **changes})


def sections(language: str = "nl", channels: int = 0) -> tuple[FormSection, ...]:
    """The sections of a new register, or as many channels as asked in every section."""
    rows = [row for row in resources.channels() if row["needs_consent"] and row["default_on"]]
    return tuple(
        FormSection(
            medium=medium["key"],
            title=medium["name"][language],
            explanation=medium["explain"][language],
            lines=tuple(
                FormLine(
                    use=f"{medium['key']}:{number}",
                    name=row["name"][language],
                    explanation=row["explain"][language],
                )
                for number, row in enumerate((rows * channels)[:channels] if channels else rows)
                if channels or medium["key"] in row["media"]
            ),
        )
        for medium in resources.media()
    )


def consent_forms(*forms: ConsentForm, language: str = "nl", **changes: Any) -> ConsentForms:
    values: dict[str, Any] = {
        "language": language,
        "letterhead": HEAD,
        "window": "nl_left",
        "wording": resources.form_text(language),
        "version": 3,
        "version_day": "1 september 2026",
        "date_line": "Dordrecht, 22 november 2026",
        "sections": sections(language),
        "forms": forms or (consent_form(),),
        "stamp": STAMP,
        "conditions": tuple(
            FormCondition(key=row["key"], name=row["name"][language])
            for row in resources.conditions()
        ),
        "reply_by": "6 december 2026",
    }
    return ConsentForms(**{**values, **changes})


def letter_paper(**changes: Any) -> LetterPaper:
    values: dict[str, Any] = {
        "language": "nl",
        "letterhead": HEAD,
        "window": "nl_left",
        "addressee": ("J. de Boer", "Kanaalstraat 8", "4531 AA  TERNEUZEN"),
        "date_line": "Dordrecht, 22 november 2026",
        "reference": "2026-0012",
        "subject": "Waarschuwing over het gebruik van sociale media",
        "blocks": (
            Paragraph("Beste J. de Boer,"),
            Heading("Wat er is gebeurd"),
            Paragraph("Er is een foto gedeeld.\nDie is weer weggehaald."),
            Bullets(("Artikel 3.2", "Artikel 3.4")),
            Table((("Wat", "Wanneer", "Waar"), ("Foto", "12 november", "Steiger")), head=True),
            SignatureBlock("A. de Wit", "directeur"),
        ),
        "stamp": STAMP,
    }
    return LetterPaper(**{**values, **changes})


def recovery_paper(**changes: Any) -> RecoverySheet:
    values: dict[str, Any] = {
        "language": "nl",
        "school": HEAD.school,
        "director": "A. de Wit",
        "code": "7F3A-91C2-0BXK-M4TQ-Z8RN-5WEH-2D6P",
        "fingerprint": "7F3A-91C2-0B44-81DE",
        "made_on": "22 november 2026",
    }
    return RecoverySheet(**{**values, **changes})


def access_paper(**changes: Any) -> AccessSheet:
    values: dict[str, Any] = {
        "language": "nl",
        "school": HEAD.school,
        "user": "Łukasz Wójcik-Świątek",
        "roles": "leerkracht",
        "code": "7F3A-91C2-0BXK-M4TQ-Z8RN",
        "made_on": "22 november 2026",
    }
    return AccessSheet(**{**values, **changes})


def letter_pile(count: int = 3) -> LetterPile:
    """Letters in one file, each in a language of its own."""
    languages = ("nl", "pl", "en")
    letters = (letter_paper(language=languages[n % len(languages)]) for n in range(count))
    return LetterPile(language="nl", letters=tuple(letters))


def receipt_row(**changes: str) -> ReceiptRow:
    """One decision in words."""
    values = {
        "use": "Website · foto",
        "answer": "ja",
        "day": "1 oktober 2026",
        "how": "op papier",
        "wording": "formulier, versie 2",
        "until": "tot het verandert",
    }
    return ReceiptRow(**{**values, **changes})


def receipt_paper(**changes: Any) -> ReceiptPaper:
    """A receipt with data that ride along."""
    made = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    data = Attachment(
        name="keuzes.json", about="data", mime="application/json", content=b"{}", made_at=made
    )
    values: dict[str, Any] = {
        "language": "nl",
        "letterhead": HEAD,
        "marking": "Vertrouwelijk, alleen voor Marijke van der Wal",
        "particulars": (("Besluit van", "Marijke van der Wal"), ("Over", "Zoë van der Wal")),
        "rows": (receipt_row(), receipt_row(use="Website · film", answer="nee")),
        "contact": "privacy@dewalvis.example",
        "stamp": STAMP,
        "number": "479e3a398e7e",
        "attached": (data,),
    }
    return ReceiptPaper(**{**values, **changes})
