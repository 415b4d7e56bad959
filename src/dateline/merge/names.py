"""What people say of a name: how reliable a source is, and what else an actor or a source is called.

Such a judgement is a row of the same log as any other (so it is undone, seen by other windows and kept for good); its subject is
the name as it is coded. `own_table` makes of them a table for `dateline code --actors` and `--sources`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dateline.errors import SettingsError
from dateline.knowledge import HERE, read_rows, table
from dateline.merge.judgements import NAME, append, in_force, load_judgements
from dateline.merge.records import Judgement
from dateline.resolve import actors as actor_registry
from dateline.resolve import sources_registry
from dateline.resolve.countries import countries
from dateline.resolve.sources import link_source
from dateline.resolve.sources_check import KINDS as SOURCE_KINDS
from dateline.store.project import Project

KINDS = ("actors", "sources")
FIELDS = ("reliability", "aliases")
LETTERS = "ABCDEF"  # Admiralty code: A completely reliable … E unreliable, F cannot be judged
MOST_ALIASES, LONGEST = 40, 120
FORBIDDEN = re.compile(r"[|\[\]{}\x00-\x1f\x7f]")  # what would mean something else in a table
Said = Mapping[str, Judgement]  # field → the judgement that holds


def judge_name(project: Project, kind: str, name: str, field: str, value: Any, *, user: str, reason: str = "") -> Judgement:
    """Append what `user` says of a name: `field` "reliability" (a letter A to F) or "aliases" (all of the person's own names).

    `value` None takes the field away. Raises SettingsError for what cannot be said so.
    """
    if kind not in KINDS or field not in FIELDS or (kind, field) == ("actors", "reliability"):
        raise SettingsError(
            f"nothing to say as {field!r} of {kind!r}", remedy="reliability of sources; aliases of actors, sources"
        )
    if not user.strip() or not name.strip() or len(name) > 3 * LONGEST:
        raise SettingsError("no name, or one that is too long", remedy="give the name as it is coded")
    told = checked_letter(value) if field == "reliability" else checked_aliases(value)
    return append(project, user, "correct", f"{NAME}{kind}:{name}", field=field, value=told, reason=reason)


def checked_letter(value: Any) -> str | None:
    if value is not None and (not isinstance(value, str) or len(value) != 1 or value not in LETTERS):
        raise SettingsError(f"no such reliability: {value!r}", remedy="a letter, A (reliable) to E (not), F (cannot be judged)")
    return value


def checked_aliases(value: Any) -> list[str] | None:
    names = value or []
    if not isinstance(names, list) or len(names) > MOST_ALIASES or not all(isinstance(one, str) for one in names):
        raise SettingsError("aliases are a list of names", remedy=f"at most {MOST_ALIASES}")
    plain = [" ".join(unicodedata.normalize("NFC", one).split()) for one in names]
    for one in plain:
        if not one or len(one) > LONGEST or FORBIDDEN.search(one):
            raise SettingsError(f"cannot be a name: {one!r}", remedy=f"at most {LONGEST} characters, none of | [ ] {{ }}")
    return list(dict.fromkeys(plain)) or None


def names_said(log: Iterable[Judgement]) -> dict[tuple[str, str], Said]:
    """(kind, name) → what holds of it: the latest of each field that was not taken back."""
    out: dict[tuple[str, str], dict[str, Judgement]] = {}
    for one in in_force(log):
        if one.subject.startswith(NAME):
            kind, _, name = one.subject.removeprefix(NAME).partition(":")
            said = out.setdefault((kind, name), {})
            said.pop(one.field, None)
            if one.value is not None:
                said[one.field] = one
    return {key: said for key, said in out.items() if said}


def own_table(project: Project, kind: str) -> str:
    """What people said of names as a TSV with the columns of the registry: a row of the shipped one, amended, or a new one."""
    said = {name: fields for (of, name), fields in names_said(load_judgements(project)).items() if of == kind}
    rows = list(actor_rows(project, said) if kind == "actors" else source_rows(project, said))
    columns = actor_registry.COLUMNS if kind == "actors" else sources_registry.OWN_COLUMNS
    left = said.keys() - {name for name, _ in rows}
    lines = [f"# {kind.capitalize()} as the people of this project know them: dateline code --{kind} FILE"]
    lines += [f"# left out, as its words do not tell what kind of source it is: {plain_cell(name)}" for name in sorted(left)]
    merged: dict[str, dict[str, str]] = {}  # two names of one entry make one row
    for _, cells in rows:
        known = merged.get(cells["id"], {})
        aliases = dict.fromkeys([*split(known.get("aliases", "")), *split(cells["aliases"])])
        merged[cells["id"]] = {**known, **cells, "aliases": "|".join(aliases)}
    body = ("\t".join(row.get(column, "") for column in columns) for row in merged.values())
    return "\n".join([*lines, "\t".join(columns), *body]) + "\n"


def split(aliases: str) -> list[str]:
    return [one for one in aliases.split("|") if one]


def actor_rows(project: Project, said: Mapping[str, Said]) -> Iterator[tuple[str, dict[str, str]]]:
    shipped = {row["id"]: row.cells for row in read_rows(HERE / "actors.tsv")}
    for name, fields in said.items():
        entry = next((one for one in actor_registry.show_actor(name) if one.id in shipped), None)
        if entry is None:
            kind, country = coded_as(project, name)
            kind = kind if kind in actor_registry.KINDS else "unknown"
            new = {**new_cells(f"OWN-{slug(name).upper()}", name, kind, fields), "country": country}
        yield name, amended(shipped[entry.id] if entry else new, fields)


def source_rows(project: Project, said: Mapping[str, Said]) -> Iterator[tuple[str, dict[str, str]]]:
    shipped = {row["id"]: row.cells for row in table("sources")}
    for name, fields in said.items():
        link = link_source(name)
        outlet = project.connection.execute("SELECT 1 FROM reports WHERE outlet = ? LIMIT 1", (name,)).fetchone()
        kind = link.kind if link.kind in SOURCE_KINDS else "website" if outlet else ""
        if link.entry is None and not kind:
            continue
        new = {**new_cells(f"own-{slug(name)}", name, kind, fields), "side": link.side or ""}
        dated = sources_registry.show_source(link.entry.name) if link.entry else []  # the rows of one name at several times
        for cells in [shipped[entry.id] for entry in dated] or [new]:
            yield name, amended(cells, fields)


def coded_as(project: Project, name: str) -> tuple[str, str]:
    """Kind and country with which an actor of this name is coded most often."""
    query = """SELECT json_extract(value, '$.kind'), json_extract(value, '$.country') FROM statements
        WHERE property IN ('actor', 'target') AND json_extract(value, '$.name') = ?
        GROUP BY value ORDER BY count(*) DESC LIMIT 1"""
    kind, country = project.connection.execute(query, (name,)).fetchone() or ("", "")
    return kind or "", country if country in countries() else ""


def new_cells(row_id: str, name: str, kind: str, fields: Said) -> dict[str, str]:
    basis = f"told by {last(fields).user}, {last(fields).made[:10]}"
    return {"id": row_id, "name": plain_cell(name), "kind": kind, "basis": plain_cell(basis)}


def amended(cells: Mapping[str, str], fields: Said) -> dict[str, str]:
    """A row of a registry with the person's own names and letter."""
    own = fields["aliases"].value if "aliases" in fields else []
    names = dict.fromkeys([*split(cells.get("aliases", "")), *map(plain_cell, own)])
    out = {**cells, "aliases": "|".join(one for one in names if one and one != cells["name"])}
    return {**out, "reliability": fields["reliability"].value} if "reliability" in fields else out


def plain_cell(name: str) -> str:
    """A name that stays in its cell: no separators, and no formula for a spreadsheet."""
    return " ".join(FORBIDDEN.sub(" ", name).split()).lstrip("=+-@")


def last(fields: Said) -> Judgement:
    return max(fields.values(), key=lambda one: one.number)


def slug(name: str) -> str:
    """Letters and figures of a name, of any script."""
    return "-".join(re.findall(r"\w+", unicodedata.normalize("NFKD", name).casefold()))[:60] or "name"
