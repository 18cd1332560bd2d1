"""What the tour does between its pictures: papers, a report, its filing, and a letter."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from app.asking.forms import prepare_asking, round_requests
from app.asking.records import RoundKind
from app.asking.rounds import begin_round
from app.breach.report import BreachDraft, report_breach
from app.check.answer import board
from app.consent.channels import save_channel
from app.consent.decide import raise_flag
from app.consent.differences import differences
from app.consent.grid import consent_grid
from app.consent.objections import ObjectionDraft, note_objection
from app.consent.one_off import OneOffDraft, save_one_off
from app.consent.records import EXPLANATION, Channel
from app.dossier.inbox import FiledReport, Filing, Person, file_report, open_report, waiting
from app.duties.steps import take_step
from app.errors import Refusal
from app.forms.issue import (
    prepare_forms,
    prepare_one_off_forms,
    register_issue,
    requests_for_group,
    requests_for_pupil,
)
from app.forms.listing import group_of_pupil, issued_forms
from app.letters.issue import issue_letter, reprint
from app.letters.office import prepare_office_letters, register_office_letters
from app.letters.outcomes import letters_to_all
from app.letters.requests import LetterRequest
from app.lists.lines import Word, read
from app.lists.listing import all_lists
from app.lists.make import ListRequest, prepare_checked_list, register_list
from app.names import full_name
from app.people.questions import PupilIds, PupilLines
from app.people.records import Pupil, StaffMember
from app.ports import Press, Session
from app.publications.board import find_publications
from app.publications.offer import takedown_letter
from app.receipts.issue import prepare_receipt, register_receipt
from app.record import Compartment
from app.text import PAPER_LANGUAGES, Words

if TYPE_CHECKING:
    from app.procedures.answers import Answers

CHILD = "2041"
"""The number of the child that the pictures show; another child has the same name."""
_HEADERS = (
    *("Roepnaam", "Voorvoegsel", "Achternaam", "Geboortedatum", "Locatie", "Groep"),
    *("Leerlingnummer", "Verzorger 1", "Nationaliteit"),
)
_FILE = Compartment.STAFF_DOSSIER


def form_that_came_back(session: Session) -> tuple[str, str]:
    """The number of a form that was handed out, and the group of its pupil."""
    form = next(form for form in issued_forms(session) if not form.adult)
    return form.number, group_of_pupil(session, form.pupil_id)


def first_child(session: Session) -> str:
    """Id of the child that the pictures show."""
    with session.look(Compartment.CONSENT) as reader:
        return reader.ask(PupilIds(on=session.clock.today(), search=CHILD))[0]


def roster_list(session: Session) -> bytes:
    """A list of pupils with their parents as another system writes it.

    Two children are new, one is known under another number, and one column may not be read.
    """
    child = first_child(session)
    with session.look(Compartment.CONSENT) as reader:
        known = reader.get(Pupil, child)
        (line,) = reader.ask(PupilLines((child,), session.clock.today()))
    born = known.birth_date.strftime("%d-%m-%Y") if known.birth_date else ""
    at = (line.site, line.group)
    rows = (
        _HEADERS,
        ("Jet", "van der", "Sluis", "12-03-2021", *at, "3001", "Anne van der Sluis", "NL"),
        ("Milan", "", "Kowalski", "31-02-2021", *at, "3002", "Ewa Kowalska", "PL"),
        (known.first_name, known.prefix, known.surname, born, *at, "3003", "", "NL"),
    )
    return "".join(";".join(row) + "\r\n" for row in rows).encode("utf-8-sig")


def consent_forms(session: Session, press: Press) -> dict[str, bytes]:
    """Forms for one child in every language, and for a group, by the name of the file."""
    child = first_child(session)
    papers = {}
    for language in PAPER_LANGUAGES:
        requests = requests_for_pupil(session, child)
        prepared = prepare_forms(session, press, requests, language)
        register_issue(session, prepared, saved=True)
        papers[f"consent-form-{language}"] = prepared.pdf.content
    everybody = requests_for_group(session, board(session).groups[0].id)
    group = prepare_forms(session, press, everybody, "nl")
    return {**papers, "consent-forms-group": group.pdf.content}


def another_wording(session: Session) -> None:
    """Widen one channel and write something else about it, so that a draft waits."""
    with session.look(Compartment.CONSENT) as reader:
        (letter,) = reader.all(Channel, key="newsletter")
    texts = letter.texts.put(EXPLANATION, nl=Words()("tour.newsletter"))
    save_channel(session, replace(letter, texts=texts, audience="public"))


def school_trip(session: Session, press: Press) -> bytes:
    """Make a one-off use for a group; its small form for one child."""
    today = session.clock.today()
    group = board(session).groups[0].id
    name = Words()("tour.trip")
    draft = OneOffDraft(
        name, ("photo", "film"), "parent_page", today, today + timedelta(days=14), (group,)
    )
    trip = save_one_off(session, draft)
    requests = requests_for_pupil(session, first_child(session))
    return prepare_one_off_forms(session, press, requests, trip.key).pdf.content


def round_of_forms(session: Session) -> str:
    """Begin a round for everybody with open questions; returns its id."""
    return begin_round(session, RoundKind.OPEN).id


def forms_of_round(session: Session, press: Press, round_id: str) -> bytes:
    """The forms of a round in one file, each in the language of its guardian; issued."""
    prepared = prepare_asking(session, press, round_requests(session, round_id))
    register_issue(session, prepared, saved=True)
    return prepared.pdf.content


def parted_child(session: Session) -> str:
    """Id of a child about whom those who decide differ, with an objection that was noted."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        pupils = reader.ask(PupilIds(on=today))
        child = next(one for one in pupils if differences(consent_grid(reader, one, today)))
    words = Words()
    draft = ObjectionDraft(
        child, words("tour.objection"), today, "phone", person_name=words("tour.objector")
    )
    note_objection(session, draft)
    return child


def letters_to_parents(session: Session, press: Press, child: str) -> bytes:
    """The letters to everybody who decides about a child, in one file; they left."""
    prepared = prepare_office_letters(session, press, letters_to_all(session, child))
    register_office_letters(session, prepared, saved=True)
    return prepared.pdf.content


def receipt(session: Session, press: Press, child: str) -> tuple[str, bytes]:
    """What the first of the parents decided: id of the parent, and the paper; it left."""
    today = session.clock.today()
    with session.look(Compartment.CONSENT) as reader:
        grid = consent_grid(reader, child, today)
    person = differences(grid)[0].said[0][0].id
    prepared = prepare_receipt(session, press, child, person)
    register_receipt(session, prepared, saved=True)
    return person, prepared.pdf.content


def list_of_teacher(session: Session, press: Press) -> bytes:
    """A teacher prints a list of the first group; returns the paper."""
    request = ListRequest((board(session).groups[0].id,), ("photo:website",))
    prepared = prepare_checked_list(session, press, request)
    register_list(session, prepared)
    return prepared.pdf.content


def make_stale(session: Session) -> str:
    """A child who stands on that list as allowed gets a safety flag; returns the child's id."""
    printed, _ = all_lists(session)[0]
    lines = read(printed.lines)
    child = next(id for id, cells in lines.items() if cells[0].word is Word.YES)
    raise_flag(session, child)
    return child


def report(session: Session) -> str:
    """A teacher seals a report about a colleague; returns its id."""
    words, today = Words(), session.clock.today()
    draft = BreachDraft(
        actor_kind="staff",
        actor_name=words("tour.actor"),
        occurred_on=today - timedelta(days=2),
        discovered_on=today - timedelta(days=1),
        place=words("tour.place"),
        facts=words("tour.facts"),
        articles=("A5",),
        medium="photo",
        audience="public",
        made=True,
        shared=True,
    )
    return report_breach(session, draft).id


def file_it(session: Session) -> FiledReport:
    """The director opens the report and files it into the personnel dossier."""
    line = waiting(session)[0]
    open_report(session, line.compartment, line.id)
    with session.look(Compartment.CONSENT) as reader:
        stand_in = reader.all(StaffMember, surname="Brouwer")[0]
    name = full_name(stand_in.first_name, stand_in.prefix, stand_in.surname)
    return file_report(
        session, line.compartment, line.id, Filing(subjects=(Person(stand_in.id, name),))
    )


def hear(session: Session, case_id: str) -> str:
    """The director chooses the course, plans and holds the talk; returns the id of the case."""
    words, today = Words(), session.clock.today()
    course: Answers = {
        "course": "staff_written_warning@1",
        "course_grounds": words("tour.course_grounds"),
    }
    take_step(session, _FILE, case_id, "choose_course", course)
    place: Answers = {"talk_day": today, "talk_place": words("tour.talk_place")}
    take_step(session, _FILE, case_id, "plan_talk", place)
    talk: Answers = {
        "talk_day": today,
        "present": words("tour.present"),
        "reaction": words("tour.reaction"),
    }
    take_step(session, _FILE, case_id, "hold_talk", talk)
    return case_id


def warn(session: Session, press: Press, case_id: str) -> tuple[str, bytes]:
    """The director issues the written warning; returns its id and its bytes, printed again."""
    words, today = Words(), session.clock.today()
    answers: Answers = {
        "facts": words("tour.facts"),
        "expected": words("tour.expected"),
        "review_day": today + timedelta(days=60),
    }
    letter = issue_letter(session, press, LetterRequest(_FILE, case_id, "warn", answers))
    again = reprint(session, _FILE, letter.id)
    if again.digest != letter.digest:
        raise Refusal("letters.damaged", number=letter.number)
    return letter.id, again.content


def publication(session: Session) -> str:
    """What was used most lately with somebody in it who may not be shown any more."""
    return find_publications(session, "intocht")[0].publication_id


def takedown_request(session: Session, press: Press) -> bytes:
    """The letter that asks a paper to take the same picture down."""
    used = find_publications(session, "intocht")[0]
    paper = replace(used, keeper=("Havenkrant", "Kade 12", "3311 AA  DORDRECHT"))
    request = takedown_letter(paper, session.clock.today())
    return prepare_office_letters(session, press, (request,)).pdf.content
