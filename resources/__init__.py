"""Words, rules and lists that come with the program, read by name.

Every other floor asks here; nobody else knows where the files stand or how they are written.
Nothing here knows the register, the screen or the clock, and nothing is decided here: each
function hands over what is written, as plain dictionaries, lists, text or bytes. The answer
is the caller's own copy. A name that does not exist is a `KeyError`.
"""

import io
import re
from copy import deepcopy
from functools import cache
from os import getpid, utime
from pathlib import Path
from typing import Any, TypeAlias

Table: TypeAlias = dict[str, Any]

LANGUAGES = ("nl", "en")
PAPER_LANGUAGES = (*LANGUAGES, "de", "fr", "pl")

_HERE = Path(__file__).parent  # importlib.resources costs a fifth of a start and gives the same
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


def media() -> list[Table]:
    """The kinds of recording (photo, film, audio), in order."""
    return _rows("media", "channels.toml")


def making() -> Table:
    """The channel that asks for making a recording, where that is asked apart from using it."""
    return _table("making.toml")


def channels() -> list[Table]:
    """Where a recording can be used, in order; a new register begins with `default_on`."""
    return _rows("channels", "channels.toml")


def conditions() -> list[Table]:
    """The conditions that can be attached to a yes, in order."""
    return _rows("conditions", "conditions.toml")


def roles() -> list[Table]:
    """The roles with their grants, idle minutes and pass phrase rules, in order."""
    return _rows("roles", "roles.toml")


def roles_version() -> int:
    """The edition of the table of roles; a register takes over a higher one."""
    return int(_table("roles.toml")["version"])


def password_rules() -> Table:
    """What holds for every password: `max_length`, `device_pin_min_length` (characters)."""
    rules: Table = _table("roles.toml")["password"]
    return rules


def check_rules() -> Table:
    """What holds for the check list: `stale_after_days`, `back_after_seconds`."""
    return _table("check.toml")


def compose_rules() -> Table:
    """How children may be shown together: what each condition asks of a picture."""
    return _table("compose.toml")


def list_rules() -> Table:
    """What holds for printed lists: `valid_days`, `keep_shown`, `keep_paper`, `most_uses`."""
    return _table("lists.toml")


def leave_rules() -> Table:
    """What holds for leave to use social media: `article` and `longest_days`."""
    return _table("leave.toml")


def figure_rules() -> Table:
    """What holds for figures without names: `least`, the smallest number that is shown."""
    return _table("figures.toml")


def compile_rules() -> Table:
    """What a copy of a dossier is for: purposes, what each leaves out, reasons for names."""
    return _table("compile.toml")


def publication_rules() -> Table:
    """Which reasons press to take something down at once, and what is printed matter."""
    return _table("publications.toml")


def duties() -> Table:
    """What is to be done beside a case, and the line of the confidential inspector."""
    return _table("duties.toml")


def asking_rules() -> Table:
    """After how many days somebody is reminded, and by when an answer is asked."""
    return _table("asking.toml")


def roster_rules() -> Table:
    """How files of other systems are read: limits, what is kept out, codes and prefixes."""
    return _table("roster.toml")


def column_names() -> Table:
    """How schools call the columns of their lists, and words that stand in the cells."""
    return _table("synonyms.toml")


def relations() -> list[Table]:
    """How an adult can relate to a child (mother, guardian, institution, ...), in order."""
    return _rows("relations", "authority.toml")


def authority_kinds() -> list[Table]:
    """The kinds of parental authority; `holds` is yes, no or unknown."""
    return _rows("kinds", "authority.toml")


def authority_proofs() -> list[Table]:
    """How a school can have learnt who holds authority, in order."""
    return _rows("proofs", "authority.toml")


def under_investigation() -> Table:
    """The words for authority that the population register is still examining."""
    words: Table = _table("authority.toml")["under_investigation"]
    return words


def profile(country: str) -> Table:
    """The consent rules of a country ("nl"): who decides from which age, what silence means."""
    return _table("profiles", f"{country}.toml")


def profiles() -> list[str]:
    """The countries that `profile` knows."""
    return _names(".toml", "profiles")


def protocol(key: str) -> Table:
    """A school's social-media protocol, such as "lovk-2023", with its articles and dates."""
    return _table("protocols", f"{key}.toml")


def protocols() -> list[str]:
    """The keys that `protocol` knows."""
    return _names(".toml", "protocols")


def procedure(key: str) -> Table:
    """A procedure by states and steps, such as "staff_written_warning"."""
    return _table("procedures", f"{key}.toml")


def procedures() -> list[str]:
    """The keys that `procedure` knows."""
    return [name for name in _names(".toml", "procedures") if name != "vocabulary"]


def procedure_vocabulary() -> Table:
    """Every word that a procedure or a letter may use: facts, kinds of answer, starts."""
    return _table("procedures", "vocabulary.toml")


def terms() -> list[Table]:
    """The legal and agreed terms with amount, unit, article and the day they were checked."""
    return _rows("terms", "law", "terms.toml")


def school_holidays() -> Table:
    """The regions of the country and the school holidays in each, as far as they are known."""
    return _table("law", "school_holidays.toml")


def mandates() -> Table:
    """Who decides about each measure, and which letters announce or take it."""
    return _table("law", "mandates.toml")


def law_said() -> Table:
    """What letters say about law beside terms: `bodies`, `agreements` and what is `said`."""
    return _table("law", "said.toml")


def letter(key: str, language: str) -> tuple[Table, str]:
    """A letter's facts (version, slots) and its text in one language.

    The slots that it takes up by key (`use`) stand first, as `letters/slots.toml` has them.
    """
    letter = _table("letters", key, "letter.toml")
    shared = {slot["key"]: slot for slot in _rows("slots", "letters", "slots.toml")}
    taken_up = [shared[name] for name in letter.pop("use", ())]
    letter["slots"] = [*taken_up, *letter.get("slots", ())]
    return letter, _text("letters", key, f"{language}.md")


def letter_languages(key: str) -> list[str]:
    """The languages in which a letter is written."""
    return _names(".md", "letters", key)


def letter_sample() -> Table:
    """Invented people for the preview of a letter's text: `values` by source, `address`."""
    return _table("letters", "sample.toml")


def letters() -> list[str]:
    """The keys that `letter` knows."""
    return sorted(entry.name for entry in _entry("letters").iterdir() if entry.is_dir())


def receipt_terms() -> Table:
    """How decisions are named in receipts that programs read."""
    return _table("receipts", "terms.toml")


def receipt_schema() -> str:
    """Our own JSON schema over the mandatory fields of ISO/IEC TS 27560."""
    return _text("receipts", "27560.schema.json")


def form_text(language: str) -> Table:
    """The wording of the consent form in one language."""
    return _table("forms", "consent", f"{language}.toml")


def word_list(language: str) -> list[str]:
    """The 2,048 words that pass phrases are drawn from, sorted: 11 bits each."""
    return _text("words", f"{language}.txt").split()


def common_passwords() -> frozenset[str]:
    """Passwords that everybody tries first, in lower case."""
    return frozenset(_text("words", "common_passwords.txt").splitlines())


def help_page(language: str, topic: str) -> str:
    """One help page as Markdown."""
    return _text("help", language, f"{topic}.md")


def help_topics(language: str) -> list[tuple[str, str]]:
    """Topic and title of every help page, in reading order."""
    order: list[str] = _table("help", "order.toml")["topics"]
    return [(topic, _title(help_page(language, topic))) for topic in order]


def sample_names() -> Table:
    """Invented first names, surnames, ships and towns for the sample school."""
    return _table("sample", "names.toml")


def sample_school() -> Table:
    """The invented sample school: sites, groups, three users with documented pass phrases."""
    return _table("sample", "school.toml")


def sample_reports() -> list[Table]:
    """What was reported in the sample school, and what its director did with it."""
    return list(_table("sample", "reports.toml")["reports"])


def is_sample(school: str) -> bool:
    """Whether a school of this name may be the sample school; asked without reading it all."""
    return f'name = "{school}"\n' in _text("sample", "school.toml")


def font_file(name: str) -> str:
    """Where a bundled font file stands, such as "NotoSans-Regular.ttf"."""
    return str(_entry("fonts", name))


def font(name: str) -> bytes:
    """A bundled font file, such as "NotoSans-Regular.ttf"."""
    return _entry("fonts", name).read_bytes()  # half a megabyte, and asked once


def icon(name: str) -> bytes:
    """A bundled icon as SVG, by its name without ending."""
    return _bytes("icons", f"{name}.svg")


def catalogue(language: str, room: str) -> bytes | None:
    """The texts of a room in a language as a compiled catalogue, or None when it has none.

    Takes the compiled file where the set-up has made one of this very source, and compiles in
    memory otherwise, which is slow.
    """
    folder = _HERE / "locale" / language
    source, compiled = folder / f"{room}.po", folder / f"{room}.mo"
    if not source.is_file():
        return compiled.read_bytes() if compiled.is_file() else None
    if _is_of(compiled, source):
        return compiled.read_bytes()
    return _compile(source.read_bytes())


def compile_catalogues() -> list[str]:
    """Write the compiled catalogues beside their sources, for a quick start.

    Returns:
        What was written, as "nl/people"; what was compiled before and has not changed is not.
    """
    written = []
    folders = (_HERE / "locale" / language for language in PAPER_LANGUAGES)
    for language in [folder.name for folder in folders if folder.is_dir()]:
        for room in catalogue_rooms(language):
            source = _HERE / "locale" / language / f"{room}.po"
            if not _is_of(source.with_suffix(".mo"), source):
                _write_compiled(source)
                written.append(f"{language}/{room}")
    return written


def _is_of(compiled: Path, source: Path) -> bool:
    """Whether a catalogue was made of a source that has not changed since: it has its time."""
    return compiled.is_file() and compiled.stat().st_mtime_ns == source.stat().st_mtime_ns


def _write_compiled(source: Path) -> None:
    """Put the catalogue there at once, for others may be reading it."""
    changed = source.stat().st_mtime_ns
    beside = source.with_name(f".{source.stem}.{getpid()}.mo")
    beside.write_bytes(_compile(source.read_bytes()))
    utime(beside, ns=(changed, changed))
    beside.replace(source.with_suffix(".mo"))


def _compile(source: bytes) -> bytes:
    from babel.messages import mofile, pofile  # noqa: PLC0415 - slow, and not needed once compiled

    out = io.BytesIO()
    mofile.write_mo(out, pofile.read_po(io.BytesIO(source), charset="utf-8"))
    return out.getvalue()


def catalogue_rooms(language: str) -> list[str]:
    """The rooms that `catalogue` knows in this language."""
    return _names(".po", "locale", language)


def _rows(key: str, *path: str) -> list[Table]:
    rows: list[Table] = _table(*path)[key]
    return sorted(rows, key=lambda row: int(row.get("order", 0)))


def _table(*path: str) -> Table:
    return deepcopy(_parsed(*path))


@cache
def _parsed(*path: str) -> Table:
    import tomllib  # noqa: PLC0415 - the first window reads none

    return tomllib.loads(_text(*path))


@cache
def _text(*path: str) -> str:
    return _entry(*path).read_text("utf-8")


@cache
def _bytes(*path: str) -> bytes:
    return _entry(*path).read_bytes()


def _names(ending: str, *path: str) -> list[str]:
    found = (entry.name for entry in _entry(*path).iterdir())
    return sorted(name.removesuffix(ending) for name in found if name.endswith(ending))


def _entry(*path: str) -> Path:
    place = _HERE
    for name in path:
        if not _NAME.match(name):
            raise KeyError("/".join(path))
        place = place / name
    if not (place.is_file() or place.is_dir()):
        raise KeyError("/".join(path))
    return place


def _title(page: str) -> str:
    return page.partition("\n")[0].removeprefix("# ").strip()
