"""The facts that a procedure or a letter may ask for, by name.

The registry is closed: a new kind of condition is a function here, named in
`resources/procedures/vocabulary.toml`. No fact judges a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.protocol.known import Known
from app.protocol.values import was_known

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.dossier.records import Breach, Entry
    from app.protocol.values import Category, Protocol

INSPECTOR = "inspector"
"""Kind of the entry which records that the confidential inspector was consulted."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is looked at to answer whether a fact is true.

    Attributes:
        entries: the entries of the case, corrected ones left out.
        made: the facts that steps have made true.
        concerned: whoever looks at it is the one whom it is about.
        reported: he reported it himself; noted: he wrote a note in the case.
        countersigned: somebody else signed the newest step that asks for it.
    """

    breach: Breach
    protocol: Protocol
    entries: tuple[Entry, ...] = ()
    made: frozenset[str] = frozenset()
    concerned: bool = False
    reported: bool = False
    noted: bool = False
    countersigned: bool = False


def inspector_settled(facts: CaseFacts) -> bool:
    """Whether no letter is held up: the inspector was consulted, or need not be first."""
    return consulted(facts) or not any(c.hold_letters for c in categories(facts))


def article_known_to_person(facts: CaseFacts) -> bool:
    """Whether every article binds the person and could be known to him on that day."""
    breach = facts.breach
    found = [facts.protocol.article(id) for id in breach.articles]
    return (
        bool(found)
        and all(article is not None and article.binds(breach.actor_kind) for article in found)
        and _was_known(facts)
    )


def _was_known(facts: CaseFacts) -> bool:
    """As it was found when the report was filed; by publication alone where that is lacking."""
    breach = facts.breach
    if breach.known:
        return breach.known == Known.YES
    return was_known(facts.protocol, breach.actor_kind, breach.occurred_on)


def person_named(facts: CaseFacts) -> bool:
    """Whether the case is about one person whom the register knows."""
    return bool(facts.breach.actor_id)


def talk_held(facts: CaseFacts) -> bool:
    """Whether a talk with the person was recorded."""
    return "talk_held" in facts.made


def talk_declined(facts: CaseFacts) -> bool:
    """Whether it was recorded that a talk was offered and did not take place."""
    return "talk_declined" in facts.made


def hearing_offered(facts: CaseFacts) -> bool:
    """Whether it was recorded that the person was asked for his views."""
    return "hearing_offered" in facts.made


def hearing_waived(facts: CaseFacts) -> bool:
    """Whether the person let it be known that he does not want to be heard."""
    return "hearing_waived" in facts.made


def views_given(facts: CaseFacts) -> bool:
    """Whether the person gave his views on what is intended."""
    return "views_given" in facts.made


def dispatch_proven(facts: CaseFacts) -> bool:
    """Whether it was recorded how the newest letter was sent, with its proof."""
    return "dispatch_proven" in facts.made


def person_told(facts: CaseFacts) -> bool:
    """Whether it was recorded that the person was told."""
    return "person_told" in facts.made


def court_asked(facts: CaseFacts) -> bool:
    """Whether it was recorded that the court was asked to end the contract."""
    return "court_asked" in facts.made


def urgent_reason_told(facts: CaseFacts) -> bool:
    """Whether it was recorded that the person was told the urgent reason."""
    return "urgent_reason_told" in facts.made


def police_settled(facts: CaseFacts) -> bool:
    """Whether a report to the police was recorded, or why there is none."""
    return "police_settled" in facts.made


def no_views(facts: CaseFacts) -> bool:
    """Whether the term for views ran out and it was recorded that none came."""
    return "no_views" in facts.made


def settled(facts: CaseFacts) -> bool:
    """Whether an agreement about the end of the employment was recorded."""
    return "settled" in facts.made


def lawyer_asked(facts: CaseFacts) -> bool:
    """Whether it was recorded that a lawyer was asked."""
    return "lawyer_asked" in facts.made


def unfounded(facts: CaseFacts) -> bool:
    """Whether the report was found to be unfounded."""
    return "unfounded" in facts.made


def reopened(facts: CaseFacts) -> bool:
    """Whether the case was closed and opened again."""
    return "reopened" in facts.made


def decision_sent(facts: CaseFacts) -> bool:
    """Whether it was recorded that a decision was sent that can be reviewed."""
    return "decision_sent" in facts.made


def appeal_open(facts: CaseFacts) -> bool:
    """Whether an appeal was recorded, beside the way on, that was not ruled upon."""
    return "appeal_open" in facts.made


def appeal_ruled(facts: CaseFacts) -> bool:
    """Whether such an appeal was ruled upon."""
    return "appeal_ruled" in facts.made


def countersigned(facts: CaseFacts) -> bool:
    """Whether somebody else signed the newest step that asks for a second signature."""
    return facts.countersigned


def handler_not_concerned(facts: CaseFacts) -> bool:
    """Whether the person who deals with the case is not the one whom it is about."""
    return not facts.concerned


FACTS: dict[str, Callable[[CaseFacts], bool]] = {
    fact.__name__: fact
    for fact in (
        inspector_settled,
        article_known_to_person,
        person_named,
        talk_held,
        talk_declined,
        hearing_offered,
        hearing_waived,
        views_given,
        dispatch_proven,
        person_told,
        court_asked,
        urgent_reason_told,
        police_settled,
        no_views,
        settled,
        lawyer_asked,
        unfounded,
        reopened,
        decision_sent,
        appeal_open,
        appeal_ruled,
        countersigned,
        handler_not_concerned,
    )
}
"""Every fact by its name in the vocabulary."""

LACKING = {
    "inspector_settled": "dossier.lacks_inspector",
    "article_known_to_person": "dossier.lacks_known_article",
    "person_named": "dossier.lacks_person",
    "talk_held": "dossier.lacks_talk",
    "talk_declined": "dossier.lacks_talk",
    "hearing_offered": "dossier.lacks_hearing",
    "hearing_waived": "dossier.lacks_hearing",
    "views_given": "dossier.lacks_views",
    "dispatch_proven": "dossier.lacks_dispatch",
    "person_told": "dossier.lacks_told",
    "court_asked": "dossier.lacks_court",
    "urgent_reason_told": "dossier.lacks_urgent_reason",
    "police_settled": "dossier.lacks_police",
    "no_views": "dossier.lacks_views",
    "settled": "dossier.lacks_settled",
    "lawyer_asked": "dossier.lacks_lawyer",
    "unfounded": "dossier.lacks_unfounded",
    "reopened": "dossier.lacks_reopened",
    "decision_sent": "dossier.lacks_decision",
    "appeal_open": "dossier.lacks_appeal",
    "appeal_ruled": "dossier.lacks_ruling",
    "countersigned": "dossier.lacks_second",
    "handler_not_concerned": "dossier.lacks_other_handler",
}
"""Per fact the text that says what is lacking and what to do."""


HEARD = frozenset(("talk_held", "talk_declined", "views_given", "hearing_waived", "no_views"))
"""The facts of which each says that the person was heard, or had the opportunity."""


def heard(facts: CaseFacts) -> bool:
    """Whether the person was heard, or had the opportunity."""
    return any(FACTS[name](facts) for name in HEARD)


def consulted(facts: CaseFacts) -> bool:
    """Whether the dossier records that the confidential inspector was consulted."""
    return any(entry.kind == INSPECTOR for entry in facts.entries)


def categories(facts: CaseFacts) -> tuple[Category, ...]:
    """The categories for the inspector that this event may come under."""
    breach = facts.breach
    return tuple(
        category
        for category in facts.protocol.categories
        if category.key in breach.categories and category.actor == breach.actor_kind
    )
