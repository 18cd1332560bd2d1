"""Names of the register by the words of a text: what is found is what all names would find."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compile.names import INITIALS, Finder, Named
from app.compile.registered import are_registered, registered
from app.ids import new_id
from app.names import full_name
from app.people.card import guardian_name
from app.people.people import GuardianDraft, StaffDraft, save_guardian, save_staff
from app.people.records import Guardian, Pupil
from app.record import Compartment

if TYPE_CHECKING:
    from app.ports import Session
    from tests.registers import School

FIRSTS = ("Zoë", "Jan", "J.A.", "Anne-Marie", "Luca", "Roos", "", "Sander")
PREFIXES = ("", "van der", "de", "d'")
SURNAMES = ("Wal", "Beer", "Bos", "Bos-Visser", "Ancona", "Janssen-de Boer", "Boers", "")
WORDS = (
    *("Zoë", "Zoe", "zoës", "Jan", "J.", "J.A.", "Anne", "Marie", "Roos", "roos", "S.", "Z."),
    *("van der", "v.d.", "de", "d'", "Wal", "beer", "Bos", "Bos-", "Visser", "Ancona", "Boer"),
    *("Z.v.d.W.", "A.d.B.", "Janssen", "toen", "kwam", "Stichting", "Varend", "Sanders", "\n"),
)
people = st.tuples(
    st.sampled_from(("pupil", "guardian")),
    st.sampled_from(FIRSTS),
    st.sampled_from(PREFIXES),
    st.sampled_from(SURNAMES),
)


@pytest.fixture
def office(school: School) -> Session:
    """An administrator, signed in once for all examples."""
    return school.administrator()


def records(drawn: list[tuple[str, str, str, str]]) -> list[Pupil | Guardian]:
    found: list[Pupil | Guardian] = []
    for kind, first, prefix, surname in drawn:
        if kind == "pupil":
            found.append(
                Pupil(id=new_id(), first_name=first or "Kim", prefix=prefix, surname=surname)
            )
            continue
        found.append(
            Guardian(
                id=new_id(),
                first_name=first,
                initials="A.B.",
                prefix=prefix,
                surname=surname,
                institution="" if surname else "Stichting Varend",
            )
        )
    return found


def everybody(session: Session) -> list[Named]:
    """Every name of the register, as one would look for all of them."""
    found = []
    with session.look(Compartment.CONSENT) as reader:
        for one in reader.all(Pupil):
            whole = full_name(one.first_name, one.prefix, one.surname)
            found.append(
                Named(one.id, "pupil", whole, one.first_name, "", one.prefix, one.surname)
            )
        for each in reader.all(Guardian):
            parts = (each.first_name, each.initials, each.prefix, each.surname)
            found.append(Named(each.id, "guardian", guardian_name(each), *parts))
            if each.institution:
                found.append(Named("", "typed", each.institution))
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(people, max_size=12),
    st.lists(st.sampled_from(WORDS), max_size=12),
    st.sampled_from((" ", ", ", ". ")),
)
def test_the_words_of_a_text_find_what_all_names_would(
    office: Session, drawn: list[tuple[str, str, str, str]], said: list[str], between: str
) -> None:
    with office.work(Compartment.CONSENT, "people_added", "") as work:
        work.add(*records(drawn))
        work.commit()
    text = between.join(said)
    every = everybody(office)
    staying = [one.id for one in every if one.id][:1]
    marked = [replace(one, stays=one.id in staying) for one in every]
    wanted = [(m.start, m.end, m.doubt) for m in Finder(marked).matches(text)]
    found = [(m.start, m.end, m.doubt) for m in registered(office, staying).matches(text)]
    assert found == wanted


def test_who_came_since_is_found_as_well(school: School) -> None:
    session = school.administrator()
    finder = registered(session, ())
    assert finder.matches("Daan Vermeer belde.") == ()
    save_guardian(session, GuardianDraft(first_name="Daan", surname="Vermeer"))
    (match,) = finder.matches("Toen Daan Vermeer belde.")
    assert match.text == "Daan Vermeer"


def test_a_new_name_is_found(school: School) -> None:
    session = school.administrator()
    one = save_guardian(session, GuardianDraft(first_name="Daan", surname="Vermeer"))
    assert registered(session, ()).matches("mevrouw Zwart") == ()
    save_guardian(session, GuardianDraft(first_name="Daan", surname="Zwart", id=one.id))
    (match,) = registered(session, ()).matches("mevrouw Zwart")
    assert [person.name for person in match.people] == ["Daan Zwart"]
    assert registered(session, ()).matches("meneer Vermeer") == ()


def test_staff_are_found_where_they_are_looked_for(school: School) -> None:
    session = school.administrator()
    save_staff(session, StaffDraft("Kees", surname="Smit"))
    assert [m.text for m in registered(session, ()).matches("Kees Smit zei")] == ["Kees Smit"]
    assert registered(session, (), kinds=("pupil",)).matches("Kees Smit zei") == ()


def test_of_a_common_name_the_one_with_both_is_among_those_found(school: School) -> None:
    session = school.administrator()
    with session.work(Compartment.CONSENT, "people_added", "") as work:
        many = [Pupil(id=new_id(), first_name=f"P{n}", surname="Vos") for n in range(80)]
        work.add(*many, Pupil(id=new_id(), first_name="Kim", surname="Vos"))
        work.commit()
    (match,) = registered(session, ()).matches("Kim Vos en K.")
    assert [person.name for person in match.people] == ["Kim Vos"]
    (match,) = registered(session, ()).matches("de heer K. Vos")
    assert match.text == "K. Vos"


def test_bare_initials_are_found_with_a_doubt(school: School) -> None:
    session = school.administrator()
    save_guardian(session, GuardianDraft(first_name="Zoë", prefix="van der", surname="Wal"))
    (match,) = registered(session, ()).matches("Getekend: Z.v.d.W.")
    assert (match.text, match.doubt) == ("Z.v.d.W", INITIALS)


@pytest.mark.parametrize("name", ["Daan d'Ancona", "DAAN D'ANCONA", "Kees Smit"])
def test_names_that_the_register_has(school: School, name: str) -> None:
    session = school.administrator()
    save_guardian(session, GuardianDraft(first_name="Daan", prefix="d'", surname="Ancona"))
    save_staff(session, StaffDraft("Kees", surname="Smit"))
    assert len(are_registered(session, (name, "Iemand Anders", ""))) == 1


def test_who_does_not_open_the_register_looks_for_the_others_alone(school: School) -> None:
    session = school.teacher()
    other = Named("", "typed", "Kim Vos")
    assert [m.text for m in registered(session, (), [other]).matches("Kim Vos")] == ["Kim Vos"]
    assert are_registered(session, ("Kim Vos",)) == frozenset()
