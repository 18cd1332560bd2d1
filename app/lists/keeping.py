"""For how long the paper of a list is kept, and which are kept longer than that."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import resources

if TYPE_CHECKING:
    from datetime import date

    from app.lists.records import PrintedList


def kept_until(printed: PrintedList) -> date:
    """The last day on which the stored paper of a list should be kept, by the school's rule."""
    return printed.valid_until + timedelta(days=int(resources.list_rules()["keep_paper"]))


def is_kept_too_long(printed: PrintedList, today: date) -> bool:
    """Whether the paper of a list is stored and its last day of keeping has passed."""
    return bool(printed.blob) and today > kept_until(printed)
