"""One of every deed that changes a register, each ready to be interrupted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.asking.forms import prepare_asking, reminder_requests
from app.asking.listing import AskingFilter
from app.asking.records import RoundKind
from app.asking.rounds import begin_round
from app.breach.report import report_breach
from app.check.publish import keep_published
from app.consent.channels import save_channel
from app.consent.decide import (
    DecisionsDraft,
    UseAnswer,
    raise_flag,
    record_decisions,
    retract,
    withdraw_consent,
)
from app.consent.records import Answer, Channel, Decision
from app.dossier.entries import NewEntry, add_entry
from app.dossier.inbox import Filing, Person, file_report
from app.forms.issue import register_issue
from app.letters.issue import issue_letter
from app.letters.requests import LetterRequest
from app.people.admit import admit
from app.people.people import GuardianDraft, PupilDraft, save_guardian
from app.people.places import EnrolmentDraft
from app.record import Compartment
from app.register.records import School as Settings
from app.register.school import save_school
from tests.app.dossier.samples import ANSWERS
from tests.app.dossier.situations import ABOUT_STAFF, walk
from tests.campaigns import office as acts
from tests.campaigns.office import PROOF, REPORT, USES, Office

if TYPE_CHECKING:
    from collections.abc import Callable

GUEST = "Leerkracht 1"
GUEST_PASSWORD = "een touw om de bolder geslagen"


@dataclass
class Scene:
    """A register in which every deed can be done, and what the deeds have to know of it.

    Attributes:
        case: the case in which a letter is due; code: of the user who still has to enrol.
    """

    office: Office
    case: str = ""
    code: str = ""


def furnish(office: Office) -> Scene:
    """A family with answers, a case, a report that waits, and a teacher who has not come yet."""
    office.prepare()
    session = office.session
    keep_published(session)
    for number in (0, 1):  # both parents say yes
        acts.decide(office, number)
    save_school(
        session,
        Settings(
            id="school",
            name="Bootschool De Meerpaal",
            street="Voorbeeldkade 1",
            postcode="3311 AA",
            town="Dordrecht",
            privacy_contact="kantoor@school.example",
            complaint_route="de klachtencommissie, Voorbeeldkade 1, Dordrecht",
        ),
    )
    sent = report_breach(session, ABOUT_STAFF)
    filed = file_report(session, REPORT, sent.id, Filing((Person("s" * 32, "Kees Zeilmaker"),)))
    case = walk(session, filed, REPORT, "plan_talk", "hold_talk")
    why = "Er is één directeur; de melding kwam van dezelfde persoon."
    note = NewEntry("note", session.clock.today(), "Wie besluit", why, case)
    add_entry(session, REPORT, filed.dossiers[0].id, note)
    acts.report(office, 6)
    code = session.add_user(GUEST, ("teacher",))
    return Scene(office, case, code)


def withdraw(scene: Scene) -> None:
    """The mother withdraws everything by phone."""
    office = scene.office
    family = office.family
    withdraw_consent(office.session, family.pupil.id, family.mother.id, USES, how="phone")


def correct(scene: Scene) -> None:
    """What the father said is corrected into a no."""
    office = scene.office
    family, today = office.family, office.session.clock.today()
    old = standing(office, family.father.id)
    record_decisions(
        office.session,
        DecisionsDraft(
            family.pupil.id,
            family.father.id,
            tuple(UseAnswer(use_of(one), Answer.NO) for one in old),
            signed_on=today - timedelta(days=1),
            replaces=tuple((use_of(one), one.id) for one in old),
        ),
    )


def take_back(scene: Scene) -> None:
    """The father's answers were never given."""
    office = scene.office
    retract(office.session, standing(office, office.family.father.id), "wrong line")


def standing(office: Office, decider: str) -> tuple[Decision, ...]:
    """What somebody answered."""
    with office.session.look(Compartment.CONSENT) as reader:
        return reader.all(Decision, decider_id=decider)


def use_of(decision: Decision) -> str:
    """The use that a decision is about."""
    return f"{decision.medium}:{decision.channel}"


def attach(scene: Scene) -> None:
    """The mother says no to one use, with a large scan of the form."""
    office = scene.office
    family, today = office.family, office.session.clock.today()
    answers = (UseAnswer(USES[0], Answer.NO),)
    record_decisions(
        office.session,
        DecisionsDraft(
            family.pupil.id, family.mother.id, answers, signed_on=today, proof=PROOF * 40
        ),
    )


def admit_pupil(scene: Scene) -> None:
    """A new pupil with a place in the group."""
    office = scene.office
    place = office.place()
    where = EnrolmentDraft("", place.site_id, place.group_id, start=date(2026, 8, 1))
    draft = PupilDraft(first_name="Noor", surname="Kade", birth_date=date(2019, 3, 2))
    admit(office.session, draft, where)


def add_guardian(scene: Scene) -> None:
    """A third person who may have a say: what was a yes is one no more."""
    office = scene.office
    draft = GuardianDraft(first_name="Ewa", surname="Kade")
    save_guardian(office.session, draft, office.family.pupil.id, "parent")


def flag(scene: Scene) -> None:
    """No image of the pupil at all."""
    raise_flag(scene.office.session, scene.office.family.pupil.id)


def channel(scene: Scene) -> None:
    """A use becomes wider, for everybody at once."""
    session = scene.office.session
    with session.look(Compartment.CONSENT) as reader:
        found = reader.all(Channel, key="website")[0]
    save_channel(
        session,
        replace(found, texts=found.texts.put("name", nl="Website en jaarboek")),
        widened=True,
    )


def letter(scene: Scene) -> None:
    """A written warning, numbered and kept."""
    from reports.press import PaperPress

    answers = {key: ANSWERS[key] for key in ("facts", "expected", "review_day")}
    request = LetterRequest(REPORT, scene.case, "warn", answers)
    issue_letter(scene.office.session, PaperPress(), request)


def begin_asking(scene: Scene) -> None:
    """A round of renewal is begun: everybody is asked anew."""
    begin_round(scene.office.session, RoundKind.RENEWAL)


def hand_out(scene: Scene) -> None:
    """Forms for all who have to be asked leave the program: they are drawn, then noted."""
    from reports.press import PaperPress

    session = scene.office.session
    requests = reminder_requests(session, AskingFilter())
    register_issue(session, prepare_asking(session, PaperPress(), requests))


def renew_keys(scene: Scene) -> None:
    """Every compartment gets a new key and file."""
    scene.office.session.renew_keys()


def end_access(scene: Scene) -> None:
    """The teacher who is at work has to go; the list gets a new key and file."""
    session = scene.office.session
    gone = next(user for user in session.users() if user.name == GUEST)
    session.revoke_user(gone.id)


def enrol(scene: Scene) -> None:
    """The new teacher comes for the first time."""
    school = scene.office.school
    school.lock()
    found = school.vault.enrol(school.folder, GUEST, scene.code, GUEST_PASSWORD)
    school.keep(found)


def next_morning(scene: Scene) -> None:
    """The director signs in on another day; the list is signed anew."""
    scene.office.school.lock()
    scene.office.school.clock.move(timedelta(days=1))
    scene.office.open()


def _act(act: Callable[[Office, int], None]) -> Callable[[Scene], None]:
    return lambda scene: act(scene.office, 11)  # to `decide` this is a no of the father


DEEDS: dict[str, Callable[[Scene], None]] = {
    "decide": _act(acts.decide),
    "withdraw": withdraw,
    "correct": correct,
    "retract": take_back,
    "attach": attach,
    "admit": admit_pupil,
    "guardian": add_guardian,
    "flag": flag,
    "channel": channel,
    "import": lambda scene: acts.bring_in(scene.office, 11, 200),
    "report": _act(acts.report),
    "file": _act(acts.file),
    "letter": letter,
    "round": begin_asking,
    "forms": hand_out,
    "draft": _act(acts.draft),
    "join": _act(acts.join),
    "enrol": enrol,
    "password": _act(acts.password),
    "revoke": end_access,
    "renew_keys": renew_keys,
    "next_morning": next_morning,
}
