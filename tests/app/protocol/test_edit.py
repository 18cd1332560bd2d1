"""The school's own protocol: written by a director, frozen, and read by everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.breach.report import my_reports, report_breach
from app.data import DataError
from app.dossier.inbox import Filing, file_report
from app.dossier.steps import read_case
from app.errors import Refusal, Refusals
from app.people.people import StaffDraft, save_staff
from app.protocol.edit import (
    SKETCH,
    drop_sketch,
    evaluation_due,
    keep_copied,
    keep_sketch,
    note_day,
    publish_copy,
    put_in_force,
    sketch,
)
from app.protocol.frozen import frozen, thawed
from app.protocol.known import own_time
from app.protocol.load import load_protocol
from app.protocol.own import ArticleWords
from app.protocol.records import ProtocolCopy, ProtocolSketch
from app.protocol.shelf import COPY, current_protocol, protocol_named, shelf
from app.record import Compartment
from app.start.begin import make_ready
from tests.app.breach.test_route import SECOND, two
from tests.app.dossier.situations import ABOUT_STAFF, STAFF, settle_in

if TYPE_CHECKING:
    from app.ports import Session
    from app.protocol.own import SketchWords
    from app.protocol.records import ProtocolVersion
    from tests.registers import School

__all__ = ["two"]
STARTS = date(2026, 11, 20)
RULE = ArticleWords(
    "R1", "Geen foto's in de kleedkamer", "In de kleedkamer blijft het toestel weg."
)


@pytest.fixture
def director(school: School) -> Session:
    """The director of a register that is ready."""
    session = school.director()
    make_ready(session)
    return session


def words(session: Session) -> SketchWords:
    """A version with one rule of the school's own added."""
    begun = sketch(session).words
    return replace(
        begun, name="Eigen protocol", starts=STARTS, articles=(*begun.articles, RULE)
    )


def in_force(session: Session) -> ProtocolVersion:
    return put_in_force(session, words(session))


def test_a_version_begins_with_the_present_one(director: Session) -> None:
    begun = sketch(director)
    assert (begun.begun, begun.words.base) == (False, "lovk-2023")
    assert [article.id for article in begun.words.articles][:2] == ["A1", "A2"]
    assert begun.words.starts is None


def test_what_is_typed_is_kept_and_counts_for_nothing(director: Session) -> None:
    said = words(director)
    keep_sketch(director, said)
    assert (sketch(director).words, sketch(director).begun) == (said, True)
    assert current_protocol(director).key == "lovk-2023"
    drop_sketch(director)
    assert not sketch(director).begun


def test_a_version_in_force_is_the_present_one_and_frozen(director: Session) -> None:
    version = in_force(director)
    now = current_protocol(director)
    assert (now.key, now.starts, now.follows) == ("own-1", STARTS, "lovk-2023")
    found = now.article("R1")
    assert found is not None
    assert (found.text.nl, found.heading.en) == (RULE.text, RULE.heading)
    assert now.categories == protocol_named(director, "lovk-2023").categories
    assert len(version.digest) == 64
    assert not sketch(director).begun


def test_the_next_version_stands_on_the_one_before(director: Session) -> None:
    in_force(director)
    second = put_in_force(
        director, replace(words(director), name="Tweede", starts=STARTS + timedelta(days=1),
                          articles=(RULE,), change="Korter")
    )  # fmt: skip
    assert [each.key for each in shelf(director).protocols][-2:] == ["own-1", "own-2"]
    assert (second.number, second.base, second.change) == (2, "lovk-2023", "Korter")
    old = protocol_named(director, "own-1")
    assert len(old.articles) == 15


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"name": " "}, "name", "protocol.name_missing"),
        ({"starts": None}, "starts", "protocol.start_missing"),
        ({"starts": date(2023, 4, 6)}, "starts", "protocol.starts_before"),
        ({"articles": ()}, "articles", "protocol.no_articles"),
        ({"articles": (RULE, RULE)}, "articles", "protocol.article_twice"),
        ({"articles": (replace(RULE, id=""),)}, "articles", "protocol.article_id"),
        ({"articles": (replace(RULE, id="A 1"),)}, "articles", "protocol.article_id"),
        ({"articles": (replace(RULE, id="<b>"),)}, "articles", "protocol.article_id"),
        ({"articles": (replace(RULE, text=""),)}, "articles", "protocol.article_empty"),
        ({"articles": (replace(RULE, text="x" * 1501),)}, "articles", "protocol.article_long"),
        ({"articles": (replace(RULE, text="111222333"),)}, "articles", "people.bsn"),
        ({"articles": (RULE,) * 61}, "articles", "protocol.too_many_articles"),
        ({"change": "nummer 111222333"}, "change", "people.bsn"),
    ],
)
def test_what_is_not_right_is_not_put_in_force(
    director: Session, change: dict[str, Any], field: str, said: str
) -> None:
    wrong = replace(words(director), **change)
    with pytest.raises(Refusals) as refused:
        put_in_force(director, wrong)
    assert (field, said) in {(one.field, one.message.id) for one in refused.value.found}
    assert current_protocol(director).key == "lovk-2023"


def test_only_a_director_writes_it(school: School, director: Session) -> None:
    said = words(director)
    session = school.administrator()
    deeds = (
        lambda: keep_sketch(session, said),
        lambda: drop_sketch(session),
        lambda: put_in_force(session, said),
        lambda: note_day(session, "lovk-2023", "council_agreed", STARTS),
    )
    for deed in deeds:
        with pytest.raises(Refusal, match="only_directors"):
            deed()


def test_a_damaged_sketch_is_told(director: Session) -> None:
    keep_sketch(director, words(director))
    with director.work(Compartment.CONSENT, "protocol_sketched") as work:
        kept = work.get(ProtocolSketch, SKETCH)
        work.change(replace(kept, content='{"base": 3}'))
        work.commit()
    found = sketch(director)
    assert (found.begun, found.damaged) == (False, True)


# -- dates ------------------------------------------------------------------------------------


def test_a_date_that_becomes_known_counts(director: Session) -> None:
    note_day(director, "lovk-2018", "shared_with_staff", date(2019, 1, 10))
    early = protocol_named(director, "lovk-2018")
    found = early.trail_date("shared_with_staff")
    assert found is not None
    assert found.on == date(2019, 1, 10)
    note_day(director, "lovk-2018", "shared_with_staff", None)
    again = protocol_named(director, "lovk-2018").trail_date("shared_with_staff")
    assert again is not None
    assert again.on is None


@pytest.mark.parametrize(
    ("protocol", "name", "on", "said"),
    [
        ("lovk-2023", "published_on_mars", STARTS, "protocol.unknown_day"),
        ("own-7", "adopted", STARTS, "protocol.unknown_day"),
        ("lovk-2023", "council_agreed", date(2027, 1, 1), "protocol.day_ahead"),
    ],
)
def test_a_date_that_is_not_right_is_refused(
    director: Session, protocol: str, name: str, on: date, said: str
) -> None:
    with pytest.raises(Refusal) as refused:
        note_day(director, protocol, name, on)
    assert refused.value.message.id == said


def test_the_evaluation_may_lie_ahead_and_is_due_in_time(director: Session) -> None:
    note_day(director, "lovk-2023", "evaluate", date(2027, 3, 1))
    now = current_protocol(director)
    assert evaluation_due(now, date(2026, 11, 22), 30) is None
    assert evaluation_due(now, date(2027, 1, 30), 30) == date(2027, 3, 1)
    assert evaluation_due(now, date(2028, 1, 1), 30) == date(2027, 3, 1)


# -- everybody reads it -------------------------------------------------------------------------


def test_a_teacher_reads_the_school_s_own_version(school: School, director: Session) -> None:
    in_force(director)
    note_day(director, "own-1", "shared_with_staff", STARTS)
    session = school.teacher()
    assert shelf(session).trouble is None
    own = current_protocol(session)
    assert own == current_protocol(school.director())
    assert own.article("R1") is not None


def test_a_report_keeps_the_version_it_named(school: School, director: Session) -> None:
    in_force(director)
    draft = replace(ABOUT_STAFF, occurred_on=STARTS, discovered_on=STARTS, articles=("R1",))
    session = school.teacher()
    report_breach(session, draft)
    named = my_reports(session)[0].protocol
    later = replace(
        words(school.director()), starts=STARTS + timedelta(days=1), articles=(RULE,)
    )
    put_in_force(school.director(), later)
    (mine,) = my_reports(school.teacher())
    assert mine.report is not None
    assert mine.protocol == named
    assert (mine.report.protocol, mine.report.protocol_digest) == (
        "own-1",
        named and named.digest,
    )


def test_a_copy_that_nobody_signed_is_left_aside_and_told(
    school: School, director: Session
) -> None:
    in_force(director)
    session = school.administrator()  # holds the key of the check list
    with session.work(Compartment.CHECK, "protocol_published") as work:
        copy = work.get(ProtocolCopy, COPY)
        work.change(replace(copy, content=copy.content.replace("kleedkamer", "gang")))
        work.commit()
    teacher = shelf(school.teacher())
    assert teacher.trouble is not None
    assert teacher.current(STARTS).key == "lovk-2023"


def test_an_administrator_cannot_sign_rules_of_his_own(
    school: School, director: Session
) -> None:
    in_force(director)
    publish_copy(school.administrator())
    session = school.administrator()
    with session.look(Compartment.CHECK) as reader:
        copy = reader.get(ProtocolCopy, COPY)
    signed = session.sign(b"anything")
    with session.work(Compartment.CHECK, "protocol_published") as work:
        work.change(replace(copy, user=signed.user, key=signed.key, signature=signed.value))
        work.commit()
    assert shelf(school.teacher()).trouble is not None


def test_what_somebody_signed_who_left_is_signed_anew(two: School) -> None:
    session = two.unlock(SECOND)
    make_ready(session)
    in_force(session)
    gone = session.user.id
    first = two.director()
    first.revoke_user(gone)
    assert shelf(two.teacher()).trouble is not None
    keep_copied(two.director())
    assert shelf(two.teacher()).trouble is None
    assert current_protocol(two.teacher()).key == "own-1"


# -- in a dossier -------------------------------------------------------------------------------


def test_a_dossier_keeps_the_version_it_was_filed_under(
    school: School, director: Session
) -> None:
    in_force(director)
    draft = replace(ABOUT_STAFF, occurred_on=STARTS, discovered_on=STARTS, articles=("R1",))
    sent = report_breach(school.teacher(), draft)
    session = school.director()
    filed = file_report(session, STAFF, sent.id, Filing((settle_in(session).kees,)))
    assert filed.case is not None
    with session.look(STAFF) as reader:
        kept = read_case(reader, filed.case.id).facts.protocol
    assert kept == protocol_named(session, "own-1")


def test_every_version_comes_out_as_it_went_in(director: Session) -> None:
    in_force(director)
    note_day(director, "own-1", "shared_with_staff", STARTS)
    note_day(director, "lovk-2018", "published_to_parents", date(2019, 1, 10))
    note_day(director, "own-1", "evaluate", date(2027, 1, 1))
    for each in shelf(director).protocols:
        assert thawed(each.key, frozen(each)) == each
    assert frozen(load_protocol("lovk-2023")) == ""


@pytest.mark.parametrize("text", ["[]", "{", "{}", '{"base": "lovk-2023"}', '{"base": 3}'])
def test_a_damaged_version_is_told(text: str) -> None:
    with pytest.raises(DataError):
        thawed("own-1", text)


# -- known to whom ------------------------------------------------------------------------------


def test_the_first_day_of_a_member_of_staff_is_looked_up(director: Session) -> None:
    member = save_staff(director, StaffDraft("Kees", "K.", "", "Smit", "leerkracht"))
    assert own_time(director, "staff", member.id).kind == "staff"
    assert own_time(director, "staff", "f" * 32).kind == ""
    assert own_time(director, "other", member.id).kind == ""
