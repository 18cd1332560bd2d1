"""Tables of channels, form versions and decisions, in the consent compartment."""

from __future__ import annotations

from sqlalchemy import Index

from app.consent.records import (
    Channel,
    Decision,
    FormSetting,
    FormVersion,
    IssuedForm,
    Objection,
    Retraction,
    SafetyFlag,
    UnclearAnswer,
)
from db.store.mapping import Kind
from db.store.shape import CONSENT, day, day_or_none, instant, record_table, refers, text, whole

channel = record_table(
    "channel",
    CONSENT,
    text("key"),
    text("texts"),
    text("audience"),
    text("media"),
    text("ground_source"),
    whole("lenient"),
    whole("active"),
    whole("outside_eea"),
    whole("position"),
    whole("scope"),
    day_or_none("start"),
    day_or_none("end"),
    text("group_ids"),
    text("within"),
    text("noticed_on"),
    Index(None, "key", unique=True),
)
form_version = record_table(
    "form_version",
    CONSENT,
    whole("number"),
    day("frozen_on"),
    text("uses"),
    text("wording"),
    text("digest"),
    instant("recorded_at"),
    text("channel"),
    day_or_none("valid_until"),
    Index(None, "number", unique=True),
)
form_setting = record_table(
    "form_setting",
    CONSENT,
    day_or_none("valid_until"),
    text("texts"),
)
decision = record_table(
    "decision",
    CONSENT,
    text("subject_id"),
    text("decider_id"),
    text("medium"),
    text("channel"),
    text("answer"),
    text("conditions"),
    day("signed_on"),
    day("received_on"),
    text("how"),
    text("proof"),
    text("note"),
    text("taken_by"),
    text("form_version_id"),
    whole("scope"),
    day_or_none("valid_until"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "subject_id", "medium", "channel"),
)
retraction = record_table(
    "retraction",
    CONSENT,
    refers("decision_id", "decision"),
    text("subject_id"),
    text("reason"),
    instant("recorded_at"),
    Index(None, "subject_id"),
)
unclear_answer = record_table(
    "unclear_answer",
    CONSENT,
    text("subject_id"),
    text("decider_id"),
    text("medium"),
    text("channel"),
    day("signed_on"),
    text("how"),
    text("proof"),
    text("note"),
    text("form_version_id"),
    instant("recorded_at"),
    text("replaces"),
    whole("taken_back"),
    Index(None, "subject_id"),
)
safety_flag = record_table(
    "safety_flag",
    CONSENT,
    text("pupil_id"),
    day("start"),
    day_or_none("end"),
    instant("recorded_at"),
    text("replaces"),
    Index(None, "pupil_id"),
)
issued_form = record_table(
    "issued_form",
    CONSENT,
    text("number"),
    text("pupil_id"),
    text("guardian_id"),
    text("form_version_id"),
    text("language"),
    day("issued_on"),
    text("head"),
    text("digest"),
    text("round_id"),
    Index(None, "number", unique=True),
    Index(None, "pupil_id"),
)

objection = record_table(
    "objection",
    CONSENT,
    text("subject_id"),
    text("person_id"),
    text("person_name"),
    text("what"),
    day("said_on"),
    text("how"),
    instant("recorded_at"),
    text("replaces"),
    whole("taken_back"),
    Index(None, "subject_id"),
)

CHANNEL = Kind(Channel, channel, setting=True)
FORM_VERSION = Kind(FormVersion, form_version, fact=True)
FORM_SETTING = Kind(FormSetting, form_setting)
DECISION = Kind(Decision, decision, fact=True)
RETRACTION = Kind(Retraction, retraction, fact=True)
UNCLEAR_ANSWER = Kind(UnclearAnswer, unclear_answer, fact=True)
SAFETY_FLAG = Kind(SafetyFlag, safety_flag, fact=True)
ISSUED_FORM = Kind(IssuedForm, issued_form, fact=True)
OBJECTION = Kind(Objection, objection, fact=True)

KINDS = (
    CHANNEL,
    FORM_VERSION,
    FORM_SETTING,
    DECISION,
    RETRACTION,
    UNCLEAR_ANSWER,
    SAFETY_FLAG,
    ISSUED_FORM,
    OBJECTION,
)
