"""Settings, from `dateline.toml`. Unknown keys are errors: a misspelt setting must not be ignored in silence.

The file is looked for in the current folder and its parents; `--config FILE` names another. Options of the command line win
over environment variables (DATELINE_JOBS …), these over the file.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from dateline.errors import SettingsError

FILE = "dateline.toml"
Format = Literal[
    "table", "codebook", "jsonl", "html",
    "acled", "ucdp", "plover", "idmc", "geojson", "csv", "claims", "statements", "xlsx", "parquet", "ftm", "muc4",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Own:
    """What a user adds to the shipped tools: files with tables of their own, and the gate, which is off unless asked for.

    `actors` and `sources` are TSV as `dateline actors add` and `dateline sources add` write them; `places` are what
    `dateline gazetteer add` writes or reads.
    """

    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    gate: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        return self.actors + self.sources + self.places


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All settings with their defaults.

    format: what `dateline code` writes (None: table on a terminal, codebook in a pipe) · outlet: of reports that name none ·
    jobs: processes · project: project file of show, explain and `code --into` · quiet: no progress, no warnings ·
    model: use the tagger (false: code by knowledge alone) · max_characters: longest report · max_megabytes: largest file of one
    report, or line of JSONL · actors, sources, places: files with tables of your own, from the folder of dateline.toml.

    >>> Settings().jobs
    1
    """

    format: Format | None = None
    outlet: str | None = None
    jobs: int = 1
    project: str | None = None
    quiet: bool = False
    model: bool = True
    max_characters: int = 250_000
    max_megabytes: int = 50
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def own(self) -> Own:
        """The user's own tables."""
        return Own(self.actors, self.sources, self.places)

    def __post_init__(self) -> None:
        for name in ("jobs", "max_characters", "max_megabytes"):
            if getattr(self, name) < 1:
                raise ValueError(f"`{name}` must be at least 1")


def load_settings(path: str | Path | None = None, *, folder: str | Path = ".") -> Settings:
    """Settings of `path`, else of the nearest dateline.toml at or above `folder`, else the defaults. Raises SettingsError."""
    found = Path(path) if path is not None else find_file(Path(folder))
    return read_settings(found) if found else Settings()


def find_file(folder: Path) -> Path | None:
    folder = folder.absolute()
    return next((place / FILE for place in (folder, *folder.parents) if (place / FILE).is_file()), None)


def read_settings(path: Path) -> Settings:
    where = str(path)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(error.strerror or "cannot be read", where=where, remedy="check --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"not valid TOML ({error})", where=where, remedy="correct the line") from error
    known = [field.name for field in msgspec.structs.fields(Settings)]
    for key in told:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            remedy = f"did you mean {near[0]!r}?" if near else f"known settings: {', '.join(known)}"
            raise SettingsError(f"unknown setting {key!r}", where=where, remedy=remedy)
    try:
        found = msgspec.convert(told, Settings)
        folder = path.absolute().parent
        own = {name: tuple(str(folder / file) for file in getattr(found, name)) for name in ("actors", "sources", "places")}
        return msgspec.structs.replace(found, **own)
    except msgspec.ValidationError as error:
        raise SettingsError(str(error), where=where, remedy="see docs/cli.md") from error
