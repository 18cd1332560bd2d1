"""What people mistype: the field says what is wrong, in both languages; nothing is stored half."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from app.breach.report import BreachDraft, EvidenceFile, report_breach
from app.breach.sealed import Affected
from app.check.answer import check_pupil, find_pupils
from app.consent.channels import save_channel
from app.consent.decide import DecisionsDraft, UseAnswer, record_decisions, retract
from app.consent.grid import consent_grid
from app.consent.outcome import Reason
from app.consent.records import Answer, Channel
from app.errors import BoordboekError, Refusal, Refusals
from app.people.admit import admit
from app.people.authority import AuthorityDraft, record_authority
from app.people.people import (
    GuardianDraft,
    PupilDraft,
    StaffDraft,
    relate,
    save_guardian,
    save_pupil,
    save_staff,
)
from app.people.places import EnrolmentDraft, save_group, save_site
from app.people.records import AuthorityKind, Group
from app.record import Compartment
from app.register.records import School as Settings
from app.register.school import save_school
from app.text import LANGUAGES, Words
from tests.campaigns.places import quick_folder
from tests.journeys.families import SIGNED, WEBSITE, Family, Place, add_family, says, settle
from tests.registers import DIRECTOR, NOW, School

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.ports import Session

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
BSN = "111222333"
LONG = "a" * 201
KIND = AuthorityKind.JOINT_PARENTAL


class Office:
    """The director with a family in the register, and what stands in its files."""

    def __init__(self, school: School) -> None:
        self.session: Session = school.director()
        self.place: Place = settle(self.session)
        self.family: Family = add_family(self.session, self.place)
        self.folder = school.folder

    def state(self) -> tuple[object, ...]:
        """Everything that a write would change: journals, inboxes, attached files."""
        heads = []
        for part in Compartment:
            with self.session.look(part) as reader:
                heads.append(reader.head())
        kept = [path for path in self.folder.rglob("*") if path.is_file()]
        names = sorted(str(path) for path in kept if "journal" not in path.name)
        return (*heads, *names)

    def decided(self, **more: Any) -> Any:
        """Record a yes of the mother, with something in it that is not right."""
        values: dict[str, Any] = {
            "answers": (UseAnswer(WEBSITE, Answer.YES),),
            "signed_on": SIGNED,
        }
        given = {**values, **more}
        ids = (
            given.pop("subject", self.family.pupil.id),
            given.pop("who", self.family.mother.id),
        )
        return record_decisions(self.session, DecisionsDraft(*ids, **given))

    def authority(self, **more: Any) -> Any:
        """Note the mother's authority, with something in it that is not right."""
        values: dict[str, Any] = {"kind": KIND, "source": "register_extract", **more}
        ids = (self.family.pupil.id, self.family.mother.id)
        return record_authority(self.session, AuthorityDraft(*ids, **values))

    def reported(self, **more: Any) -> Any:
        """Report a breach, with something in it that is not right."""
        values: dict[str, Any] = {
            "actor_kind": "staff", "actor_name": "Kees", "occurred_on": TODAY,
            "discovered_on": TODAY, "facts": "Een foto.", "articles": ("A5",), **more,
        }  # fmt: skip
        return report_breach(self.session, BreachDraft(**values))

    def admitted(self, **more: Any) -> Any:
        """Bring a pupil in, with a place that is not right."""
        where = EnrolmentDraft("", self.place.site_id, self.place.group_id)
        return admit(self.session, PupilDraft(first_name="Daan"), replace(where, **more))


@pytest.fixture(scope="module")
def office(
    template_school: School, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """One office for all: what is refused leaves no trace that another test could see."""
    with quick_folder(tmp_path_factory.mktemp("office")) as folder:
        school = template_school.copied(folder)
        yield Office(school)
        school.lock()


Act = "Callable[[Office], object]"
WRONG: dict[str, tuple[Callable[[Office], object], str, str]] = {
    "no name": (lambda o: save_pupil(o.session, PupilDraft("  ")), "first_name", "people.name_missing"),
    "201 letters": (lambda o: save_pupil(o.session, PupilDraft(LONG)), "first_name", "people.too_long"),
    "born tomorrow": (lambda o: save_pupil(o.session, PupilDraft("A", birth_date=TOMORROW)), "birth_date", ""),
    "born 26 years ago": (lambda o: save_pupil(o.session, PupilDraft("A", birth_date=date(1999, 1, 1))), "birth_date", ""),
    "guardian without a name": (lambda o: save_guardian(o.session, GuardianDraft(town="Dordrecht")), "surname", "people.name_missing"),
    "guardian's mail": (lambda o: save_guardian(o.session, GuardianDraft(surname="A", email="a@b")), "email", "people.email_wrong"),
    "related twice": (lambda o: relate(o.session, o.family.pupil.id, o.family.mother.id, "mother"), "guardian", "people.related_already"),
    "signed tomorrow": (lambda o: o.decided(signed_on=TOMORROW), "signed_on", "consent.signed_later"),
    "signed before birth": (lambda o: o.decided(signed_on=date(2020, 5, 3)), "signed_on", "consent.signed_before_birth"),
    "received before it was signed": (lambda o: o.decided(received_on=SIGNED - timedelta(days=1)), "received_on", "consent.received_before_signed"),
    "received tomorrow": (lambda o: o.decided(received_on=TOMORROW), "received_on", "consent.received_later"),
    "over before it began": (lambda o: o.decided(valid_until=SIGNED - timedelta(days=1)), "valid_until", "consent.valid_before_signed"),
    "no answer at all": (lambda o: o.decided(answers=()), "answers", "consent.no_answers"),
    "a use that is none": (lambda o: o.decided(answers=(UseAnswer("photo:moon", Answer.YES),)), "use", "consent.unknown_use"),
    "a medium that is none": (lambda o: o.decided(answers=(UseAnswer("smell:website", Answer.YES),)), "use", "consent.unknown_use"),
    "a decider who is none": (lambda o: o.decided(who="0" * 32), "decider", "consent.not_a_decider"),
    "corrects what is not there": (lambda o: o.decided(replaces=((WEBSITE, "0" * 32),)), "corrects", "consent.corrects_nothing"),
    "a scan that is none": (lambda o: o.decided(proof=b"MZ\x90 a program"), "proof", ""),
    "a way that is none": (lambda o: o.decided(how="pigeon"), "how", "consent.unknown_way"),
    "authority over before it began": (lambda o: o.authority(start=TODAY, end=TODAY - timedelta(days=1)), "end", "people.ends_before_start"),
    "authority without a source": (lambda o: o.authority(source=""), "source", "people.source_missing"),
    "authority seen tomorrow": (lambda o: o.authority(seen_on=TOMORROW), "seen_on", "people.seen_later"),
    "a place without a site": (lambda o: o.admitted(site_id=""), "site_id", "people.site_missing"),
    "gone before coming": (lambda o: o.admitted(start=TODAY, end=TODAY - timedelta(days=1)), "end", "people.ends_before_start"),
    "a site without a name": (lambda o: save_site(o.session, " ", ""), "name", "people.site_name_missing"),
    "a group without a name": (lambda o: save_group(o.session, Group(id="", site_id="x", school_year_id="x", name=" ")), "name", "people.group_name_missing"),
    "a school without a name": (lambda o: save_school(o.session, Settings(id="school", name=" ")), "name", "register.school_name_missing"),
    "a breach of tomorrow": (lambda o: o.reported(occurred_on=TOMORROW, discovered_on=TOMORROW), "occurred_on", "breach.day_ahead"),
    "found before it happened": (lambda o: o.reported(discovered_on=TODAY - timedelta(days=1)), "discovered_on", "breach.found_before"),
    "an article that is none": (lambda o: o.reported(articles=("Z99",)), "articles", "breach.article_unknown"),
    "an empty file": (lambda o: o.reported(files=(EvidenceFile("x.png", b"", "-"),)), "files", "breach.file_empty"),
    "a password with a space before": (lambda o: o.session.change_password(DIRECTOR.password, " mast en zeil bij nacht"), "new", "register.password_edges"),
    "a password with a space behind": (lambda o: o.session.change_password(DIRECTOR.password, "mast en zeil bij nacht "), "new", "register.password_edges"),
    "the old password mistyped": (lambda o: o.session.change_password("x", "mast en zeil bij nacht"), "old", "register.wrong_password"),
    "a user without a name": (lambda o: o.session.add_user(" ", ("teacher",)), "name", "register.name_missing"),
    "a user who is there": (lambda o: o.session.add_user("pjotr  żak", ("teacher",)), "name", "register.name_taken"),
}  # fmt: skip


def refusals(act: Callable[[], object]) -> tuple[Refusal, ...]:
    """What an act is refused for."""
    with pytest.raises(Refusal) as caught:
        act()
    refusal = caught.value
    return refusal.found if isinstance(refusal, Refusals) else (refusal,)


def in_words(error: BoordboekError) -> None:
    """There is a whole sentence in each language, and no hole in it."""
    said = [Words(language).of(error.message) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES), said
    for text in said:
        assert text.endswith((".", "?"))
        assert " " in text
        assert not set("{}") & set(text)
        assert error.message.id not in text


@pytest.mark.parametrize("what", WRONG)
def test_the_field_says_what_is_wrong_and_nothing_is_stored(office: Office, what: str) -> None:
    act, field, text = WRONG[what]
    before = office.state()
    found = refusals(lambda: act(office))
    assert field in {one.field for one in found}
    assert not text or text in {one.message.id for one in found}
    for one in found:
        in_words(one)
    assert office.state() == before


# -- a citizen service number, wherever it is typed -----------------------------------------------


def text_fields(kind: type, *but: str) -> list[str]:
    return [f.name for f in fields(kind) if f.type == "str" and f.name not in ("id", *but)]


def told(channel: Channel, field: str, text: str) -> Channel:
    """The channel with one of its texts, by the name of the field on the screen."""
    name, _, language = field.rpartition("_")
    return replace(channel, texts=channel.texts.put(name, **{language: text}))


def in_field(kind: str, name: str) -> Callable[[Office, str], object]:
    """Save somebody or something with a text in one field."""

    def act(office: Office, text: str) -> object:
        more: dict[str, Any] = {name: text}
        with office.session.look(Compartment.CONSENT) as reader:
            channel = reader.all(Channel, key="website")[0]
        acts: dict[str, Callable[[], object]] = {
            "pupil": lambda: save_pupil(office.session, replace(PupilDraft("A"), **more)),
            "guardian": lambda: save_guardian(
                office.session, replace(GuardianDraft(surname="A"), **more)
            ),
            "staff": lambda: save_staff(office.session, replace(StaffDraft("A"), **more)),
            "school": lambda: save_school(
                office.session, replace(Settings(id="school", name="A"), **more)
            ),
            "report": lambda: office.reported(**more),
            "channel": lambda: save_channel(office.session, told(channel, name, text)),
        }
        return acts[kind]()

    return act


FIELDS = {
    "pupil": text_fields(PupilDraft),
    "guardian": text_fields(GuardianDraft, "language"),
    "staff": text_fields(StaffDraft, "site_id"),
    "school": ["name", "board", "street", "town", "privacy_contact"],
    "report": ["actor_name", "place", "facts", "opinion"],
    "channel": ["name_nl", "name_en", "explanation_nl", "example_pl", "ground_en"],
}
NUMBERED: dict[str, Callable[[Office, str], object]] = {
    **{f"{kind} {name}": in_field(kind, name) for kind, names in FIELDS.items() for name in names},
    "site": lambda o, t: save_site(o.session, t, ""),
    "town of a site": lambda o, t: save_site(o.session, "A", t),
    "group": lambda o, t: save_group(o.session, Group(id="", site_id=o.place.site_id, school_year_id="", name=t)),
    "note of a decision": lambda o, t: o.decided(note=t),
    "reason of a retraction": lambda o, t: retract(o.session, [says(o.session, o.family.pupil, o.family.mother)], t),
    "who saw the authority": lambda o, t: o.authority(seen_by=t),
    "report affected": lambda o, t: o.reported(affected=(Affected(t),)),
    "report evidence": lambda o, t: o.reported(files=(EvidenceFile("x.png", b"x", t),)),
    "report file name": lambda o, t: o.reported(files=(EvidenceFile(f"{t}.png", b"x", "-"),)),
}  # fmt: skip


@pytest.mark.parametrize("where", NUMBERED)
def test_a_citizen_service_number_is_refused_wherever_it_is_typed(
    office: Office, where: str
) -> None:
    for typed in (BSN, f"nr. {BSN[:3]} {BSN[3:6]} {BSN[6:]} ok"):
        found = refusals(partial(NUMBERED[where], office, typed))
        assert "people.bsn" in {one.message.id for one in found}
        for one in found:
            in_words(one)


# -- odd, and right -------------------------------------------------------------------------------

ODD = {
    "quotes": ('D\'Arcy "Bo"', "O’Brien"),
    "angle brackets": ("<b>Bo</b>", "&amp; Zn"),
    "right to left": ("\u05d3\u05d5\u05d3", "\u0627\u0644\u0639\u0631\u0628"),
    "emoji": ("Zoë 🌊", "van \N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"),
    "200 letters": ("Ā" * 200, "x" * 200),
    "like a formula": ("=1+1", "+31"),
    "like a format": ("{0}", "%s {name}"),
    "like SQL": ("Robert'); DROP TABLE pupil;--", "%_"),
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_name_goes_through_the_whole_house(office: Office, what: str) -> None:
    first, surname = ODD[what]
    session, place = office.session, office.place
    where = EnrolmentDraft("", place.site_id, place.group_id, start=SIGNED)
    pupil = admit(session, PupilDraft(first, "", surname), where)
    parent = save_guardian(session, GuardianDraft(surname, surname=first), pupil.id, "mother")
    says(session, pupil, parent)
    assert (pupil.first_name, pupil.surname) == (first, surname)
    with session.look(Compartment.CONSENT) as reader:
        assert consent_grid(reader, pupil.id, TODAY).deciders[0].name == f"{surname} {first}"
    assert check_pupil(session, pupil.id).name == f"{first} {surname}"
    assert pupil.id in {hit.id for hit in find_pupils(session, first)}
    assert all(session.verify(part).in_order for part in Compartment)


def test_two_guardians_of_one_name_are_two(office: Office) -> None:
    session = office.session
    pupil = add_family(session, office.place, "Bo").pupil
    twin = save_guardian(session, GuardianDraft("Marijke", surname="Wal"), pupil.id, "guardian")
    says(session, pupil, twin, Answer.NO)
    with session.look(Compartment.CONSENT) as reader:
        grid = consent_grid(reader, pupil.id, TODAY)
    assert [decider.name for decider in grid.deciders].count("Marijke Wal") == 2
    line = next(line for line in grid.lines if line.use == WEBSITE)
    assert line.verdict.by
    assert line.verdict.by.decider_id == twin.id


def test_a_pupil_without_guardians_is_nobodys_yes(office: Office) -> None:
    alone = office.admitted()
    with office.session.look(Compartment.CONSENT) as reader:
        lines = consent_grid(reader, alone.id, TODAY).lines
    asked = [line.verdict for line in lines if line.verdict.reason is not Reason.GROUND]
    assert {verdict.reason for verdict in asked} == {Reason.NOBODY_DECIDES}
    answer = check_pupil(office.session, alone.id)
    assert not [line for line in answer.lines if line.permits and line.use == WEBSITE]


def test_a_parent_of_two_answers_for_each(office: Office) -> None:
    session = office.session
    family = add_family(session, office.place, "Mees")
    brother = office.admitted()
    relate(session, brother.id, family.mother.id, "mother")
    says(session, brother, family.mother)
    with session.look(Compartment.CONSENT) as reader:
        grids = [consent_grid(reader, one.id, TODAY) for one in (brother, family.pupil)]
    said = [next(line.voices for line in g.lines if line.use == WEBSITE) for g in grids]
    assert [sum(voice is not None for voice in voices) for voices in said] == [1, 0]
