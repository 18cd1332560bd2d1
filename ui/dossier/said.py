"""Dossiers in words: names of compartments, terms with the days that are left."""

from datetime import date, datetime

from app.breach.data import Wording
from app.dossier.answers import Answer
from app.dossier.terms import time_left
from app.record import Compartment
from ui.words import day, moment, t, words

NAMES = {
    Compartment.PUPIL_DOSSIER: "dossier.pupil",
    Compartment.STAFF_DOSSIER: "dossier.staff",
}
PLURALS = {
    Compartment.PUPIL_DOSSIER: "dossier.pupils",
    Compartment.STAFF_DOSSIER: "dossier.staff_members",
}
READ = {
    "dossier_read": "dossier.read_dossier",
    "case_read": "dossier.read_case",
    "attachment_read": "dossier.read_file",
    "letter_reprinted": "dossier.read_letter",
    "report_read": "dossier.read_report",
}


def wording(found: Wording) -> str:
    """Words out of the data, in the language of the window."""
    return found.said(words().language)


def due_words(due: date | None, today: date) -> str:
    """A term: "uiterlijk 4 dec 2026 · nog 12 dagen"."""
    if due is None:
        return ""
    return t("dossier.due", day=due, left=time_left(due, today))


def answer_words(answer: Answer) -> str:
    """An answer that was given to what a step asks."""
    if isinstance(answer, bool):
        return t("dossier.answer_yes" if answer else "dossier.answer_no")
    if isinstance(answer, str):
        return answer
    return moment(answer) if isinstance(answer, datetime) else day(answer)
