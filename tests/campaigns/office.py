"""An office at work: acts that write, each recognisable afterwards, whole or not at all."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from app.breach.report import BreachDraft, report_breach
from app.check.answer import check_pupil
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions
from app.consent.records import Answer, Decision
from app.dossier.inbox import Filing, Person, file_report, waiting
from app.dossier.records import Breach, Entry, Filed
from app.errors import Refusal
from app.ids import new_id
from app.people.questions import GuardiansOf
from app.people.records import Enrolment, EnrolmentKind, Pupil, StaffMember
from app.protocol.shelf import current_protocol
from app.record import Compartment
from app.start.begin import make_ready
from tests.campaigns.teacher import kept_back, promises
from tests.journeys.families import Family, Place, add_family, settle
from tests.registers import DIRECTOR, NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    from db.register.session import LocalSession
    from tests.registers import School

USES = ("photo:website", "film:website", "photo:parent_page")
PASSWORDS = (DIRECTOR.password, "een ander anker bij dag en zon")
IMPORT = 2000
PROOF = b"%PDF-1.7 " + b"a signed form " * 500 + b"%%EOF"
REPORT = Compartment.STAFF_DOSSIER


class Office:
    """The director, who may do everything; knows the pupil and the parents of the story."""

    def __init__(self, school: School, random: Random) -> None:
        self.school, self.random = school, random
        self.session: LocalSession

    def prepare(self) -> None:
        """One family and one member of staff in a new register."""
        self.session = self.school.director()
        add_family(self.session, settle(self.session))
        member = StaffMember(id="s" * 32, first_name="Kees", surname="Zeilmaker")
        with self.session.work(Compartment.CONSENT, "staff_added") as work:
            work.add(member)
            work.commit()

    def open(self) -> None:
        """Sign in with whichever password counts now, and bring everything in order."""
        self.session = self.unlock()
        make_ready(self.session)

    def unlock(self) -> LocalSession:
        """The director, by the old password or the new one."""
        with suppress(Refusal):
            return self.school.director()
        return self.school.unlock(replace(DIRECTOR, password=PASSWORDS[1]))

    @property
    def family(self) -> Family:
        """The family of the story."""
        with self.session.look(Compartment.CONSENT) as reader:
            pupil = reader.all(Pupil, first_name="Zoë")[0]
            parents = [item.guardian for item in reader.ask(GuardiansOf(pupil.id))]
        return Family(pupil, *parents)

    def place(self) -> Place:
        """Where the pupil is taught."""
        with self.session.look(Compartment.CONSENT) as reader:
            found = reader.all(Enrolment)[0]
        return Place(found.site_id, found.group_id)


def decide(office: Office, number: int) -> None:
    """One parent's form with three answers, and the scan of it."""
    family = office.family
    parent = (family.mother, family.father)[number % 2]
    answer = (Answer.YES, Answer.NO)[number // 2 % 2]
    today = office.session.clock.today()
    record_decisions(
        office.session,
        DecisionsDraft(
            family.pupil.id,
            parent.id,
            tuple(UseAnswer(use, answer) for use in USES),
            signed_on=today - timedelta(days=1),
            proof=PROOF,
            note=f"act {number}",
        ),
    )


def bring_in(office: Office, number: int, size: int = IMPORT) -> None:
    """Thousands of pupils with their enrolments, in one unit of work."""
    place, now = office.place(), office.session.clock.now()
    pupils = [
        Pupil(id=new_id(), first_name="Kind", surname=str(step), number=f"{number}.{step}")
        for step in range(size)
    ]
    enrolled = [
        Enrolment(
            id=new_id(), pupil_id=pupil.id, kind=EnrolmentKind.ENROLLED, site_id=place.site_id,
            group_id=place.group_id, start=NOW.date(), recorded_at=now,
        )
        for pupil in pupils
    ]  # fmt: skip
    with office.session.work(Compartment.CONSENT, "imported", str(number)) as work:
        work.add(*pupils, *enrolled)
        work.commit()


def report(office: Office, number: int) -> None:
    """A sealed report about a member of staff, with the number in it."""
    session = office.session
    article = next(a for a in current_protocol(session).articles if a.binds("staff"))
    today = session.clock.today()
    report_breach(
        session,
        BreachDraft(
            actor_kind="staff",
            actor_id="s" * 32,
            actor_name="Kees Zeilmaker",
            occurred_on=today,
            discovered_on=today,
            facts=f"act {number}",
            articles=(article.id,),
        ),
    )


def file(office: Office, number: int) -> None:
    """Take the oldest report out of the inbox and into the dossier; none waits: nothing."""
    lines = waiting(office.session)  # what was filed and not taken out is taken out by looking
    if lines:
        person = Person("s" * 32, "Kees Zeilmaker")
        file_report(office.session, REPORT, lines[0].id, Filing((person,)))


def password(office: Office, number: int) -> None:
    """The other password."""
    now = counting_password(office)
    office.session.change_password(PASSWORDS[now], PASSWORDS[1 - now])


def counting_password(office: Office) -> int:
    """Which of the two passwords counts."""
    try:
        office.session._admission.demand_password(PASSWORDS[0])
    except Refusal:
        return 1
    return 0


def join(office: Office, number: int) -> None:
    """A new teacher."""
    office.session.add_user(f"Leerkracht {number}", ("teacher",))


def revoke(office: Office, number: int) -> None:
    """The teacher who came last has to go; the list gets a new key and file."""
    guests = [u for u in office.session.users() if "Leerkracht" in u.name and not u.revoked]
    if guests:
        office.session.revoke_user(max(guests, key=lambda user: user.id).id)


def draft(office: Office, number: int) -> None:
    """A draft that replaces the one before."""
    office.session.keep("campaign", "draft", f"{number} ".encode() * 3000)


Act = "Callable[[Office, int], None]"
ACTS: dict[str, tuple[int, Callable[[Office, int], None]]] = {
    "decide": (10, decide),
    "import": (1, bring_in),
    "report": (4, report),
    "file": (4, file),
    "password": (3, password),
    "join": (2, join),
    "revoke": (2, revoke),
    "draft": (3, draft),
}


@dataclass(frozen=True)
class Found:
    """What stands in the register, as counts by the number of the act.

    Attributes:
        decided: decisions by act; imported: pupils by act; forms: proofs that can be read.
        reported: reports, waiting or filed; filed: how many of them are filed.
        password: which one counts; guests, gone: teachers who came and who had to go.
        draft: number of the draft that is kept.
    """

    decided: tuple[tuple[int, int], ...]
    imported: tuple[tuple[int, int], ...]
    reported: int
    filed: int
    password: int
    guests: int
    gone: int
    draft: int

    @classmethod
    def of(cls, office: Office) -> Found:
        """Look at everything, as the next person at this machine; half of anything fails here."""
        promised = promises(office)
        office.session = session = office.unlock()
        kept_back(session, promised)
        for part in Compartment:
            found = session.verify(part)
            assert found.in_order, (part, found.findings)
        with session.look(Compartment.CONSENT) as reader:
            decisions = reader.all(Decision)
            for proof in {one.proof for one in decisions}:
                assert reader.blob(proof) == PROOF
            pupils = Counter(int(p.number.split(".")[0]) for p in reader.all(Pupil) if p.number)
        with session.look(REPORT) as reader:
            filed = {one.id for one in reader.all(Filed)}
            assert len(reader.all(Breach)) == len(filed)
            assert len(reader.all(Entry)) == len(filed)
        unfiled = {card.id for card in session.waiting(REPORT)}
        for id in unfiled:
            assert b"act " in session.unseal(REPORT, id).content
        guests = [user for user in session.users() if "Leerkracht" in user.name]
        kept = session.kept("campaign")
        no_leftovers(office)
        make_ready(session)
        assert check_pupil(session, office.family.pupil.id).doubt is None
        return cls(
            decided=tally(int(one.note.split()[1]) for one in decisions),
            imported=tuple(sorted(pupils.items())),
            reported=len(unfiled | filed),
            filed=len(filed),
            password=counting_password(office),
            guests=len(guests),
            gone=sum(user.revoked for user in guests),
            draft=int(kept[0].content.split()[0]) if kept else 0,
        )


def no_leftovers(office: Office) -> None:
    """Nothing interrupted lies around once somebody has opened the register.

    An empty journal of the database may, which the next write takes away, and half an attached
    file, which goes after a day.
    """
    odd = (".part", ".next", ".tmp")
    folder = office.school.folder
    found = [*folder.glob("*"), *folder.glob("inbox/**/*"), *folder.glob("blobs/own/**/*")]
    left = [path.name for path in found if path.name.endswith(odd)]
    assert left == [], left


def tally(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """How often each number occurs."""
    return tuple(sorted(Counter(numbers).items()))


def expected(known: Found, act: str, number: int) -> Found:
    """What stands there after one more act."""
    waits = known.reported > known.filed
    free = known.guests > known.gone
    after = {
        "decide": lambda: replace(known, decided=(*known.decided, (number, len(USES)))),
        "import": lambda: replace(known, imported=(*known.imported, (number, IMPORT))),
        "report": lambda: replace(known, reported=known.reported + 1),
        "file": lambda: replace(known, filed=known.filed + waits),
        "password": lambda: replace(known, password=1 - known.password),
        "join": lambda: replace(known, guests=known.guests + 1),
        "revoke": lambda: replace(known, gone=known.gone + free),
        "draft": lambda: replace(known, draft=number),
    }
    return after[act]()


def holds(now: Found, known: Found) -> bool:
    """Whether what was found is what must stand there."""
    return now == known
