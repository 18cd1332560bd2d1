"""Filing sealed reports: into the right dossiers, exactly once."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from app.breach.report import my_reports
from app.breach.sealed import from_bytes, to_bytes
from app.dossier import filer, inbox
from app.dossier.dossiers import attachment, timeline
from app.dossier.inbox import Filing, Person, file_report, open_report, waiting
from app.dossier.proof import signed_by
from app.dossier.records import Breach, Case, Dossier, Entry, Filed
from app.errors import Refusal, Refusals
from app.journal.questions import JournalLines
from tests.app.breach.test_sealed import PLAIN
from tests.app.dossier.situations import (
    ABOUT_GUARDIAN,
    ABOUT_STAFF,
    PICTURE,
    PUPILS,
    STAFF,
    filed_about_father,
    filed_about_staff,
    reported,
    settle_in,
)
from tests.registers import TEACHER

if TYPE_CHECKING:
    from app.dossier.inbox import FiledReport
    from app.ports import Session
    from app.record import Compartment, Record
    from tests.registers import School


def stored(session: Session, compartment: Compartment, kind: type[Record]) -> int:
    with session.look(compartment) as reader:
        return len(reader.all(kind))


def acts(session: Session, compartment: Compartment) -> list[str]:
    with session.look(compartment) as reader:
        lines = reader.ask(JournalLines())
    return [line.act for line in reversed(lines)]


def test_what_waits_says_nothing_of_itself(school: School) -> None:
    first, second = reported(school), reported(school, ABOUT_GUARDIAN)
    found = waiting(school.director())
    assert {(line.compartment, line.id) for line in found} == {
        (STAFF, first.id),
        (PUPILS, second.id),
    }


def test_who_opens_no_dossier_sees_no_inbox(school: School) -> None:
    reported(school)
    assert waiting(school.administrator()) == ()


def test_an_opened_report_is_as_it_was_written(school: School) -> None:
    sent = reported(school)
    opened = open_report(school.director(), STAFF, sent.id)
    assert (opened.author.name, opened.report.opinion) == ("Pjotr Żak", ABOUT_STAFF.opinion)
    assert [(f.name, f.obtained, f.content, f.intact) for f in opened.files] == [
        ("scherm.png", "zelf gemaakt", PICTURE, True)
    ]
    assert opened.missing == ()


def test_opening_a_report_is_recorded(school: School) -> None:
    sent = reported(school)
    session = school.director()
    open_report(session, STAFF, sent.id)
    assert acts(session, STAFF)[-1] == "report_read"


def test_a_file_that_is_not_the_one_spoken_of_is_marked(school: School) -> None:
    session = school.teacher()
    id = session.seal(STAFF, to_bytes(PLAIN), (("../vreemd.png", b"other"),))
    opened = open_report(school.director(), STAFF, id)
    assert [(file.name, file.intact) for file in opened.files] == [("vreemd.png", False)]


def test_what_is_no_report_stays_where_it_is(school: School) -> None:
    id = school.teacher().seal(STAFF, b"{}")
    session = school.director()
    with pytest.raises(Refusal, match="unreadable"):
        open_report(session, STAFF, id)
    assert [line.id for line in waiting(session)] == [id]


def test_a_report_about_staff_is_filed(school: School) -> None:
    session, people, filed = filed_about_staff(school)
    assert [dossier.subject_name for dossier in filed.dossiers] == ["Kees Smit"]
    assert (filed.breach.actor_id, filed.breach.actor_name) == (people.kees.id, "Kees Smit")
    assert filed.breach.reported_by == "Pjotr Żak"
    assert filed.case is not None
    assert (filed.case.number, filed.case.procedure) == ("2026-001", "staff_intake")
    assert [entry.kind for entry in filed.entries] == ["report", "evidence"]
    assert waiting(session) == ()


def test_evidence_is_kept_with_its_digest(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    evidence = filed.entries[1]
    with session.look(STAFF) as reader:
        assert reader.blob(evidence.blob) == PICTURE
        assert reader.get(Entry, evidence.id) == evidence
    assert (evidence.file_name, evidence.body) == ("scherm.png", "zelf gemaakt")


def test_a_report_about_a_parent_stands_with_every_child_about_the_parent(
    school: School,
) -> None:
    _, people, filed = filed_about_father(school)
    names = [dossier.subject_name for dossier in filed.dossiers]
    assert names == ["Zoë van der Wal", "Daan van der Wal"]
    assert {(e.about_id, e.about_name) for e in filed.entries} == {
        (people.father.id, people.father.name)
    }
    assert {entry.dossier_id for entry in filed.entries} == {d.id for d in filed.dossiers}
    assert filed.case is not None
    assert filed.case.procedure == "guardian_intake"


def test_nobody_has_two_dossiers(school: School) -> None:
    second = reported(school)
    session, people, filed = filed_about_staff(school)
    again = file_report(session, STAFF, second.id, Filing((people.kees,)))
    assert again.dossiers == filed.dossiers
    assert again.case is not None
    assert again.case.number == "2026-002"


def test_numbers_run_on_over_both_dossiers(school: School) -> None:
    second = reported(school, ABOUT_GUARDIAN)
    session, people, _ = filed_about_staff(school)
    filed = file_report(session, PUPILS, second.id, Filing((people.zoe,), people.father))
    assert filed.case is not None
    assert filed.case.number == "2026-002"


def test_somebody_else_gets_no_case(school: School) -> None:
    sent = reported(school, replace(ABOUT_GUARDIAN, actor_kind="other"))
    session = school.director()
    people = settle_in(session)
    filed = file_report(session, PUPILS, sent.id, Filing((people.zoe,)))
    assert filed.case is None
    assert filed.breach.actor_name == "de vader van Zoë"


def test_the_author_learns_that_it_was_received(school: School) -> None:
    session, _, _ = filed_about_staff(school)
    at = session.clock.now()
    assert [one.received_at for one in my_reports(school.teacher())] == [at]


def test_filing_is_one_entry_of_the_journal(school: School) -> None:
    session, _, _ = filed_about_staff(school)
    assert acts(session, STAFF).count("report_filed") == 1
    assert session.verify(STAFF).in_order


# -- exactly once -----------------------------------------------------------------------------


class Stop(Exception):  # noqa: N818 - stands for a power cut
    """The program was killed here."""


def stopped_at(place: str, school: School, monkeypatch: pytest.MonkeyPatch) -> Stopped:
    """A filing during which the program was killed at a place; the director came back."""

    def stop(*_: object) -> None:
        raise Stop

    sent = reported(school)
    session = school.director()
    filing = Filing((settle_in(session).kees,))
    with monkeypatch.context() as patched:
        patched.setattr(filer if place == "next_number" else inbox, place, stop)
        with pytest.raises(Stop):
            file_report(session, STAFF, sent.id, filing)
    return Stopped(school.director(), sent.id, filing)


@dataclass(frozen=True, slots=True)
class Stopped:
    """Who came back, and what he was doing."""

    session: Session
    id: str
    filing: Filing


def test_a_stop_before_the_commit_leaves_everything_as_it_was(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = stopped_at("next_number", school, monkeypatch)
    assert [stored(was.session, STAFF, kind) for kind in (Dossier, Breach, Entry)] == [0, 0, 0]
    assert file_report(was.session, STAFF, was.id, was.filing).case is not None


def test_a_stop_after_the_commit_files_nothing_twice(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = stopped_at("_clear", school, monkeypatch)
    with pytest.raises(Refusal, match="filed_already"):
        file_report(was.session, STAFF, was.id, was.filing)
    assert [stored(was.session, STAFF, kind) for kind in (Case, Breach, Filed)] == [1, 1, 1]


def test_the_next_look_takes_out_what_was_filed(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = stopped_at("_clear", school, monkeypatch)
    assert waiting(was.session) == ()
    assert my_reports(school.teacher())[0].received_at is not None


def test_filing_again_is_refused(school: School) -> None:
    session, people, filed = filed_about_staff(school)
    with pytest.raises(Refusal, match="filed_already"):
        file_report(session, STAFF, filed.breach.report_id, Filing((people.kees,)))


# -- choices that are not right ---------------------------------------------------------------

NOBODY = Person("f" * 32, "Niemand")


@pytest.mark.parametrize(
    ("filing", "field", "said"),
    [
        (Filing(()), "subjects", "dossier.subject_missing"),
        (Filing((Person("", "Kees"),)), "subjects", "dossier.subject_missing"),
        (Filing((NOBODY,)), "subjects", "dossier.subject_unknown"),
        (Filing((NOBODY, NOBODY)), "subjects", "dossier.subject_twice"),
        (Filing((NOBODY, replace(NOBODY, id="e" * 32))), "subjects", "dossier.one_subject"),
        (Filing((NOBODY,), actor_kind="guardian"), "actor_kind", "dossier.other_compartment"),
        (Filing((NOBODY,), actor_kind="pupil"), "actor_kind", "dossier.other_compartment"),
        (Filing((NOBODY,), categories=("x",)), "categories", "breach.choice_unknown"),
        (Filing((replace(NOBODY, name="111222333"),)), "subjects", "people.bsn"),
        (Filing((NOBODY,), Person("", "111222333")), "actor", "people.bsn"),
    ],
)
def test_a_choice_that_is_not_right_files_nothing(
    school: School, filing: Filing, field: str, said: str
) -> None:
    sent = reported(school)
    session = school.director()
    with pytest.raises(Refusals) as refused:
        file_report(session, STAFF, sent.id, filing)
    assert (field, said) in [(one.field, one.message.id) for one in refused.value.found]
    assert [line.id for line in waiting(session)] == [sent.id]
    assert stored(session, STAFF, Dossier) == 0


@pytest.mark.parametrize("role", ["teacher", "administrator"])
def test_whoever_opens_no_dossier_files_nothing(school: School, role: str) -> None:
    sent = reported(school)
    session = school.teacher() if role == "teacher" else school.administrator()
    with pytest.raises(Refusal, match="no_grant"):
        file_report(session, STAFF, sent.id, Filing((NOBODY,)))
    with pytest.raises(Refusal, match="no_grant"):
        open_report(session, STAFF, sent.id)


# -- what the reporter wrote stays -------------------------------------------------------------

GRAVE = replace(ABOUT_STAFF, categories=("sexual", "violence"))


def filed_otherwise(school: School, reason: str) -> FiledReport:
    """A report in two categories, filed in one."""
    sent = reported(school, GRAVE)
    session = school.director()
    people = settle_in(session)
    filing = Filing((people.kees,), categories=("violence",), reason=reason)
    return file_report(session, STAFF, sent.id, filing)


def test_the_report_itself_is_kept_as_it_was_sealed(school: School) -> None:
    filed = filed_otherwise(school, "Het ging om een duw.")
    session = school.director()
    kept = attachment(session, STAFF, filed.entries[0].id)
    written = from_bytes(kept.content)
    assert (written.actor_name, written.categories) == ("Kees", ("sexual", "violence"))


def test_what_was_reported_stands_beside_what_was_filed(school: School) -> None:
    breach = filed_otherwise(school, "Het ging om een duw.").breach
    assert (breach.actor_name, breach.reported_actor_name) == ("Kees Smit", "Kees")
    assert (breach.actor_kind, breach.reported_actor_kind) == ("staff", "staff")
    assert breach.categories == ("violence",)
    assert breach.reported_categories == ("sexual", "violence")
    assert breach.filing_reason == "Het ging om een duw."


def test_a_category_is_left_out_with_a_reason_only(school: School) -> None:
    with pytest.raises(Refusals) as refused:
        filed_otherwise(school, "  ")
    assert [(r.field, r.message.id) for r in refused.value.found] == [
        ("reason", "dossier.category_reason_missing")
    ]


def report_entry(session: Session) -> Entry:
    with session.look(STAFF) as reader:
        return reader.all(Entry, kind="report")[0]


def test_who_signed_a_report_is_shown_after_it_was_filed(school: School) -> None:
    session, _, filed = filed_about_staff(school)
    assert signed_by(session, STAFF, report_entry(session)) == filed.breach.reported_by
    shown = timeline(session, STAFF, filed.dossiers[0].id)
    assert [item.signer for item in shown if item.kind == "report"] == [TEACHER.name]


def test_a_signature_is_shown_also_when_the_access_of_its_author_was_renewed(
    school: School,
) -> None:
    session, _, _ = filed_about_staff(school)
    author = next(user for user in session.users() if user.name == TEACHER.name)
    session.revoke_user(author.id)
    assert signed_by(session, STAFF, report_entry(session)) == TEACHER.name


def test_a_signature_holds_for_one_report_in_one_dossier_only(school: School) -> None:
    session, _, _ = filed_about_staff(school)
    entry = report_entry(session)
    assert signed_by(session, PUPILS, entry) is None
    assert signed_by(session, STAFF, replace(entry, digest="0" * 64)) is None
    assert signed_by(session, STAFF, replace(entry, proof="")) is None
    other = json.loads(entry.proof) | {"user": session.user.id}
    assert signed_by(session, STAFF, replace(entry, proof=json.dumps(other))) is None
    forged = json.loads(entry.proof) | {"value": "00" * 64}
    assert signed_by(session, STAFF, replace(entry, proof=json.dumps(forged))) is None
