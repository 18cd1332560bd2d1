"""Settings of the school, stored in the consent compartment."""

from __future__ import annotations

from dataclasses import dataclass

from app.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class School(Record):
    """The school and its letterhead; one row with the id "school".

    Attributes:
        protocol: id of the protocol in force, from `resources/protocols`.
        complaint_route: where a complaint can go, as it is named in letters.
        window: where the address stands on a letter, from `resources` (nl_left, nl_right,
            din_b).
        region: whose school holidays hold, a key of `law/school_holidays.toml`, or "".
        jurisdiction: whose rules of consent hold, a key of `resources/profiles`.
    """

    name: str
    board: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    privacy_contact: str = ""
    complaint_route: str = ""
    language: str = "nl"
    protocol: str = "lovk-2023"
    window: str = "nl_left"
    jurisdiction: str = "nl"
    region: str = ""
