"""Facts about one child and two parents, to reckon verdicts from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.consent.facts import AuthorityFact, DecisionFact, PresenceFact, Subject
from app.consent.profiles import Profile
from app.consent.records import Answer
from app.consent.verdict import UseRule
from app.people.records import AuthorityKind

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
USE = "photo:website"
RULE = UseRule(USE)
NL = Profile()
HERE = PresenceFact("p", DAY - timedelta(days=300), None, NOW)


def authority(guardian: str, kind: str = "joint_parental", **more: object) -> AuthorityFact:
    values: dict[str, Any] = {"start": None, "end": None, "recorded_at": NOW, **more}
    return AuthorityFact(f"a-{guardian}-{kind}", guardian, AuthorityKind(kind), **values)


def said(
    who: str, answer: str, day: date = DAY - timedelta(days=9), **more: object
) -> DecisionFact:
    values: dict[str, Any] = {"recorded_at": NOW, **more}
    name = values.pop("id", f"d-{who}-{answer}-{day}")
    return DecisionFact(name, who, USE, Answer(answer), day, **values)


def child(**more: object) -> Subject:
    values: dict[str, Any] = {
        "birth_date": date(2021, 5, 4),
        "guardians": ("m", "f"),
        "presences": (HERE,),
        "authorities": (authority("m"), authority("f")),
        **more,
    }
    return Subject("k", **values)
