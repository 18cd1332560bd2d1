"""Where the benches stand and how large they measure; loads nothing, for measured processes."""

from __future__ import annotations

import os
from pathlib import Path

SIZES = tuple(int(n) for n in os.environ.get("BOORDBOEK_BENCH", "2000,100000").split(","))
ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".bench"
