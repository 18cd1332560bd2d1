"""Making a list: drawn and shown first, noted when it leaves; what leaves are those bytes.

The office makes a list from consent itself. A teacher makes it from the check list alone, and
what left is sealed to the office, for a teacher can write nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import resources
from app.check.compose import rules
from app.check.questions import LatestPublication
from app.consent.records import Channel
from app.consent.uses import split_use
from app.errors import Refusal, Trouble
from app.ids import new_id
from app.jobs import SILENT, Progress
from app.lists import sealed
from app.lists.lines import last_day, written
from app.lists.now import Today, said_by_check
from app.lists.numbers import list_number
from app.lists.papers import ListCell, ListColumn, ListPaper, ListRow
from app.lists.questions import NumberTaken
from app.lists.records import PrintedList
from app.names import tidy
from app.paper import Pdf
from app.people.records import Group
from app.ports import Head
from app.record import Compartment
from app.text import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.lists.lines import Line
    from app.lists.now import Said
    from app.ports import Press, Session

LONGEST_HOLDER = 80
LIST_FILE = "lijst.pdf"
"""Name of the file in which a sealed list carries its paper."""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What a list must show.

    Attributes:
        groups: ids of groups; a teacher may ask for "", the children who are in none.
        uses: `medium:channel`, in the order of the columns.
        guests: ids of children besides; holder: who gets it, who prints it when "".
    """

    groups: tuple[str, ...]
    uses: tuple[str, ...]
    guests: tuple[str, ...] = ()
    holder: str = ""
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class PreparedList:
    """A list as drawn, not yet noted: the very bytes to show, and its record."""

    pdf: Pdf
    record: PrintedList


def prepare_list(
    session: Session, press: Press, request: ListRequest, progress: Progress = SILENT
) -> PreparedList:
    """Draw a list from consent; nothing is stored yet.

    Raises:
        Refusal: `lists.nobody`, `lists.no_use`, `lists.too_many_uses`, `lists.holder_long`.
    """
    _refuse(request)
    day = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        names = {group.id: group.name for group in reader.all(Group, id=request.groups)}
        said = Today(reader, day).said(request.groups, request.guests, request.uses, names)
        channels = {channel.key: channel for channel in reader.all(Channel)}
        head = reader.head()
        record = _record(session, request, said, (head.stamp, head.number))
        while reader.ask(NumberTaken(record.number, record.id)):
            record = _numbered(record)
    language = request.language
    called = tuple(names[id] for id in request.groups if id in names)
    record = replace(record, title=_title(called, language))
    columns = {key: channel.name(language) for key, channel in channels.items()}
    return _drawn(press, _paper(session, record, said, columns), record, progress)


def prepare_checked_list(
    session: Session, press: Press, request: ListRequest, progress: Progress = SILENT
) -> PreparedList:
    """Draw a list from the check list alone; nothing is stored or sealed yet.

    Raises:
        Refusal: as `prepare_list`, and `lists.not_trusted` when the check list is not believed.
    """
    _refuse(request)
    found = said_by_check(session, request.groups, request.guests, request.uses)
    groups = tuple(group for group in request.groups if group)
    asked = replace(request, groups=groups, guests=found.guests)
    record = _record(session, asked, found.said, _published(session))
    title = _title(found.groups, request.language)
    record = replace(record, title=title, from_check=True)
    names = {key: channel.name(request.language) for key, channel in found.channels.items()}
    return _drawn(press, _paper(session, record, found.said, names), record, progress)


def register_list(session: Session, prepared: PreparedList, *, saved: bool = False) -> None:
    """Note that a list is printed or saved now; to be called each time, before it leaves.

    Who may write in consent writes it there; anybody else seals it to the office, which files
    it once, however often it was sealed.

    Raises:
        Trouble: it could be noted nowhere; then nothing may leave.
    """
    act = "list_saved" if saved else "list_printed"
    record, content = prepared.record, prepared.pdf.content
    if not session.user.may("consent.write"):
        session.seal(
            Compartment.CONSENT, sealed.to_bytes(record, saved=saved), ((LIST_FILE, content),)
        )
        return
    with session.work(Compartment.CONSENT, act, record.id) as work:
        if work.find(PrintedList, record.id) is None:
            work.add(replace(record, blob=work.attach(content)))
        work.commit()


def reprint_list(session: Session, list_id: str) -> Pdf:
    """A list as it left, byte for byte.

    Raises:
        Trouble: `lists.damaged` when the stored file is not the one that left.
    """
    with session.look(Compartment.CONSENT) as reader:
        record = reader.get(PrintedList, list_id)
        content = reader.blob(record.blob)
    pdf = Pdf(content, record.pages, Words(record.language)("paper.list_title"))
    if pdf.digest != record.digest:
        raise Trouble("lists.damaged", number=record.number)
    return pdf


def may_print(session: Session) -> bool:
    """Whether what this user prints can be noted anywhere."""
    user = session.user
    return user.may("consent.write") or user.may(f"{Compartment.CONSENT}.seal")


def _refuse(request: ListRequest) -> None:
    most = int(resources.list_rules()["most_uses"])
    if not request.uses:
        raise Refusal("lists.no_use", field="uses")
    if len(request.uses) > most:
        raise Refusal("lists.too_many_uses", field="uses", most=most)
    if len(tidy(request.holder)) > LONGEST_HOLDER:
        raise Refusal("lists.holder_long", field="holder", longest=LONGEST_HOLDER)
    for use in request.uses:
        split_use(use)


def _record(
    session: Session, request: ListRequest, said: Said, shows: tuple[str, int]
) -> PrintedList:
    stamp, basis = shows
    if not said.lines:
        raise Refusal("lists.nobody", field="groups")
    days = int(resources.list_rules()["valid_days"])
    id = new_id()
    return PrintedList(
        id=id,
        number=list_number(id),
        groups=request.groups,
        guests=request.guests,
        title="",
        uses=request.uses,
        lines=written(said.lines),
        language=request.language,
        printed_at=session.clock.now(),
        printed_by=session.user.name,
        holder=tidy(request.holder) or session.user.name,
        valid_until=last_day(session.clock.today(), days, said.ends),
        basis=basis,
        stamp=stamp,
        digest="",
        pages=0,
    )


def _title(groups: tuple[str, ...], language: str) -> str:
    return ", ".join(groups) or Words(language)("lists.single_children")


def _published(session: Session) -> tuple[str, int]:
    """The newest publication of the check list as it is printed, and what it shows."""
    with session.look(Compartment.CHECK) as reader:
        latest = reader.ask(LatestPublication())
    return (Head(latest.number, latest.root).stamp, latest.basis) if latest else ("", 0)


def _numbered(record: PrintedList) -> PrintedList:
    id = new_id()
    return replace(record, id=id, number=list_number(id))


def _paper(
    session: Session, record: PrintedList, said: Said, channels: Mapping[str, str]
) -> ListPaper:
    words = Words(record.language)
    several = len(record.groups) + bool(record.guests) > 1
    return ListPaper(
        language=record.language,
        school=session.register.school,
        groups=record.title,
        number=record.number,
        register=session.register.id,
        holder=record.holder,
        printed_on=words.long_day(session.clock.today()),
        valid_until=words.long_day(record.valid_until),
        stamp=record.stamp,
        columns=_columns(record, channels),
        rows=tuple(
            _row(line, said.places.get(line.pupil_id, "") if several else "", record.language)
            for line in said.lines
        ),
        least=rules().least,
    )


def _columns(record: PrintedList, channels: Mapping[str, str]) -> tuple[ListColumn, ...]:
    kinds = {item["key"]: item["name"][record.language] for item in resources.media()}
    found = []
    for use in record.uses:
        medium, channel = split_use(use)
        found.append(ListColumn(channel=channels.get(channel, channel), medium=kinds[medium]))
    return tuple(found)


def _row(line: Line, place: str, language: str) -> ListRow:
    tiles = {item["key"]: item["tile"][language] for item in resources.conditions()}
    cells = tuple(
        ListCell(
            word=cell.word.value, note=", ".join(tiles.get(key, key) for key in cell.conditions)
        )
        for cell in line.cells
    )
    return ListRow(name=line.name, place=place, cells=cells)


def _drawn(
    press: Press, paper: ListPaper, record: PrintedList, progress: Progress
) -> PreparedList:
    pdf = press.draw(paper, progress)
    return PreparedList(pdf, replace(record, digest=pdf.digest, pages=pdf.pages))
