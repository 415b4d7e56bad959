"""dateline reads news reports of political violence and crisis and turns them into event data a person can audit.

    import dateline
    coding = dateline.code("A car bomb killed six people in the town of Karim on Saturday.", published="2020-02-01")
    for event in coding.events:
        print(event.sub_type, event.where, [words.quote for words in event.trigger])

    code        one text → Coding              read        files, folders → Reports and Faults
    code_many   a stream → a stream            to_codebook a Coding in the form of the codebook
    load_tools  gazetteer and lexicons, once   types       the records (Report, Event, Evidence …)

Everything heavy is imported at the first use: `import dateline` costs a few milliseconds.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.api import code_many as code_many
    from dateline.api import read as read
    from dateline.config import Settings as Settings
    from dateline.config import load_settings as load_settings
    from dateline.errors import DatelineError as DatelineError
    from dateline.errors import EvidenceError as EvidenceError
    from dateline.errors import InputError as InputError
    from dateline.errors import KnowledgeError as KnowledgeError
    from dateline.errors import ModelError as ModelError
    from dateline.errors import SettingsError as SettingsError
    from dateline.errors import StoreError as StoreError
    from dateline.export.codebook import to_codebook as to_codebook
    from dateline.pipeline import Tools as Tools
    from dateline.pipeline import code_report as code_report
    from dateline.pipeline import load_tools as load_tools
    from dateline.store import open_project as open_project
    from dateline.types import Alias as Alias
    from dateline.types import Attribution as Attribution
    from dateline.types import Coding as Coding
    from dateline.types import Count as Count
    from dateline.types import Event as Event
    from dateline.types import Evidence as Evidence
    from dateline.types import Fault as Fault
    from dateline.types import Figure as Figure
    from dateline.types import Flag as Flag
    from dateline.types import Participant as Participant
    from dateline.types import PartyLink as PartyLink
    from dateline.types import Place as Place
    from dateline.types import PlaceLink as PlaceLink
    from dateline.types import Published as Published
    from dateline.types import Rejected as Rejected
    from dateline.types import Relation as Relation
    from dateline.types import Repair as Repair
    from dateline.types import Report as Report
    from dateline.types import Segment as Segment
    from dateline.types import Span as Span
    from dateline.types import Statement as Statement
    from dateline.types import Timex as Timex
    from dateline.types import Voice as Voice
    from dateline.types import Weapon as Weapon
    from dateline.types import When as When
    from dateline.types import Where as Where

__version__ = "0.1.0"

_HOMES = {
    "dateline.api": "code_many read",
    "dateline.config": "Own Settings load_settings",
    "dateline.errors": "DatelineError EvidenceError InputError KnowledgeError ModelError SettingsError StoreError",
    "dateline.export.codebook": "to_codebook",
    "dateline.pipeline": "Tools code_report load_tools",
    "dateline.store": "open_project",
    "dateline.types": "Alias Attribution Coding Count Event Evidence Fault Figure Flag Participant PartyLink Place PlaceLink "
    "Published Rejected Relation Repair Report Segment Span Statement Timex Voice Weapon When Where",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = ["__version__", "code", *sorted(_HOME_OF)]


def code(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    doc_id: str = "text",
    title: str | None = None,
    url: str | None = None,
    tools: Tools | None = None,
) -> Coding:
    """Code one report given as a string. See `dateline.api.code_text`.

    `published` is the day of publication (ISO, or a form such as "1 February 2020"); without it the text is asked.
    A text that is not in English gives a coding without events, with the reason in `faults`.
    """
    from dateline.api import code_text

    return code_text(text, published=published, outlet=outlet, doc_id=doc_id, title=title, url=url, tools=tools)


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
