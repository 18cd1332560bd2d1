"""Tables of people and places, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index, literal_column

from app.people.records import (
    AccountSaid,
    Authority,
    Enrolment,
    Group,
    Guardian,
    Pupil,
    Relation,
    SchoolYear,
    Site,
    StaffMember,
)
from app.register.records import School
from db.store.mapping import Kind
from db.store.shape import CONSENT, day, day_or_none, instant, record_table, refers, text, whole

site = record_table("site", CONSENT, text("name"), text("town"), whole("closed"))
school_year = record_table("school_year", CONSENT, text("name"), day("start"), day("end"))
group = record_table(
    "group",
    CONSENT,
    refers("site_id", "site"),
    refers("school_year_id", "school_year"),
    text("name"),
    whole("position"),
)
pupil = record_table(
    "pupil",
    CONSENT,
    text("first_name"),
    text("prefix"),
    text("surname"),
    day_or_none("birth_date"),
    text("number"),
    text("merged_into"),
    Index(None, "merged_into", sqlite_where=literal_column("merged_into") != ""),
)
guardian = record_table(
    "guardian",
    CONSENT,
    text("first_name"),
    text("initials"),
    text("prefix"),
    text("surname"),
    text("institution"),
    text("street"),
    text("postcode"),
    text("town"),
    text("country"),
    text("ship"),
    text("language"),
    text("email"),
    text("phone"),
    whole("large_print"),
    text("merged_into"),
    Index(None, "merged_into", sqlite_where=literal_column("merged_into") != ""),
)
relation = record_table(
    "relation",
    CONSENT,
    refers("pupil_id", "pupil"),
    refers("guardian_id", "guardian"),
    text("kind"),
    whole("position"),
    whole("ended"),
    Index(None, "pupil_id"),
    Index(None, "guardian_id"),
)
authority = record_table(
    "authority",
    CONSENT,
    refers("pupil_id", "pupil"),
    refers("guardian_id", "guardian"),
    text("kind"),
    day_or_none("start"),
    day_or_none("end"),
    text("source"),
    day_or_none("seen_on"),
    text("seen_by"),
    whole("investigated"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "pupil_id"),
    Index(None, "guardian_id"),
)
enrolment = record_table(
    "enrolment",
    CONSENT,
    refers("pupil_id", "pupil"),
    text("kind"),
    refers("site_id", "site"),
    text("group_id"),
    day("start"),
    day_or_none("end"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "pupil_id"),
    Index(None, "group_id"),
)
staff_member = record_table(
    "staff_member",
    CONSENT,
    text("first_name"),
    text("initials"),
    text("prefix"),
    text("surname"),
    text("function"),
    text("email"),
    whole("left"),
    text("kind"),
    day_or_none("start"),
    day_or_none("end"),
    text("site_id"),
)
account_said = record_table(
    "account_said",
    CONSENT,
    text("user_id"),
    text("kind"),
    text("person_id"),
    text("said"),
    text("said_by"),
    instant("recorded_at"),
)
school = record_table(
    "school",
    CONSENT,
    text("name"),
    text("board"),
    text("street"),
    text("postcode"),
    text("town"),
    text("phone"),
    text("email"),
    text("privacy_contact"),
    text("complaint_route"),
    text("language"),
    text("protocol"),
    text("window"),
    text("jurisdiction"),
    text("region"),
)

SITE = Kind(Site, site, removable=True)
SCHOOL_YEAR = Kind(SchoolYear, school_year, removable=True)
GROUP = Kind(Group, group, removable=True)
PUPIL = Kind(Pupil, pupil, removable=True)
GUARDIAN = Kind(Guardian, guardian, removable=True)
RELATION = Kind(Relation, relation, removable=True)
AUTHORITY = Kind(Authority, authority, fact=True)
ENROLMENT = Kind(Enrolment, enrolment, fact=True, removable=True)
STAFF_MEMBER = Kind(StaffMember, staff_member, removable=True)
ACCOUNT_SAID = Kind(AccountSaid, account_said, fact=True, setting=True)
SCHOOL = Kind(School, school, setting=True)

KINDS = (
    SITE,
    SCHOOL_YEAR,
    GROUP,
    PUPIL,
    GUARDIAN,
    RELATION,
    AUTHORITY,
    ENROLMENT,
    STAFF_MEMBER,
    ACCOUNT_SAID,
    SCHOOL,
)
