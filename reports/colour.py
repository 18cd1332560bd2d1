"""The colour profile that every archival document carries: sRGB, as ICC version 2 has it.

Written here, number by number, so that it needs no file, no library and no date of making.
"""

from __future__ import annotations

import struct
from functools import cache

_STEPS = 1024
_CHANNELS = {
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
_WHITE = (0.9642, 1.0, 0.8249)
_HEAD, _ENTRY = 128, 12


@cache
def srgb() -> bytes:
    """The profile's bytes; always the same."""
    tags = [
        ("desc", _described("sRGB")),
        ("cprt", b"text" + bytes(4) + b"No copyright, use freely.\0"),
        ("wtpt", _xyz(_WHITE)),
        *((name, _xyz(values)) for name, values in _CHANNELS.items()),
    ]
    curve = ("rTRC", _curve())
    offset = _HEAD + 4 + _ENTRY * (len(tags) + 3)
    index, body = [], b""
    for name, content in [*tags, curve]:
        names = (name, "gTRC", "bTRC") if name == "rTRC" else (name,)
        place = (offset + len(body), len(content))
        index += [struct.pack(">4sII", one.encode(), *place) for one in names]
        body += content + bytes(-len(content) % 4)
    table = struct.pack(">I", len(index)) + b"".join(index)
    return _header(_HEAD + len(table) + len(body)) + table + body


def _header(size: int) -> bytes:
    day = (2026, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", *day, b"acsp") + bytes(28)
    return (head + b"".join(_fixed(value) for value in _WHITE)).ljust(_HEAD, b"\0")


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(value) for value in values)


def _described(name: str) -> bytes:
    text = name.encode() + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)


def _curve() -> bytes:
    values = [round(_linear(step / (_STEPS - 1)) * 65535) for step in range(_STEPS)]
    return b"curv" + bytes(4) + struct.pack(f">I{_STEPS}H", _STEPS, *values)


def _linear(value: float) -> float:
    """How much light a value of sRGB stands for (IEC 61966-2-1)."""
    low = 0.04045
    return value / 12.92 if value <= low else float(((value + 0.055) / 1.055) ** 2.4)
