"""News written by us as fictional exercises, with what it tells marked in the text itself.

They teach the tagger beside gold/passages. exercises/<part of the world>.txt holds reports of this form:

        == name
        [Gunmen|a1] [attacked|t1] [a convoy|g1] near [Kidal|w1] [on Sunday|d1], [the army|s1] said.
        1 AT
        2 CO b

`[words|marks]` may stand within one another. A mark is a letter for what the words are and the number of the event: t trigger,
a actor, g target, w where, d when, m weapon, f figure, s source. Below the text stands a line for each event: its number, its
sub-type (CODES), and where they hold `b` background, `r` told by the author's own voice, and a status other than the usual one
(STATUS). Marks of the number 9 are of no event: words that look like a value and are none. What the texts tell never happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sets import HERE, Json

from dateline.errors import InputError

FOLDER = HERE / "exercises"
CODES = {
    "AC": ("Battles", "Armed clash"),
    "GR": ("Battles", "Government regains territory"),
    "NO": ("Battles", "Non-state actor overtakes territory"),
    "SB": ("Explosions/Remote violence", "Suicide bomb"),
    "RE": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "SH": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "AS": ("Explosions/Remote violence", "Air/drone strike"),
    "GN": ("Explosions/Remote violence", "Grenade"),
    "CW": ("Explosions/Remote violence", "Chemical weapon"),
    "AT": ("Violence against civilians", "Attack"),
    "AB": ("Violence against civilians", "Abduction/forced disappearance"),
    "SV": ("Violence against civilians", "Sexual violence"),
    "PP": ("Protests", "Peaceful protest"),
    "PI": ("Protests", "Protest with intervention"),
    "EF": ("Protests", "Excessive force against protesters"),
    "VD": ("Riots", "Violent demonstration"),
    "MV": ("Riots", "Mob violence"),
    "AG": ("Strategic developments", "Agreement"),
    "AR": ("Strategic developments", "Arrests"),
    "CH": ("Strategic developments", "Change to group/activity"),
    "DW": ("Strategic developments", "Disrupted weapons use"),
    "HQ": ("Strategic developments", "Headquarters or base established"),
    "LO": ("Strategic developments", "Looting/property destruction"),
    "NT": ("Strategic developments", "Non-violent transfer of territory"),
    "TM": ("Strategic developments", "Troop movement"),
    "OT": ("Strategic developments", "Other"),
    "FL": ("Displacement", "Flight"),
    "EV": ("Displacement", "Evacuation"),
    "RT": ("Displacement", "Return"),
    "ST": ("Displacement", "Stock"),
    "TH": ("Statement", "Threat"),
    "WA": ("Statement", "Warning"),
    "DM": ("Statement", "Demand"),
    "AX": ("Statement", "Accusation"),
    "CR": ("Statement", "Claim of responsibility"),
    "DE": ("Statement", "Denial"),
    "PL": ("Statement", "Pledge"),
    "CO": ("Statement", "Condemnation"),
}
STATUS = {"og": "ongoing", "at": "attempted", "fo": "foiled", "th": "threatened", "pl": "planned", "hy": "hypothetical"}
KEYS = {"t": "trigger", "a": "actors", "g": "targets", "w": "where", "d": "when", "m": "weapons", "f": "figures", "s": "sources"}
NO_EVENT = "9"
MARKS = re.compile(r"[tagwdmfs][1-9](?:,[tagwdmfs][1-9])*")
EVENT = re.compile(r"([1-8]) ([A-Z]{2})((?: [a-z]{1,2})*)")


def exercises(folder: Path = FOLDER) -> Iterator[tuple[Json, str]]:
    """Coded texts in the form of passages(). Raises InputError, with file and name, for marks that say nothing."""
    for path in sorted(folder.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("\n== ")[1:]:
            name, _, body = part.partition("\n")
            try:
                yield coded(f"exercise-{path.stem}-{name.strip()}", body)
            except ValueError as wrong:
                raise InputError(f"{path.name}: {name.strip()}: {wrong}") from wrong


def coded(key: str, body: str) -> tuple[Json, str]:
    """The row and the text of one exercise. Raises ValueError."""
    lines = body.strip().split("\n")
    told = [EVENT.fullmatch(line) for line in lines]
    first = next((number for number, match in enumerate(told) if match), len(lines))
    text, spans = read_marks("\n".join(lines[:first]).strip())
    events: dict[str, Json] = {}
    for line, match in zip(lines[first:], told[first:], strict=True):
        if match is None or match[2] not in CODES or not set(match[3].split()) <= {"b", "r", *STATUS}:
            raise ValueError(f"{line!r} is no line of an event")
        kind, sub_type = CODES[match[2]]
        flags = match[3].split()
        status = [STATUS[flag] for flag in flags if flag in STATUS]
        labels = {"status": status[0] if status else "occurred", "foreground": "b" not in flags, "report": "r" in flags}
        events[match[1]] = {**labels, "type": kind, "sub_type": sub_type, "trigger": []}
    for start, end, mark in sorted(spans):
        if mark[1] == NO_EVENT:
            continue
        if mark[1] not in events:
            raise ValueError(f"no event {mark[1]} for {text[start:end]!r}")
        events[mark[1]].setdefault(KEYS[mark[0]], []).append([start, end])
    bare = [number for number, event in events.items() if not event["trigger"]]
    if bare:
        raise ValueError(f"event {bare[0]} has no trigger")
    return {"id": key, "set": "exercises", "events": list(events.values())}, text


def read_marks(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Text without marks, and (start, end, mark) of each. Raises ValueError."""
    text: list[str] = []
    spans: list[tuple[int, int, str]] = []
    opened: list[int] = []
    at = 0
    while at < len(marked):
        if marked[at] == "[":
            opened.append(len(text))
        elif marked[at] == "|" and opened:
            end = marked.index("]", at)
            marks = marked[at + 1 : end]
            if not MARKS.fullmatch(marks):
                raise ValueError(f"{marks!r} are no marks")
            start = opened.pop()
            spans += [(start, len(text), mark) for mark in marks.split(",")]
            at = end
        else:
            text.append(marked[at])
        at += 1
    if opened or "]" in text:
        raise ValueError("a bracket without marks")
    return "".join(text), spans
