"""Write the example files of `dateline export` (examples/exports) anew: part of `make docs`.

They come from codings that are kept (tests/export/codings.jsonl: four packaged exercises and one more, as `--format jsonl` gave
them), so that they change with the exporters and not with every step of the coder. Versions read VERSION.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

import msgspec

from dateline.export.bundle import Export, Options, readme
from dateline.export.cells import CsvSink
from dateline.export.formats import FORMATS
from dateline.export.manifest import EXCLUDED
from dateline.types import Coding
from dateline.versions import versions

ROOT = Path(__file__).parent.parent
CODINGS = ROOT / "tests" / "export" / "codings.jsonl"
TARGET = ROOT / "examples" / "exports"
TEXT = [name for name, one in FORMATS.items() if one.ending not in ("xlsx", "parquet")]


def codings() -> list[Coding]:
    return [msgspec.json.decode(line, type=Coding) for line in CODINGS.read_bytes().splitlines()]


def examples() -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every example."""
    for name in TEXT:
        export, data = made(Options(FORMATS[name]))
        yield f"{FORMATS[name].stem}.{FORMATS[name].ending}", data
        if name == "acled":
            yield "acled.excluded.csv", excluded(export)
            told = export.manifest(["acled.csv", "acled.excluded.csv"]) | {"made": "2023-01-01T00:00:00+00:00"}
            yield "README.md", unversioned(readme(told).encode())
            yield "acled.manifest.json", unversioned(msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")
    yield "acled.hxl.csv", made(Options(FORMATS["acled"], hxl=True))[1]


def made(options: Options) -> tuple[Export, bytes]:
    stream = io.BytesIO()
    export = Export(options, stream)
    for coding in codings():
        export.add(coding)
    export.close()
    return export, unversioned(stream.getvalue())


def excluded(export: Export) -> bytes:
    stream = io.BytesIO()
    sink = CsvSink(stream, EXCLUDED)
    for row in export.excluded:
        sink.add(row)
    return stream.getvalue()


def unversioned(data: bytes) -> bytes:
    """Without the versions, which change with every word list."""
    for version in versions().values():
        data = data.replace(version.encode(), b"VERSION") if len(version) > 8 else data
    return data.replace(f"dateline {versions()['code']}".encode(), b"dateline VERSION")


def binary(name: str) -> tuple[str, bytes]:
    """(file name, content) of a workbook or a Parquet file; not compared byte by byte, since their libraries change."""
    stream = io.BytesIO()
    with patch("dateline.export.manifest.versions", lambda: dict.fromkeys(versions(), "VERSION")):
        export = Export(Options(FORMATS[name]), stream)
        for coding in codings():
            export.add(coding)
        export.close()
    return f"{FORMATS[name].stem}.{FORMATS[name].ending}", stream.getvalue()


def main() -> None:
    os.environ["SOURCE_DATE_EPOCH"] = "1672531200"  # stands in the workbook
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in ("xlsx", "parquet"):
        if find_spec(FORMATS[name].needs or "openpyxl"):
            file, data = binary(name)
            (TARGET / file).write_bytes(data)
    for name, data in examples():
        (TARGET / name).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
