"""A whole story in which every field holds a word of its own, ended in the middle of a write.

Run as a program with a folder; makes a register there, works as all three roles, writes on
standard output, as JSON, the words it used and every key it ever held, and is then killed while
a unit of work is open. A program of its own, so that its files are those of a real process.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.breach.report import BreachDraft, EvidenceFile, keep_report_draft, report_breach
from app.breach.sealed import Affected
from app.check.answer import check_pupil, find_pupils
from app.clock import SystemClock
from app.consent.channels import save_channel
from app.consent.decide import retract
from app.consent.objections import ObjectionDraft, note_objection
from app.consent.records import Channel
from app.dossier.dossiers import dossiers, open_dossier
from app.dossier.entries import NewEntry, add_entry
from app.dossier.inbox import Filing, Person, file_report, open_report, waiting
from app.dossier.steps import open_case
from app.duties.steps import take_step
from app.forms.issue import prepare_forms, register_issue, requests_for_pupil
from app.journal.verify import verify_all, written
from app.letters.facts import Recipient
from app.letters.issue import issue_letter, reprint
from app.letters.office import prepare_office_letters, register_office_letters
from app.letters.requests import LetterRequest, OfficeRequest
from app.people.admit import admit
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import GuardianDraft, PupilDraft, StaffDraft, save_guardian, save_staff
from app.people.places import EnrolmentDraft
from app.people.records import AuthorityKind, Pupil
from app.procedures.procedure import load_procedure
from app.receipts.issue import prepare_receipt, register_receipt
from app.record import Compartment
from app.register.records import School as Settings
from app.register.school import save_school
from app.search.search import search
from app.start.begin import NewRegister, begin_register, make_ready
from app.text import Words
from db.keys.derive import KdfCost
from db.register.preferences import LocalPreferences
from db.register.session import LocalSession
from db.register.vault import LocalVault
from reports.press import PaperPress
from tests.journeys.families import says, settle
from tests.scan.needles import Needles

if TYPE_CHECKING:
    from app.letters.facts import Value
    from app.people.records import Guardian
    from app.procedures.answers import Answer

PHRASES = {
    "director": "roestig anker bij nacht en ontij",
    "administrator": "koperen lantaarn aan stuurboord",
    "teacher": "zeilen drogen in de wind",
    "changed": "een mast vol bonte vlaggen vandaag",
}
STAFF = Compartment.STAFF_DOSSIER


class Story:
    """One register from the first day to the plug pulled out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = LocalVault(SystemClock(), KdfCost.for_tests(), keyring_enabled=False)
        self.needle = Needles()
        self.secrets: dict[str, str] = {}
        self.session: LocalSession

    def play(self) -> None:
        self.begin()
        self.people()
        self.consent()
        self.papers()
        self.teacher()
        self.dossier()
        self.change_of_guard()
        self.tell()
        self.pull_the_plug()

    def begin(self) -> None:
        """The first day; the school's own name is meant to be read before anybody signs in."""
        new = NewRegister(
            self.folder / "register", "De Meerpaal", self.needle("director"),
            PHRASES["director"], town=self.needle("town"), group=self.needle("group"),
        )  # fmt: skip
        session, code = begin_register(self.vault, new)
        assert isinstance(session, LocalSession)
        self.session = session
        self.secrets["recovery code"] = code.text.encode().hex()
        self.session.confirm_recovery(code.text)
        fields = ("board", "street", "postcode", "phone", "email", "privacy_contact")
        texts = {name: self.needle(f"school {name}") for name in fields}
        texts["email"] += "@meerpaal.example"
        texts["complaint_route"] = self.needle("complaint route")
        save_school(
            self.session, Settings(id="school", name="De Meerpaal", town="Dordrecht", **texts)
        )
        for role in ("administrator", "teacher"):
            one_time = self.session.add_user(self.needle(role), (role,))
            self.secrets[f"one-time code of the {role}"] = one_time.encode().hex()
            self.keys(role="director")
            self.session.lock()
            name = self.needle.words[role]
            self.vault.enrol(self.folder / "register", name, one_time, PHRASES[role]).lock()
            self.sign_in("director")

    def sign_in(self, role: str, phrase: str = "") -> None:
        name = self.needle.words[role]
        self.session = self.vault.unlock(
            self.folder / "register", name, phrase or PHRASES[role]
        )
        make_ready(self.session)
        self.keys(role)

    def keys(self, role: str) -> None:
        """Note every key that this session holds."""
        holder = self.session._holder
        own = {"user key": holder.own.user_key, "signing": holder.own.pair.signing}
        own["box"] = holder.own.pair.box
        for name, secret in own.items():
            self.secrets[f"{name} of {role} {len(self.secrets)}"] = bytes(secret.raw).hex()
        for part, keys in holder.keys.items():
            for key in keys:
                for name in ("_secret", "database", "inbox", "names"):
                    found = getattr(key, name)
                    secret = found if name == "_secret" else found()
                    where = f"{name} of {part} {key.epoch}"
                    self.secrets[where] = bytes(secret.raw).hex()

    def people(self) -> None:
        needle, session = self.needle, self.session
        place = settle(session, needle("second group"))
        drafted = PupilDraft(
            first_name=needle("pupil first name"),
            prefix=needle("pupil prefix"),
            surname=needle("pupil surname"),
            number=needle("pupil number"),
        )
        start = session.clock.today() - timedelta(days=90)
        where = EnrolmentDraft("", place.site_id, place.group_id, start=start)
        self.pupil = admit(session, drafted, where)
        other = ("id", "language", "email", "large_print")
        fields = [name for name in GuardianDraft.__slots__ if name not in other]
        texts: dict[str, Any] = {name: needle(f"guardian {name}") for name in fields}
        mail = needle("guardian email") + "@post.example"
        self.mother: Guardian = save_guardian(
            session, GuardianDraft(email=mail, **texts), self.pupil.id, "mother"
        )
        kind = AuthorityKind.SOLE_PARENTAL
        record_authority(
            session,
            AuthorityDraft(
                self.pupil.id, self.mother.id, kind, source="register_extract",
                seen_by=needle("seen by"), seen_on=session.clock.today(),
            ),
        )  # fmt: skip
        self.member = save_staff(
            session,
            StaffDraft(
                needle("staff first name"), "", "", needle("staff surname"),
                needle("staff function"), needle("staff email") + "@meerpaal.example",
            ),
        )  # fmt: skip

    def consent(self) -> None:
        needle, session = self.needle, self.session
        day = session.clock.today() - timedelta(days=3)
        proof = b"%PDF-1.7 " + needle("scan").encode() * 40 + b"%%EOF"
        wrong = says(
            session, self.pupil, self.mother, signed_on=day, proof=proof, note=needle("note")
        )
        retract(session, [wrong], needle("reason of retraction"))
        says(session, self.pupil, self.mother, signed_on=day)
        with session.look(Compartment.CONSENT) as reader:
            channel = reader.all(Channel, key="website")[0]
        save_channel(
            session, replace(channel, texts=channel.texts.put("name", nl=needle("channel")))
        )
        search(session, needle("search"), (), "nl")
        session.keep("draft", "pupil page", needle("draft").encode() * 50)

    def papers(self) -> None:
        requests = requests_for_pupil(self.session, self.pupil.id)
        prepared = prepare_forms(self.session, PaperPress(), requests, "nl")
        register_issue(self.session, prepared)
        self.letters()

    def letters(self) -> None:
        """An objection, a letter to somebody outside, and what the mother decided."""
        needle, session, today = self.needle, self.session, self.session.clock.today()
        objection = ObjectionDraft(
            self.pupil.id, needle("objection"), today, "phone", person_name=needle("objector")
        )
        note_objection(session, objection)
        outside = Recipient(needle("outside"), (needle("outside"), needle("outside street")))
        values: dict[str, Value] = {
            "what": needle("recording"),
            "where": (needle("place of recording"),),
            "removal_by": today,
        }
        asked = OfficeRequest("takedown_request", outside, self.pupil.id, values)
        register_office_letters(
            session, prepare_office_letters(session, PaperPress(), (asked,))
        )
        register_receipt(
            session, prepare_receipt(session, PaperPress(), self.pupil.id, self.mother.id)
        )

    def teacher(self) -> None:
        needle = self.needle
        self.session.lock()
        self.sign_in("teacher")
        session = self.session
        for hit in find_pupils(session, needle.words["pupil first name"][:5]):
            check_pupil(session, hit.id)
        draft = BreachDraft(
            actor_kind="staff",
            actor_name=needle("actor"),
            occurred_on=session.clock.today(),
            discovered_on=session.clock.today(),
            place=needle("place"),
            facts=needle("facts"),
            opinion=needle("opinion"),
            articles=("A5",),
            affected=(Affected(needle("affected")),),
            files=(
                EvidenceFile(
                    needle("file name") + ".txt",
                    needle("evidence").encode() * 30,
                    needle("how obtained"),
                ),
            ),
        )
        keep_report_draft(session, draft)
        report_breach(session, draft)
        keep_report_draft(session, replace(draft, facts=needle("facts of a draft")))
        session.lock()

    def dossier(self) -> None:
        needle = self.needle
        self.sign_in("director")
        session = self.session
        line = waiting(session)[0]
        open_report(session, line.compartment, line.id)
        person = Person(self.member.id, needle.words["staff surname"])
        filed = file_report(session, STAFF, line.id, Filing((person,)))
        assert filed.case is not None
        course = {"course": "staff_written_warning@1", "course_grounds": self.said("facts")}
        take_step(session, STAFF, filed.case.id, "choose_course", course)
        procedure = load_procedure("staff_written_warning")
        for id in ("plan_talk", "hold_talk"):
            step = procedure.step(id)
            assert step is not None
            take_step(
                session,
                STAFF,
                filed.case.id,
                id,
                {a.field: self.said(a.field) for a in step.asks},
            )
        answers = {name: self.said(name) for name in ("facts", "expected", "review_day")}
        request = LetterRequest(STAFF, filed.case.id, "warn", answers)
        letter = issue_letter(session, PaperPress(), request)
        reprint(session, STAFF, letter.id)
        entry = NewEntry(
            "note", session.clock.today(), needle("title of an entry"), needle("body of an entry"),
            file=EvidenceFile("x.txt", needle("file of an entry").encode(), "-"),
        )  # fmt: skip
        add_entry(session, STAFF, filed.dossiers[0].id, entry)
        dossiers(session, STAFF, needle("search in dossiers"))
        open_dossier(session, STAFF, filed.dossiers[0].id)
        open_case(session, STAFF, filed.case.id)
        self.report = written(verify_all(session), Words())

    def said(self, field: str) -> Answer:
        """An answer in a step or a letter: a day, or a word of its own."""
        today = self.session.clock.today()
        days: dict[str, Answer] = {"talk_day": today, "review_day": today + timedelta(days=80)}
        return days.get(field) or self.needle(f"answer {field} {len(self.needle.words)}")

    def change_of_guard(self) -> None:
        """A leaver, new keys, another password, preferences and a line in a log."""
        session = self.session
        gone = next(u for u in session.users() if u.name == self.needle.words["administrator"])
        session.revoke_user(gone.id)
        self.keys("director")
        session.change_password(PHRASES["director"], PHRASES["changed"])
        LocalPreferences().write({"language": "nl", "folder": str(self.folder / "register")})
        logging.getLogger("boordboek").warning("%r %r", session, session.user.id)
        session.lock()
        self.sign_in("director", PHRASES["changed"])

    def tell(self) -> None:
        self.secrets |= {f"phrase {k}": v.encode().hex() for k, v in PHRASES.items()}
        json.dump({"words": self.needle.words, "secrets": self.secrets}, sys.stdout)
        sys.stdout.flush()

    def pull_the_plug(self) -> None:
        """Half of a unit of work is on its way to the disk."""
        with self.session.work(Compartment.CONSENT, "imported") as work:
            raw = work._opened.raw  # type: ignore[attr-defined]  # of this store
            raw.execute("PRAGMA cache_size = 10")
            surname = self.needle.words["pupil surname"]
            work.add(*(Pupil(id=f"{n:032x}", first_name=surname) for n in range(3000)))
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    logging.basicConfig(filename=place / "log.txt", level=logging.DEBUG)
    Story(place).play()
