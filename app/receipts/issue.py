"""Making a receipt, and noting it before it leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import resources
from app.consent.said import use_name
from app.errors import Refusal
from app.ids import new_id
from app.paper import Attachment
from app.receipts.content import Receipt, ReceiptLine, person_and_subject, receipt_lines
from app.receipts.kantara import kantara
from app.receipts.linked import linked_data
from app.receipts.papers import ReceiptPaper, ReceiptRow
from app.receipts.records import IssuedReceipt
from app.record import Compartment
from app.register.letterhead import letterhead
from app.register.school import school_of
from app.text import Words

if TYPE_CHECKING:
    from app.consent.records import Decision
    from app.paper import Pdf
    from app.ports import Press, Session

_KANTARA, _LINKED = "kantara-consent-receipt-1.1.json", "iso-iec-ts-27560.jsonld"


@dataclass(frozen=True, slots=True)
class PreparedReceipt:
    """A receipt as drawn, not yet registered.

    Attributes:
        pdf: the very bytes to show, print and save; the data ride along in it.
        kantara, linked: the data by themselves.
        issued: what is stored once it leaves the program.
        person: for whom it is.
    """

    pdf: Pdf
    kantara: bytes
    linked: bytes
    issued: IssuedReceipt
    person: str


def prepare_receipt(
    session: Session, press: Press, subject_id: str, person_id: str, language: str = ""
) -> PreparedReceipt:
    """Draw what one person decided about one subject; nothing is stored yet.

    In that person's language, unless another is given.

    Raises:
        Refusal: `receipts.nothing` when nothing stands, `receipts.no_decider`,
            `register.not_found`, `paper.glyph` when a name cannot be set.
    """
    with session.look(Compartment.CONSENT) as reader:
        today = session.clock.today()
        school = school_of(reader)
        person, subject, own = person_and_subject(reader, subject_id, person_id)
        receipt = Receipt(
            id=new_id(),
            subject_id=subject_id,
            person_id=person_id,
            person=person,
            subject=subject,
            language=Words(language or own or school.language).language,
            made_at=session.clock.now(),
            school=school,
            lines=receipt_lines(reader, subject_id, person_id, today),
            country=school.jurisdiction,
        )
        stamp = reader.head().stamp
    if not receipt.lines:
        raise Refusal("receipts.nothing")
    return _drawn(session, press, receipt, stamp)


def register_receipt(
    session: Session, prepared: PreparedReceipt, *, saved: bool = False
) -> IssuedReceipt:
    """Note that a receipt is printed or saved now, on paper or as data.

    To be called each time, before it leaves.
    """
    act = "receipt_saved" if saved else "receipt_printed"
    issued = replace(prepared.issued, recorded_at=session.clock.now())
    with session.work(Compartment.CONSENT, act, issued.id) as work:
        if work.find(IssuedReceipt, issued.id) is None:
            work.add(issued)
        work.commit()
    return issued


def _drawn(session: Session, press: Press, receipt: Receipt, stamp: str) -> PreparedReceipt:
    words = Words(receipt.language)
    marking = words("paper.receipt_marking", who=receipt.person)
    as_kantara, as_linked = kantara(receipt, marking), linked_data(receipt, words, marking)
    attached = tuple(
        Attachment(
            name=name,
            about=words("paper.receipt_data"),
            mime=mime,
            content=content,
            made_at=receipt.made_at,
        )
        for name, mime, content in (
            (_KANTARA, "application/json", as_kantara),
            (_LINKED, "application/ld+json", as_linked),
        )
    )
    paper = replace(_paper(session, receipt, words, stamp), attached=attached, marking=marking)
    pdf = press.draw(paper)
    issued = IssuedReceipt(
        id=receipt.id,
        subject_id=receipt.subject_id,
        person_id=receipt.person_id,
        language=receipt.language,
        issued_on=session.clock.today(),
        head=stamp,
        digest=pdf.digest,
        recorded_at=receipt.made_at,
    )
    return PreparedReceipt(pdf, as_kantara, as_linked, issued, receipt.person)


def _paper(session: Session, receipt: Receipt, words: Words, stamp: str) -> ReceiptPaper:
    school = receipt.school
    names = {row["key"]: row["name"] for row in resources.conditions()}
    conditions = {key: name.get(receipt.language, name["nl"]) for key, name in names.items()}
    return ReceiptPaper(
        language=receipt.language,
        letterhead=letterhead(school),
        marking="",
        particulars=(
            (words("paper.receipt_who"), receipt.person),
            (words("paper.receipt_about"), receipt.subject),
            (words("paper.receipt_controller"), school.board or school.name),
            (words("paper.receipt_made"), words.long_day(session.clock.today())),
        ),
        rows=tuple(_row(line, receipt, words, conditions) for line in receipt.lines),
        contact=school.privacy_contact or school.email or school.phone or school.name,
        stamp=stamp,
        number=receipt.id[-12:],
    )


def _row(
    line: ReceiptLine, receipt: Receipt, words: Words, conditions: dict[str, str]
) -> ReceiptRow:
    decision, version = line.decision, line.version
    channels = {line.channel.key: line.channel} if line.channel else {}
    answer = words(f"paper.receipt_answer_{line.state}")
    if decision.conditions:
        listed = ", ".join(conditions.get(key, key) for key in decision.conditions)
        answer = words("paper.receipt_if", answer=answer, conditions=listed)
    until = words.long_day(line.until) if line.until else words("paper.receipt_open")
    if line.narrower:
        until = words("paper.receipt_narrower", until=until)
    wording = words("paper.receipt_version", version=version.number) if version else ""
    return ReceiptRow(
        use=use_name(line.use, channels, receipt.language),
        answer=answer,
        day=words.long_day(decision.signed_on),
        how=_way(decision, words),
        wording=wording or words("paper.receipt_no_form"),
        until=until,
    )


def _way(decision: Decision, words: Words) -> str:
    """In which way it came, and who heard it."""
    how = words(f"paper.receipt_way_{decision.how}")
    taker = decision.taken_by
    return words("paper.receipt_taken", how=how, who=taker) if taker else how
