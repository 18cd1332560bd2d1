"""Lets the power go while a deed is done, and opens what the disk may then hold.

Run under the library of `tests/campaigns/shim.c` with a register to copy, an empty folder, a
seed, how many pictures of the disk of each deed to open, and names of deeds. Each picture is opened
in another folder than it was made in. The old world or the new one must stand there, and the new
one once the deed was said to be done. Prints figures as JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from pathlib import Path
from random import Random

from tests.campaigns.beginnings import CAMPAIGNS
from tests.campaigns.cut import Campaign, differing
from tests.campaigns.disk import Disk


def outages(campaign: Campaign, deed: str, pictures: int) -> None:
    """So many pictures of the disk during one deed, spread over it and a few after it."""
    steps, done = campaign.rehearse(deed)
    made_in, random = campaign.place, Random(f"{campaign.seed} {deed}")
    for number in range(pictures):
        reached = random.randint(done if number % 4 == 0 else 1, len(steps))
        disk = Disk(campaign.base)
        disk.moved(made_in)
        for call in steps[:reached]:
            disk.take(call)
        campaign.place = made_in.with_name("picture")
        shutil.rmtree(campaign.place, ignore_errors=True)
        campaign.place.mkdir()
        disk.after(campaign.place, random)
        try:
            now = campaign.look()
        finally:
            campaign.place = made_in
        where = (campaign.seed, deed, reached, done, len(steps))
        assert now in (campaign.old, campaign.new), (
            where,
            differing(now, campaign.old, campaign.new),
        )
        landed = now == campaign.new
        assert landed or reached < done, where
        campaign.figures["pictures"] += 1
        campaign.figures["new" if landed else "old"] += 1
        campaign.figures["acknowledged"] += reached >= done


def main(template: Path, place: Path, seed: int, pictures: int, deeds: list[str]) -> None:
    figures: Counter[str] = Counter()
    for kind in {CAMPAIGNS.get(deed, Campaign): None for deed in deeds}:
        campaign = kind(template, place / kind.__name__, seed)
        for deed in deeds:
            if CAMPAIGNS.get(deed, Campaign) is kind:
                outages(campaign, deed, pictures)
        figures += campaign.figures
    print(json.dumps({"seed": seed, **figures}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])
