"""The story of the tour: the main job on the sample school, role by role."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt

from app.demo.school import DemoUser, demo_users, make_demo
from app.export import save_to
from app.ports import Session
from app.record import Compartment
from ui.theme import Theme
from ui.tour import deeds
from ui.tour.guide import Guide, Story

if TYPE_CHECKING:
    from app.dossier.inbox import FiledReport

T = TypeVar("T")
_SETTLING = 4
_FILE = {"compartment": str(Compartment.STAFF_DOSSIER)}


def story(guide: Guide, folder: Path) -> Story:
    """The whole tour; the register is made in `folder`."""
    director, administrator, teacher = demo_users()
    yield from _first_start(guide)
    yield from _sample_school(guide, folder)
    yield from _office(guide, administrator)
    yield from _check(guide, teacher)
    yield from _director(guide, director)


def _first_start(guide: Guide) -> Story:
    guide.stand()
    yield guide.quiet
    yield from _picture(guide, "first-start")


def _sample_school(guide: Guide, folder: Path) -> Story:
    """Make the sample school and come to its lock screen."""
    guide.stand()
    program = guide.program
    made: list[bool] = []

    def make() -> None:
        make_demo(program.outside.vault(), folder).lock()
        made.append(True)

    program.runner.run(make, _nothing, program)
    yield lambda: bool(made) and guide.quiet()
    program.start(folder)
    yield guide.sees("gate_go")
    yield from _picture(guide, "unlock")


def _sign_in(guide: Guide, user: DemoUser) -> Story:
    guide.type("field_name", user.name)
    guide.type("field_password", user.phrase)
    guide.press("gate_go")
    yield lambda: guide.program.office is not None
    guide.stand()
    yield guide.quiet


def _lock(guide: Guide) -> Story:
    guide.program.lock()
    yield lambda: guide.program.office is None and guide.program.door is not None
    yield guide.sees("gate_go")


def _page(guide: Guide, page: str, picture: str, **what: str) -> Story:
    guide.goto(page, **what)
    yield from _picture(guide, picture)


def _picture(guide: Guide, name: str) -> Story:
    """A picture once all work is done and everything has found its place."""
    for _ in range(_SETTLING):
        yield guide.quiet
    guide.picture(name)


def _office(guide: Guide, user: DemoUser) -> Story:
    """What the administrator does: look around, withdraw, print forms."""
    yield from _sign_in(guide, user)
    yield from _picture(guide, "today")
    yield from _page(guide, "people", "pupils")
    yield from _import(guide)
    pupil: list[str] = []
    yield from _ask(guide, deeds.first_child, pupil)
    yield from _page(guide, "pupil", "pupil", pupil_id=pupil[0])
    guide.press("withdraw")
    yield guide.quiet
    yield from _picture(guide, "withdraw")
    guide.key(Qt.Key.Key_Escape)
    yield guide.quiet
    guide.press("record")
    yield guide.quiet
    yield from _picture(guide, "record")
    guide.key(Qt.Key.Key_Escape)
    yield guide.quiet
    yield from _page(guide, "consent", "unanswered")
    yield from _asking(guide)
    yield from _page(guide, "forms", "forms", pupil_id=pupil[0])
    yield from _papers(guide)
    yield from _parents(guide)
    yield from _versions(guide)
    yield from _publications(guide)
    yield from _page(guide, "figures", "figures")
    yield from _page(guide, "settings", "settings")
    yield from _looks(guide, pupil[0])
    yield from _lock(guide)


def _asking(guide: Guide) -> Story:
    """A round: who is in it, its forms before they leave, and who waits afterwards."""
    begun: list[str] = []
    yield from _ask(guide, deeds.round_of_forms, begun)
    yield from _page(guide, "asking", "asking")
    yield from _page(guide, "asking_forms", "asking-forms", round_id=begun[0])
    drawn: list[bytes] = []
    press = guide.program.outside.press
    forms = partial(deeds.forms_of_round, press=press, round_id=begun[0])
    yield from _ask(guide, forms, drawn)
    guide.paper("consent-forms-round", drawn[0])
    yield from _page(guide, "asking", "asking-waiting", round_id=begun[0])
    yield from _entering(guide)


def _entering(guide: Guide) -> Story:
    """A pile that came back: one form half filled in, and a group in its grid."""
    found: list[tuple[str, str]] = []
    yield from _ask(guide, deeds.form_that_came_back, found)
    number, group = found[0]
    yield from _page(guide, "enter_forms", "enter-forms", number=number)
    yield from _page(guide, "enter_group", "enter-group", group_id=group)


def _parents(guide: Guide) -> Story:
    """Two parents who differ: the page, the letters to both, and what one of them decided."""
    press = guide.program.outside.press
    child: list[str] = []
    yield from _ask(guide, deeds.parted_child, child)
    yield from _page(guide, "pupil", "parents", pupil_id=child[0])
    guide.press("letters_to_all")
    yield guide.quiet
    yield from _picture(guide, "letters-to-parents")
    letters: list[bytes] = []
    write = partial(deeds.letters_to_parents, press=press, child=child[0])
    yield from _ask(guide, write, letters)
    guide.paper("letters-to-parents", letters[0])
    receipt: list[tuple[str, bytes]] = []
    yield from _ask(guide, partial(deeds.receipt, press=press, child=child[0]), receipt)
    guide.paper("receipt", receipt[0][1])
    who = {"subject_id": child[0], "person_id": receipt[0][0]}
    yield from _page(guide, "receipt", "receipt", **who)
    yield from _page(guide, "history", "history", pupil_id=child[0])


def _import(guide: Guide) -> Story:
    """A list comes in: its columns, what it would change, and what it changed."""
    rows: list[bytes] = []
    yield from _ask(guide, deeds.roster_list, rows)
    path = guide.to / "leerlingen.csv"
    save_to(path, rows[0])
    yield from _page(guide, "roster", "roster-columns", path=str(path))
    for picture in ("roster-proposal", "roster-done"):
        guide.press("go_on")
        yield from _picture(guide, picture)


def _looks(guide: Guide, pupil_id: str) -> Story:
    """The same page in other palettes, sizes and languages."""
    program = guide.program
    kept = program.choices.theme
    for palette in ("dark", "contrast"):
        program.wear(Theme(palette, 100))
        yield from _page(guide, "pupil", f"pupil-{palette}", pupil_id=pupil_id)
    program.wear(Theme("light", 200))
    yield from _page(guide, "pupil", "pupil-200", pupil_id=pupil_id)
    program.wear(kept)
    guide.desk.language_chosen.emit("en")
    yield from _page(guide, "pupil", "pupil-english", pupil_id=pupil_id)
    guide.desk.language_chosen.emit("nl")
    yield guide.quiet


def _papers(guide: Guide) -> Story:
    """Consent forms for one child in every language, and for a whole group."""
    drawn: list[dict[str, bytes]] = []
    yield from _ask(
        guide, partial(deeds.consent_forms, press=guide.program.outside.press), drawn
    )
    for name, content in drawn[0].items():
        guide.paper(name, content)


def _versions(guide: Guide) -> Story:
    """A draft against the version in use, and a one-off use with its small form."""
    done: list[object] = []
    yield from _ask(guide, deeds.another_wording, done)
    yield from _page(guide, "versions", "form-versions")
    drawn: list[bytes] = []
    trip = partial(deeds.school_trip, press=guide.program.outside.press)
    yield from _ask(guide, trip, drawn)
    yield from _page(guide, "one_offs", "one-off-uses")
    guide.paper("one-off-form", drawn[0])


def _publications(guide: Guide) -> Story:
    """What must be taken down since a mother withdrew, and the letter to who published it."""
    used: list[str] = []
    yield from _ask(guide, deeds.publication, used)
    yield from _page(guide, "publications", "publications-to-do")
    yield from _page(guide, "publications", "publication", publication_id=used[0])
    letter: list[bytes] = []
    press = guide.program.outside.press
    yield from _ask(guide, partial(deeds.takedown_request, press=press), letter)
    guide.paper("takedown-request", letter[0])


def _check(guide: Guide, user: DemoUser) -> Story:
    """What a teacher does: three letters, Enter, an answer; and a report."""
    yield from _sign_in(guide, user)
    yield guide.sees("check_letters")
    yield from _picture(guide, "check-start")
    guide.type("check_letters", "zo")
    yield guide.quiet
    yield from _picture(guide, "check-letters")
    guide.key(Qt.Key.Key_Return)
    yield guide.sees("check_other")
    yield from _picture(guide, "check-answer")
    guide.press("check_whole")
    yield guide.quiet
    yield from _picture(guide, "check-group")
    yield from _composed(guide)
    guide.key(Qt.Key.Key_F8)
    yield guide.sees("report_more")
    yield from _picture(guide, "report")
    guide.press("report_more")
    yield guide.quiet
    yield from _picture(guide, "report-more")
    sent: list[str] = []
    yield from _ask(guide, deeds.report, sent)
    yield from _page(guide, "reports", "my-reports")
    yield from _lock(guide)


def _composed(guide: Guide) -> Story:
    """Who may be on the website together, who is there, and the list for outdoors."""
    guide.press("compose_use")
    yield guide.quiet
    guide.press("choice_website")
    yield from _picture(guide, "compose-website")
    guide.press("compose_tick")
    yield from _picture(guide, "compose-here")
    guide.press("compose_done")
    yield guide.sees("compose_list")
    guide.press("compose_list")
    yield guide.sees("preview_print")
    yield from _picture(guide, "list-of-teacher")
    printed: list[bytes] = []
    press = guide.program.outside.press
    yield from _ask(guide, partial(deeds.list_of_teacher, press=press), printed)
    guide.paper("list-on-paper", printed[0])


def _director(guide: Guide, user: DemoUser) -> Story:
    """What a director does: opens a report, files it, leads the case, issues a letter."""
    yield from _sign_in(guide, user)
    stale: list[str] = []
    yield from _ask(guide, deeds.make_stale, stale)
    yield from _page(guide, "lists", "lists")
    yield from _page(guide, "today", "director-today")
    yield from _page(guide, "inbox", "inbox")
    guide.press("inbox_open")
    yield guide.sees("inbox_file")
    yield from _picture(guide, "report-opened")
    filed: list[FiledReport] = []
    yield from _ask(guide, deeds.file_it, filed)
    case = filed[0].case.id if filed[0].case else ""
    yield from _case(guide, case)
    dossier = filed[0].dossiers[0].id
    for page in ("dossier", "readers", "compile"):
        yield from _page(guide, page, page, dossier_id=dossier, **_FILE)
    pages = ("dossiers", "post", "cases", "letters", "protocol", "protocol_edit", "journal")
    for page in (*pages, "settings"):
        yield from _page(guide, page, page)
    yield from _page(guide, "help", "help")
    yield from _lock(guide)


def _case(guide: Guide, case: str) -> Story:
    """From the first talk to a letter that is printed again as it was."""
    yield from _page(guide, "case", "case-begun", case_id=case, **_FILE)
    heard: list[str] = []
    yield from _ask(guide, partial(deeds.hear, case_id=case), heard)
    yield from _page(guide, "letter", "letter-draft", case_id=case, step_id="warn", **_FILE)
    issued: list[tuple[str, bytes]] = []
    warn = partial(deeds.warn, press=guide.program.outside.press, case_id=case)
    yield from _ask(guide, warn, issued)
    guide.paper("letter-staff-warning", issued[0][1])
    yield from _page(guide, "letter", "letter-issued", letter_id=issued[0][0], **_FILE)
    yield from _page(guide, "case", "case", case_id=case, **_FILE)


def _ask(guide: Guide, work: Callable[[Session], T], into: list[T]) -> Story:
    """Do something on the storage thread and wait for its answer."""
    guide.desk.ask(work, into.append, guide)
    yield lambda: len(into) > 0


def _nothing(_value: object) -> None:
    """Nothing follows."""
