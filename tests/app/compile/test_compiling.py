"""Compiling a copy from end to end: nothing of what must go is left, anywhere in the bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from app.breach.sealed import Involved
from app.compile.compiling import compile_copy, preview_copy
from app.compile.finding import find_names
from app.compile.pieces import Recipient
from app.compile.request import CompileRequest
from app.dossier.dossiers import attachment, open_dossier
from app.dossier.inbox import Filing, file_report
from app.errors import Refusal, Refusals, Trouble
from app.people.accounts import SAME, say_account
from tests.app.compile.situations import (
    BINDER,
    CALL,
    TALK,
    decided,
    pdf_file,
    picture_file,
    request_of,
    situation,
    with_file,
)
from tests.app.dossier.situations import (
    ABOUT_STAFF,
    PUPILS,
    STAFF,
    filed_about_staff,
    reported,
    settle_in,
)
from tests.app.dossier.test_filing import acts

if TYPE_CHECKING:
    from tests.registers import School

LETTER = with_file(
    "brief over Roos.pdf", pdf_file("Beste school, Roos de Beer was erbij.", title="Roos")
)


def everything(content: bytes) -> bytes:
    """All bytes of a document, every stream unpacked."""
    found = [content]
    with pikepdf.Pdf.open(BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    found.append(thing.read_bytes())
                except pikepdf.PdfError:
                    found.append(thing.read_raw_bytes())
            found.append(
                thing.unparse(resolved=False)
                if not isinstance(thing, pikepdf.Stream)
                else repr(dict(thing)).encode()
            )
    return b"\n".join(found)


def words(content: bytes) -> str:
    """The text of all pages."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_nothing_is_left_of_a_name_that_must_go(school: School) -> None:
    case = situation(school.director(), TALK, CALL, LETTER)
    made = compile_copy(case.session, BINDER, decided(case, request_of(case)))
    whole, text = everything(made.pdf.content), words(made.pdf.content)
    for name in ("Roos", "Beer"):
        assert name not in text
        for coding in ("utf-8", "utf-16-be", "utf-16-le"):
            assert name.encode(coding) not in whole
    assert "Zo\u00eb" in text
    assert "[weggelaten]" in text


def test_the_copy_stands_in_the_dossier_and_in_the_journal(school: School) -> None:
    case = situation(school.director(), TALK)
    made = compile_copy(case.session, BINDER, decided(case, request_of(case)))
    assert acts(case.session, PUPILS)[-1] == "dossier_compiled"
    assert open_dossier(case.session, PUPILS, case.dossier_id).timeline[-1].kind == "compiled"
    assert attachment(case.session, PUPILS, made.entry.id).content == made.pdf.content


def test_a_name_without_a_decision_holds_everything_back(school: School) -> None:
    case = situation(school.director(), TALK)
    with pytest.raises(Refusal, match=r"compile\.undecided"):
        compile_copy(case.session, BINDER, request_of(case))
    assert [i.kind for i in open_dossier(case.session, PUPILS, case.dossier_id).timeline] == [
        "talk"
    ]


def test_a_name_that_is_a_common_word_is_decided_by_itself(school: School) -> None:
    case = situation(school.director(), TALK)
    request = decided(case, request_of(case), beer="common_word")
    text = words(compile_copy(case.session, BINDER, request).pdf.content)
    assert "een beer" in text
    assert "Roos" not in text


def test_a_picture_has_to_be_looked_at(school: School) -> None:
    case = situation(school.director(), with_file("plein.png", picture_file()))
    request = replace(decided(case, request_of(case)), looked_at=frozenset())
    with pytest.raises(Refusal, match=r"compile\.not_looked_at"):
        compile_copy(case.session, BINDER, request)


def test_what_is_about_a_parent_never_goes_to_another_school(school: School) -> None:
    session = school.director()
    case = situation(session, TALK)
    from app.dossier.entries import file_entry

    about = file_entry(
        session, PUPILS, case.people.zoe, replace(CALL, about=case.people.father)
    )
    request = request_of(case, "transfer")
    assert about.id in request.pieces
    with pytest.raises(Refusals) as refused:
        compile_copy(session, BINDER, request)
    assert refused.value.message.id == "compile.never_about_guardian"


def test_what_is_about_one_parent_is_not_in_the_copy_of_the_other(school: School) -> None:
    session = school.director()
    case = situation(session, TALK)
    from app.dossier.entries import file_entry

    file_entry(session, PUPILS, case.people.zoe, replace(CALL, about=case.people.father))
    mother = Recipient("guardian", case.mother.id, case.mother.name)
    with pytest.raises(Refusals) as refused:
        compile_copy(session, BINDER, request_of(case, "other_parent", recipient=mother))
    assert refused.value.message.id == "compile.never_about_other_guardian"
    father = Recipient("guardian", case.people.father.id, case.people.father.name)
    own = decided(case, request_of(case, "other_parent", recipient=father))
    assert "Vader was boos" in words(compile_copy(session, BINDER, own).pdf.content)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"why": " "}, "compile.why_missing"),
        ({"recipient": Recipient("typed", "", "")}, "compile.recipient_missing"),
        ({"recipient": Recipient("staff", "1", "x")}, "compile.other_recipient"),
        ({"start": date(2026, 11, 22), "end": date(2026, 11, 1)}, "compile.period_turned"),
        ({"pieces": ()}, "compile.nothing_chosen"),
        ({"start": date(2026, 11, 22)}, "compile.nothing_chosen"),
        ({"why": "Omdat Roos de Beer dat wil."}, "compile.names_in_why"),
    ],
)
def test_a_request_that_is_not_right_is_refused(
    school: School, changes: dict[str, Any], refused: str
) -> None:
    case = situation(school.director(), TALK)
    with pytest.raises(Refusal, match=refused.replace(".", r"\.")):
        compile_copy(case.session, BINDER, request_of(case, **changes))


def test_the_same_paper_gives_the_same_pages(school: School) -> None:
    case = situation(school.director(), TALK, LETTER)
    request = decided(case, request_of(case))
    one = preview_copy(case.session, BINDER, request)
    other = preview_copy(case.session, BINDER, request)
    assert one.content == other.content


def test_only_who_opens_the_dossier_compiles_from_it(school: School) -> None:
    case = situation(school.director(), TALK)
    request = request_of(case)
    for sign_in in (school.administrator, school.teacher):
        session = sign_in()
        with pytest.raises(Refusal, match=r"register\.no_grant"):
            compile_copy(session, BINDER, request)
        with pytest.raises(Refusal, match=r"register\.no_grant"):
            preview_copy(session, BINDER, request)


def locked(content: bytes) -> bytes:
    """A document that asks for a password."""
    out = BytesIO()
    with pikepdf.Pdf.open(BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="baas", user="geheim"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("kapot.pdf", pdf_file("Roos")[:300], "beschadigd"),
        ("slot.pdf", locked(pdf_file("Roos")), "wachtwoord"),
        ("foto.png", picture_file()[:150], "beschadigd"),
        ("stem.m4a", b"\0\0\0\x20ftypM4A " + bytes(500), "geen PDF"),
    ],
)
def test_what_cannot_be_a_sheet_is_said_with_its_digest(
    school: School, name: str, content: bytes, why: str
) -> None:
    case = situation(school.director(), with_file(name, content), TALK)
    request = decided(case, request_of(case))
    text = " ".join(words(compile_copy(case.session, BINDER, request).pdf.content).split())
    assert f"De bijlage {name} kan niet als blad worden opgenomen" in text
    assert why in text
    unseen = replace(request, looked_at=frozenset())
    with pytest.raises(Refusal, match=r"compile\.not_looked_at"):
        compile_copy(case.session, BINDER, unseen)


MAIL = (
    b"From: Roos de Beer <roos@voorbeeld.example>\r\nTo: school@voorbeeld.example\r\n"
    b"Subject: Het plein\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Beste school, Zo\xc3\xab was erbij. Groet, Roos\r\n"
)


def test_a_mail_is_text_without_the_names_that_go(school: School) -> None:
    case = situation(school.director(), with_file("bericht.eml", MAIL))
    text = words(
        compile_copy(case.session, BINDER, decided(case, request_of(case))).pdf.content
    )
    assert "Beste school, Zo\u00eb was erbij." in text
    assert "Subject: Het plein".lower() in text.lower()
    assert "Roos" not in text


def test_a_damaged_blob_stops_everything(school: School) -> None:
    case = situation(school.director(), LETTER)
    request = decided(case, request_of(case))
    for path in (school.folder / "blobs" / "pupil_dossier").iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(Trouble):
        compile_copy(case.session, BINDER, request)


def test_an_employee_gets_the_whole_file(school: School) -> None:
    from app.compile.offering import offered_pieces

    session, people, filed = filed_about_staff(school)
    request = CompileRequest(
        compartment=STAFF,
        dossier_id=filed.dossiers[0].id,
        purpose="access",
        recipient=Recipient("staff", people.kees.id, people.kees.name),
        why="Verzoek om inzage.",
    )
    assert all(each.proposed for each in offered_pieces(session, request))
    chosen = tuple(each.piece.id for each in offered_pieces(session, request))
    whole = replace(request, pieces=chosen)
    found = find_names(session, BINDER, whole)
    decisions = {find.id: find.proposed or "third_party" for find in found.finds}
    seen = frozenset(sight.piece_id for sight in found.sights)
    made = compile_copy(session, BINDER, replace(whole, decisions=decisions, looked_at=seen))
    text = words(made.pdf.content)
    assert "Een groepsfoto stond op een openbare pagina." in text
    assert "Mening van de melder" in text
    assert "Kees Smit" in text


def test_nobody_signs_a_copy_of_a_dossier_about_himself(school: School) -> None:
    session, people, filed = filed_about_staff(school)
    say_account(session, session.user.id, "staff", people.kees.id, SAME)
    request = CompileRequest(
        compartment=STAFF,
        dossier_id=filed.dossiers[0].id,
        purpose="access",
        recipient=Recipient("staff", people.kees.id, people.kees.name),
        why="Verzoek om inzage.",
    )
    with pytest.raises(Refusal, match="lacks_other_handler"):
        compile_copy(session, BINDER, request)


def test_who_does_not_open_the_dossier_learns_nothing(school: School) -> None:
    from app.compile.offering import offer, offered_pieces

    case = situation(school.director(), TALK)
    request = request_of(case)
    for sign_in in (school.administrator, school.teacher):
        session = sign_in()
        for ask in (
            lambda s: offer(s, PUPILS, case.dossier_id),
            lambda s: offered_pieces(s, request),
            lambda s: find_names(s, BINDER, request),
        ):
            with pytest.raises(Refusal, match=r"register\.no_grant"):
                ask(session)


def test_an_earlier_copy_is_never_drawn_again(school: School) -> None:
    case = situation(school.director(), TALK)
    first = compile_copy(case.session, BINDER, decided(case, request_of(case)))
    request = decided(case, request_of(case))
    assert first.entry.id in request.pieces
    made = compile_copy(case.session, BINDER, request)
    assert made.pdf.pages == 3
    with pytest.raises(Refusals, match=r"compile\.never_copy"):
        compile_copy(case.session, BINDER, request_of(case, "transfer"))


def test_what_was_decided_stands_in_the_dossier(school: School) -> None:
    case = situation(school.director(), TALK)
    made = compile_copy(
        case.session, BINDER, decided(case, request_of(case), beer="common_word")
    )
    assert "Weggelaten: Roos de Beer, 1 keer (een andere leerling)." in made.entry.body
    assert "Blijven staan: beer, 1 keer (een gewoon woord, geen naam)." in made.entry.body
    assert made.entry.title == "advocaat, commissie of rechter, voor advocatenkantoor Voorbeeld"


def test_who_is_named_in_a_report_is_found_as_well(school: School) -> None:
    draft = replace(
        ABOUT_STAFF,
        people=(Involved("witness", "Ilse Pronk"),),
        facts="Pronk zag een groepsfoto op een openbare pagina.",
    )
    sent = reported(school, draft)
    session = school.director()
    people = settle_in(session)
    filed = file_report(session, STAFF, sent.id, Filing((people.kees,)))
    opened = open_dossier(session, STAFF, filed.dossiers[0].id)
    request = CompileRequest(
        compartment=STAFF,
        dossier_id=filed.dossiers[0].id,
        purpose="access",
        recipient=Recipient("staff", people.kees.id, people.kees.name),
        why="Verzoek om inzage.",
        pieces=tuple(item.id for item in opened.timeline),
    )
    found = {find.text for find in find_names(session, BINDER, request).finds}
    assert {"Ilse Pronk", "Pronk"} <= found


def test_what_an_earlier_copy_left_out_does_not_come_back_with_it(school: School) -> None:
    talk = replace(TALK, body="Buurman Pronk keek toe.")
    case = situation(school.director(), talk)
    first = decided(case, request_of(case, extra=("Pronk",)))
    made = compile_copy(case.session, BINDER, first)
    assert "Pronk" in made.entry.body
    again = request_of(case, pieces=(made.entry.id,))
    copy = compile_copy(case.session, BINDER, decided(case, again))
    assert b"Pronk" not in everything(copy.pdf.content)
    assert "Pronk" not in words(copy.pdf.content)
