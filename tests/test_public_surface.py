"""The public surface: what `import dateline` gives, what it costs, and what its functions promise."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dateline
from dateline.types import Coding, Fault, Record

TEXT = "KANDAHAR, Feb 1 - A car bomb killed six people in the city of Kandahar on Saturday, police said."
PUBLIC = """
    Alias Attribution Coding Count Event Evidence Fault Figure Flag Participant PartyLink Place PlaceLink Published Rejected
    Relation Repair Report Segment Span Statement Timex Voice Weapon When Where
    DatelineError EvidenceError InputError KnowledgeError ModelError SettingsError StoreError
    Own Settings Tools __version__ code code_many code_report load_settings load_tools open_project read to_codebook
"""


def test_the_surface_is_what_is_written_here() -> None:
    assert sorted(dateline.__all__) == sorted(PUBLIC.split())
    assert all(getattr(dateline, name) is not None for name in dateline.__all__)
    assert dir(dateline) == sorted(dateline.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        _ = dateline.colour


def test_import_is_light_and_loads_nothing_heavy() -> None:
    code = "import sys, time; t = time.perf_counter(); import dateline; print(time.perf_counter() - t, *sys.modules)"
    seconds, *modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert float(seconds) < 0.3
    assert not {"msgspec", "typer", "rich", "lxml", "trafilatura", "sqlite3"} & set(modules)


def test_one_text_is_coded_in_one_call() -> None:
    coding = dateline.code(TEXT, published="2020-02-01", outlet="The Exercise Times", doc_id="x")
    assert (coding.report.doc_id, coding.report.outlet, coding.report.published.day) == ("x", "The Exercise Times", "2020-02-01")
    assert coding.events
    assert coding.events[0].trigger[0].quote in TEXT
    assert coding.to_dict()["events"][0]["sub_type"] == coding.events[0].sub_type
    assert dateline.to_codebook(coding)["events"][0]["id"] == "e1"


def test_the_same_text_gives_equal_records() -> None:
    assert dateline.code(TEXT, published="2020-02-01") == dateline.code(TEXT, published="2020-02-01")


def test_an_empty_text_is_refused_and_another_language_is_a_recorded_fault() -> None:
    with pytest.raises(dateline.InputError, match="the text is empty"):
        dateline.code(" \n")
    coding = dateline.code(
        "El ejército dijo que los rebeldes atacaron el pueblo en la noche del martes y que murieron seis. " * 3
    )
    assert coding.events == ()
    assert [fault.level for fault in coding.faults] == ["error"]


def test_a_stream_keeps_its_order_and_its_faults() -> None:
    items = [
        TEXT,
        {"id": "b", "text": TEXT, "date": "2020-02-01"},
        {"id": "c"},
        Fault("d", "lost"),
        {"doc_id": "e", "text": TEXT},
    ]
    out = list(dateline.code_many(items))
    told = [item.report.doc_id if isinstance(item, Coding) else item.where for item in out if not is_warning(item)]
    assert told == ["text-1", "b", "c", "d", "e"]


def is_warning(item: Record) -> bool:
    return isinstance(item, Fault) and item.level == "warning"


def test_a_stream_is_lazy() -> None:
    def endless() -> object:
        while True:
            yield TEXT

    first = next(item for item in dateline.code_many(endless()) if isinstance(item, Coding))  # type: ignore[arg-type]
    assert first.events


def test_files_are_read_as_reports_and_faults(tmp_path: object) -> None:
    [fault] = list(dateline.read("no/such/file.txt"))
    assert isinstance(fault, Fault)
