"""What the page asks of the storage thread."""

from collections.abc import Callable
from functools import partial

from app.compile.binding import Binder
from app.compile.compiling import Compiled, compile_copy, preview_copy
from app.compile.finding import Through, find_names
from app.compile.offering import Offer, OfferedPiece, offer, offered_pieces
from app.compile.request import CompileRequest
from app.dossier.dossiers import Attachment, attachment
from app.jobs import Progress
from app.paper import Pdf
from app.ports import Session
from app.record import Compartment

Bind = Callable[[], Binder]


def begin(compartment: Compartment, dossier_id: str) -> Callable[[Session], Offer]:
    """What can be chosen for a dossier."""
    return partial(offer, compartment=compartment, dossier_id=dossier_id)


def choose(request: CompileRequest) -> Callable[[Session], tuple[OfferedPiece, ...]]:
    """The pieces of the period."""
    return partial(offered_pieces, request=request)


def search(bind: Bind, request: CompileRequest) -> Callable[[Session, Progress], Through]:
    """Look through what was chosen."""

    def work(session: Session, progress: Progress) -> Through:
        return find_names(session, bind(), request, progress)

    return work


def draw(bind: Bind, request: CompileRequest) -> Callable[[Session, Progress], Pdf]:
    """The copy as it would be."""

    def work(session: Session, progress: Progress) -> Pdf:
        return preview_copy(session, bind(), request, progress)

    return work


def make(bind: Bind, request: CompileRequest) -> Callable[[Session, Progress], Compiled]:
    """Compile, sign and keep."""

    def work(session: Session, progress: Progress) -> Compiled:
        return compile_copy(session, bind(), request, progress)

    return work


def picture(
    bind: Bind, compartment: Compartment, entry_id: str, page: int
) -> Callable[[Session], bytes]:
    """The picture of one page of the file of a piece; the reading is recorded."""

    def work(session: Session) -> bytes:
        return bind().picture(attachment(session, compartment, entry_id).content, page)

    return work


def read(compartment: Compartment, entry_id: str) -> Callable[[Session], Attachment]:
    """The file of a piece; the reading is recorded."""
    return partial(attachment, compartment=compartment, entry_id=entry_id)
