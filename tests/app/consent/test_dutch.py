"""The Dutch rules in words: what is known, on which day, and what follows for a photo on the website.

One row for each rule and exception; the rows of `test_verdict` say the same in the terms of the
program, with the fine points of dates and corrections.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.consent.facts import FlagFact, PresenceFact, RetractionFact, Subject
from app.consent.periods import birthday
from app.consent.profiles import profile
from app.consent.verdict import UseRule, verdict
from tests.app.consent.facts import DAY, HERE, NOW, RULE, authority, child, said

D = timedelta(days=1)
BOTH = (said("m", "yes"), said("f", "yes"))
SIXTEEN = birthday(DAY, -16)
LENIENT = replace(RULE, lenient=True)
PARENT_PAGE = UseRule("photo:parent_page")
LESSON = replace(RULE, ground="lesson")
TRIP = replace(RULE, start=DAY, end=DAY + 2 * D)
FLAG = FlagFact("x", DAY, DAY, NOW)
SPRING = PresenceFact("q", DAY - 900 * D, DAY - 600 * D, NOW)

ROWS = [
    ("both parents said yes", child(decisions=BOTH), RULE, DAY, "yes", "all_said_yes"),
    ("the day before they signed nothing was known", child(decisions=BOTH), RULE, DAY - 10 * D, "ask", "unanswered"),
    ("five years later without a word: it holds until it is withdrawn", child(decisions=BOTH), RULE, date(2031, 11, 22), "yes", "all_said_yes"),
    ("one parent said yes, the other is silent", child(decisions=BOTH[:1]), RULE, DAY, "ask", "incomplete"),
    ("the same, where the school takes one yes", child(decisions=BOTH[:1]), LENIENT, DAY, "yes", "one_suffices"),
    ("one yes, one no, where the school takes one yes", child(decisions=(said("m", "yes"), said("f", "no"))), LENIENT, DAY, "no", "refused"),
    ("nobody answered, where the school takes one yes", child(), LENIENT, DAY, "ask", "unanswered"),
    ("nobody answered", child(), RULE, DAY, "ask", "unanswered"),
    ("nobody answered, years after a notice: silence is no yes", child(), replace(RULE, noticed_on=(DAY - 290 * D,)), DAY, "ask", "unanswered"),
    ("one parent refuses", child(decisions=(said("m", "yes"), said("f", "no"))), RULE, DAY, "no", "refused"),
    ("a yes is withdrawn today", child(decisions=(*BOTH, said("f", "withdrawn", DAY))), RULE, DAY, "no", "withdrawn"),
    ("what was used yesterday was allowed", child(decisions=(*BOTH, said("f", "withdrawn", DAY))), RULE, DAY - D, "yes", "all_said_yes"),
    ("withdrawn, and given again", child(decisions=(*BOTH, said("f", "withdrawn", DAY - 5 * D), said("f", "yes", DAY))), RULE, DAY, "yes", "all_said_yes"),
    ("a withdrawal by mistake that was taken back", child(decisions=(*BOTH, said("f", "withdrawn", DAY, id="w")), retractions=(RetractionFact("w", NOW),)), RULE, DAY, "yes", "all_said_yes"),
    ("divorced parents keep joint authority", child(authorities=(authority("m"), authority("f")), decisions=BOTH[:1]), RULE, DAY, "ask", "incomplete"),
    ("one parent alone holds authority", child(authorities=(authority("m", "sole_parental"), authority("f", "none")), decisions=BOTH[:1]), RULE, DAY, "yes", "all_said_yes"),
    ("a parent without authority objects", child(authorities=(authority("m", "sole_parental"), authority("f", "none")), decisions=(said("m", "yes"), said("f", "no"))), RULE, DAY, "yes", "all_said_yes"),
    ("a parent and a partner hold it together", child(authorities=(authority("m", "joint_with_third"), authority("f", "joint_with_third")), decisions=BOTH[:1]), RULE, DAY, "ask", "incomplete"),
    ("an institution has guardianship", child(guardians=("v",), authorities=(authority("v", "guardianship"),), decisions=(said("v", "yes"),)), RULE, DAY, "yes", "all_said_yes"),
    ("foster parents without guardianship", child(guardians=("v",), authorities=(authority("v", "none"),), decisions=(said("v", "yes"),)), RULE, DAY, "ask", "nobody_decides"),
    ("authority that nobody has settled counts as held", child(authorities=(authority("m"),), decisions=BOTH[:1]), RULE, DAY, "ask", "incomplete"),
    ("authority that cannot be determined counts as held", child(authorities=(authority("m"), authority("f", "undeterminable")), decisions=BOTH[:1]), RULE, DAY, "ask", "incomplete"),
    ("authority from next month: not yet", child(authorities=(authority("m"), authority("f", start=DAY + 30 * D)), decisions=BOTH[:1]), RULE, DAY, "yes", "all_said_yes"),
    ("authority from next month: then", child(authorities=(authority("m"), authority("f", start=DAY + 30 * D)), decisions=BOTH[:1]), RULE, DAY + 30 * D, "ask", "incomplete"),
    ("authority ended yesterday: the no of that parent is over", child(authorities=(authority("m"), authority("f", end=DAY - D)), decisions=(said("m", "yes"), said("f", "no"))), RULE, DAY, "yes", "all_said_yes"),
    ("nobody is known", child(guardians=(), authorities=()), RULE, DAY, "ask", "nobody_decides"),
    ("sixteen today: the parents' yes is over", child(birth_date=SIXTEEN, decisions=BOTH), RULE, DAY, "ask", "unanswered"),
    ("sixteen tomorrow: the parents' yes still holds", child(birth_date=SIXTEEN, decisions=BOTH), RULE, DAY - D, "yes", "all_said_yes"),
    ("sixteen: the pupil says yes, a parent no", child(birth_date=SIXTEEN, decisions=(said("k", "yes", DAY), said("m", "no"))), RULE, DAY, "yes", "all_said_yes"),
    ("sixteen: the pupil says no, the parents yes", child(birth_date=SIXTEEN, decisions=(*BOTH, said("k", "no", DAY))), RULE, DAY, "no", "refused"),
    ("fifteen: the pupil's own no does not count yet", child(decisions=(*BOTH, said("k", "no"))), RULE, DAY, "yes", "all_said_yes"),
    ("age not known: the parents decide", child(birth_date=None, decisions=BOTH), RULE, DAY, "yes", "all_said_yes"),
    ("a member of staff says yes", child(adult=True, decisions=(said("k", "yes"),)), RULE, DAY, "yes", "all_said_yes"),
    ("a member of staff has not answered", child(adult=True), RULE, DAY, "ask", "unanswered"),
    ("yes to the closed parent page is no yes to the website", child(decisions=tuple(one._replace(use="photo:parent_page") for one in BOTH)), RULE, DAY, "ask", "unanswered"),
    ("and it does hold for the parent page", child(decisions=tuple(one._replace(use="photo:parent_page") for one in BOTH)), PARENT_PAGE, DAY, "yes", "all_said_yes"),
    ("yes to a photo is no yes to a film", child(decisions=BOTH), UseRule("film:website"), DAY, "ask", "unanswered"),
    ("the wording was widened since", child(decisions=BOTH), replace(RULE, scope=2), DAY, "ask", "unanswered"),
    ("the wording was widened since: a no stays a no", child(decisions=(said("m", "no"),)), replace(RULE, scope=2), DAY, "no", "refused"),
    ("a yes until the end of the year, on its last day", child(decisions=(said("m", "yes", valid_until=DAY), said("f", "yes"))), RULE, DAY, "yes", "all_said_yes"),
    ("a yes until the end of the year, a day later", child(decisions=(said("m", "yes", valid_until=DAY), said("f", "yes"))), RULE, DAY + D, "ask", "incomplete"),
    ("a yes without a name", child(decisions=(said("m", "yes", conditions=("no_name",)), said("f", "yes"))), RULE, DAY, "yes_if", "all_said_yes"),
    ("a newer form leaves the line open: the older answer stands", child(decisions=(*BOTH, said("m", "yes", DAY)._replace(use="film:website"))), RULE, DAY, "yes", "all_said_yes"),
    ("classroom teaching needs no consent", child(decisions=(said("m", "no"),)), LESSON, DAY, "not_needed", "ground"),
    ("what the school does not do is not asked", child(decisions=BOTH), replace(RULE, asked=False), DAY, "ask", "not_asked"),
    ("no image at all, whatever was said", child(flags=(FLAG,), decisions=BOTH), RULE, DAY, "no", "safety"),
    ("no image at all, not even for teaching", child(flags=(FLAG,)), LESSON, DAY, "no", "safety"),
    ("the flag is over", child(flags=(FLAG,), decisions=BOTH), RULE, DAY + D, "yes", "all_said_yes"),
    ("not at school any more", child(presences=(HERE._replace(end=DAY - D),), decisions=BOTH), RULE, DAY, "no", "not_present"),
    ("away for a year and back: the yes counts again", child(presences=(SPRING, HERE), decisions=tuple(one._replace(signed_on=SPRING.start) for one in BOTH)), RULE, DAY, "yes", "all_said_yes"),
    ("a trial visit is presence", child(presences=(PresenceFact("v", DAY, DAY, NOW),), decisions=BOTH), RULE, DAY, "yes", "all_said_yes"),
    ("a trip, on its last day", child(decisions=BOTH), TRIP, DAY + 2 * D, "yes", "all_said_yes"),
    ("a trip, the day after", child(decisions=BOTH), TRIP, DAY + 3 * D, "no", "ended"),
    ("a trip that has not begun", child(decisions=BOTH), TRIP, DAY - D, "ask", "not_begun"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "rule", "day", "outcome", "reason"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_the_dutch_rules(
    subject: Subject, rule: UseRule, day: date, outcome: str, reason: str
) -> None:
    result = verdict(subject, rule, day, profile("nl"))
    assert (result.outcome, result.reason) == (outcome, reason)
