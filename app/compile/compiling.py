"""Compiling a copy of a dossier: chosen, looked through, drawn, signed, kept, then shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.breach.report import line_faults, text_faults
from app.breach.sealed import tidy_line, tidy_text
from app.compile.contents import Contents, Listed, OpenSignature, to_bytes
from app.compile.drawing import Signing, paper_of
from app.compile.finding import Through, look_through
from app.compile.pieces import Standing, standing
from app.compile.purposes import purpose, reason
from app.compile.request import CompileRequest, Material, gathered
from app.compile.verify import fingerprint
from app.dossier.concern import refuse_concerned
from app.dossier.entries import COMPILED
from app.dossier.records import Entry
from app.errors import Refusal, Trouble, collect
from app.ids import new_id
from app.jobs import SILENT, Part, Progress
from app.paper import Pdf
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.compile.binding import Binder, Bound, Laid
    from app.compile.papers import CompiledPaper
    from app.compile.pieces import Piece
    from app.ports import Reader, Session

_LOOKING, _WHOLE = 40, 100


@dataclass(frozen=True, slots=True)
class Compiled:
    """A copy that was compiled; it stands in the dossier.

    Attributes:
        entry: the entry that keeps it.
        pdf: the very bytes that are kept, shown, printed and saved.
    """

    entry: Entry
    pdf: Pdf


def preview_copy(
    session: Session, binder: Binder, request: CompileRequest, progress: Progress = SILENT
) -> Pdf:
    """The copy as it would be, not signed and not kept; names without a decision stand in it.

    Raises:
        Refusals: what is not right in the request.
        Refusal: `compile.nothing_chosen`, `compile.too_large`.
    """
    with session.look(request.compartment) as reader:
        material = gathered(session, reader, request)
        _check(request, material)
        through = look_through(
            material, request, _loader(reader), binder, Part(progress, 0, _LOOKING, _WHOLE)
        )
        paper = paper_of(session, material, through, request, None)
        rest = Part(progress, _LOOKING, _WHOLE, _WHOLE)
        bound = binder.bind(paper, _loader(reader), None, rest)
    return Pdf(bound.content, bound.pages, paper.title)


def compile_copy(
    session: Session, binder: Binder, request: CompileRequest, progress: Progress = SILENT
) -> Compiled:
    """Compile, sign and keep a copy; it stands in the journal before it can leave.

    Everything is one unit of work: who stops it has kept nothing.

    Raises:
        Refusals: what is not right in the request.
        Refusal: `compile.nothing_chosen`, `compile.undecided` while a name that was found has
            no decision, `compile.not_looked_at` while a picture was not looked at,
            `compile.too_large`, `register.no_grant`, or `dossier.lacks_other_handler` for who
            would decide what goes from a dossier that holds something about himself.
        Trouble: `dossier.attachment_damaged` when a stored file is not the one that was filed.
    """
    with session.work(
        request.compartment, "dossier_compiled", request.dossier_id, progress
    ) as work:
        refuse_concerned(session, work, request.dossier_id)
        material = gathered(session, work, request)
        _check(request, material)
        through = look_through(
            material, request, _loader(work), binder, Part(progress, 0, _LOOKING, _WHOLE)
        )
        _demand_decided(request, through)
        signing = _signing(session, work.head().stamp)
        paper = paper_of(session, material, through, request, signing)
        rest = Part(progress, _LOOKING, _WHOLE, _WHOLE)
        writer = _Writer(session, material, paper, signing)
        bound = binder.bind(paper, _loader(work), writer.blank, rest)
        pdf = Pdf(writer.signed(binder, bound), bound.pages, paper.title)
        entry = _entry(session, material, through, request, signing)
        entry = replace(entry, blob=work.attach(pdf.content), digest=pdf.digest)
        work.add(entry)
        work.commit()
    return Compiled(entry, pdf)


# -- rules ------------------------------------------------------------------------------------


def _check(request: CompileRequest, material: Material) -> None:
    collect(list(_faults(request, material)))
    if not material.chosen:
        raise Refusal("compile.nothing_chosen", field="pieces")


def _faults(request: CompileRequest, material: Material) -> Iterator[Refusal]:
    wanted = purpose(request.purpose)
    if request.compartment not in wanted.dossiers:
        yield Refusal("compile.other_purpose", field="purpose")
    if not tidy_line(request.recipient.name):
        yield Refusal("compile.recipient_missing", field="recipient")
    if request.recipient.kind not in wanted.to:
        yield Refusal("compile.other_recipient", field="recipient")
    if not tidy_text(request.why):
        yield Refusal("compile.why_missing", field="why")
    if request.start and request.end and request.end < request.start:
        yield Refusal("compile.period_turned", field="end", day=request.start)
    yield from line_faults((("recipient", request.recipient.name),))
    yield from text_faults((("why", request.why),))
    for piece in material.chosen:
        never = standing(piece, wanted).never
        if never:
            yield Refusal(f"compile.never_{never}", field="pieces", day=piece.day)


def _demand_decided(request: CompileRequest, through: Through) -> None:
    if through.in_why:
        raise Refusal("compile.names_in_why", field="why", name=through.in_why[0])
    open_ones = [find for find in through.finds if find.id not in request.decisions]
    if open_ones:
        raise Refusal("compile.undecided", count=len(open_ones), field="names")
    for key in request.decisions.values():
        reason(key)
    unseen = [sight for sight in through.sights if sight.piece_id not in request.looked_at]
    if unseen:
        raise Refusal("compile.not_looked_at", name=unseen[0].name, field="names")


# -- files ------------------------------------------------------------------------------------


def _loader(reader: Reader) -> Callable[[str], bytes]:
    """Gives the file of an entry, the very bytes that were filed."""

    def load(entry_id: str) -> bytes:
        entry = reader.get(Entry, entry_id)
        content = reader.blob(entry.blob)
        if hashlib.sha256(content).hexdigest() != entry.digest:
            raise Trouble("dossier.attachment_damaged", name=entry.file_name)
        return content

    return load


# -- signing ----------------------------------------------------------------------------------


def _signing(session: Session, stamp: str) -> Signing:
    user = session.user.id
    public = session.signing_key(user)
    if public is None:
        raise Refusal("register.no_grant")
    return Signing(
        id=new_id(),
        stamp=stamp,
        made_at=session.clock.now(),
        user=user,
        public=public.hex(),
        shown=fingerprint(public.hex()),
    )


class _Writer:
    """Writes the contents of one copy: blank while it is bound, then signed."""

    def __init__(
        self, session: Session, material: Material, paper: CompiledPaper, signing: Signing
    ) -> None:
        self._session, self._material = session, material
        self._paper, self._signing = paper, signing
        self._contents: Contents | None = None

    def blank(self, laid: Laid) -> bytes:
        """The contents with zeros where the signature will stand."""
        self._contents = self._of(laid)
        return to_bytes(self._contents)

    def signed(self, binder: Binder, bound: Bound) -> bytes:
        """The copy with its hash and its signature."""
        if self._contents is None:
            raise Trouble("compile.not_bound")
        digest = hashlib.sha256(bound.content).hexdigest()
        hashed = replace(self._contents, file=digest)
        said = self._session.sign(hashed.signed)
        whole = replace(hashed, signature=replace(hashed.signature, value=said.value))
        content = binder.exchange(bound.content, bound.contents, to_bytes(whole))
        if content is None:
            raise Trouble("compile.not_bound")
        return content

    def _of(self, laid: Laid) -> Contents:
        signing, material = self._signing, self._material
        digests = {piece.id: piece.file.digest for piece in material.chosen if piece.file}
        kinds = {piece.id: piece.kind for piece in material.chosen}
        key = self._session.sign(b"").key
        return Contents(
            id=signing.id,
            title=self._paper.title,
            purpose=material.purpose.key,
            recipient=material.recipient,
            school=self._paper.letterhead.school,
            signer=self._session.user.name,
            made_at=signing.made_at.isoformat(),
            head=signing.stamp,
            pieces=tuple(
                Listed(
                    number=piece.number,
                    id=piece.id,
                    kind=kinds[piece.id],
                    day=piece.day,
                    title=piece.heading,
                    page=laid.starts[piece.id],
                    digest=digests.get(piece.id, ""),
                )
                for piece in self._paper.pieces
            ),
            pages=laid.pages,
            signature=OpenSignature(
                signing.user, key, signing.public, self._session.register.id
            ),
        )


# -- what stays in the dossier ----------------------------------------------------------------


def _entry(
    session: Session,
    material: Material,
    through: Through,
    request: CompileRequest,
    signing: Signing,
) -> Entry:
    words = Words(request.language)
    about = request.recipient.kind == "guardian"
    return Entry(
        id=signing.id,
        dossier_id=request.dossier_id,
        kind=COMPILED,
        happened_on=session.clock.today(),
        title=words(
            "compile.entry_title",
            purpose=material.purpose.name.said(words.language),
            recipient=tidy_line(request.recipient.name),
        ),
        body="\n".join(_account(material, through, request, words)),
        about_id=request.recipient.id if about else "",
        about_name=tidy_line(request.recipient.name) if about else "",
        author=session.user.name,
        file_name=words("compile.file_name", number=signing.id[-8:]),
        recorded_at=signing.made_at,
    )


def _account(
    material: Material, through: Through, request: CompileRequest, words: Words
) -> Iterator[str]:
    """What was left out, what was decided about names, and why; it stays in the dossier."""
    yield tidy_text(request.why)
    yield words("compile.account_pieces", number=len(material.chosen), whole=material.whole)
    told: dict[tuple[str, str], int] = {}
    for find in through.finds:
        place = (find.text, request.decisions[find.id])
        told[place] = told.get(place, 0) + 1
    for (text, key), number in told.items():
        decided = reason(key)
        said = "compile.account_removed" if decided.removes else "compile.account_kept"
        why = decided.name.said(words.language)
        yield words(said, text=text, number=number, reason=why)
    for piece in material.chosen:
        number = sum(area.piece_id == piece.id for area in request.areas)
        if number and piece.file is not None:
            yield words("compile.account_marked", name=piece.file.name, count=number)
    for piece in _apart(material):
        yield words("compile.account_included", day=piece.day, heading=piece.heading)


def _apart(material: Material) -> list[Piece]:
    """Pieces that the purpose leaves out at first, and that were chosen all the same."""
    return [
        piece for piece in material.chosen if standing(piece, material.purpose) != Standing()
    ]
