"""Check exports with the field's own programs, each where it is installed: python benchmarks/exports.py FOLDER

FOLDER holds what `dateline export PROJECT.db --as … -o FOLDER/` wrote. Needs, in an environment of its own: geojson, pyogrio,
openpyxl, libhxl (and six), duckdb, followthemoney; LibreOffice as `soffice`. None of them is needed by dateline itself.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(folder: Path) -> int:
    failed = 0
    for name, check in CHECKS.items():
        try:
            print(f"{name}: {check(folder)}")
        except (ImportError, FileNotFoundError) as error:
            print(f"{name}: not checked ({error})")
        except Exception as error:
            failed += 1
            print(f"{name}: FAILED: {type(error).__name__}: {error}")
    return failed


def need(value: bool, what: str) -> None:
    if not value:
        raise ValueError(what)


def geojson(folder: Path) -> str:
    library: Any = importlib.import_module("geojson")
    made = library.loads((folder / "events.geojson").read_text(encoding="utf-8"))
    need(made.is_valid, str(made.errors()))
    return f"valid, {len(made.features)} features"


def gdal(folder: Path) -> str:
    library: Any = importlib.import_module("pyogrio")
    told = library.read_info(folder / "events.geojson")
    need(told["crs"] == "EPSG:4326", told["crs"])
    version = ".".join(map(str, library.__gdal_version__))
    return f"GDAL {version}, the reader of QGIS: {told['features']} {told['geometry_type']} features, {told['crs']}"


def workbook(folder: Path) -> str:
    library: Any = importlib.import_module("openpyxl")
    book = library.load_workbook(folder / "events.xlsx")
    need(not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"], "a cell is a formula")
    return f"openpyxl {library.__version__}: " + ", ".join(f"{sheet.title} {sheet.max_row} rows" for sheet in book)


def office(folder: Path) -> str:
    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError("no soffice")
    with tempfile.TemporaryDirectory() as target:
        form = "csv:Text - txt - csv (StarCalc):44,34,76"  # comma, quote, UTF-8
        command = [program, "--headless", "--convert-to", form, "--outdir", target, str(folder / "events.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        lines = (Path(target) / "events.csv").read_text(encoding="utf-8").splitlines()
    need(lines[0].startswith("id,name,type"), lines[0])
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return f"LibreOffice {version} opens the workbook and writes {len(lines) - 1} rows"


def hxl(folder: Path) -> str:
    library: Any = importlib.import_module("hxl")
    told = []
    for name in ("acled", "ucdp", "idmc", "csv"):
        data = library.data(str(folder / f"{name}.hxl.csv"), library.InputOptions(allow_local=True))
        faults: list[Any] = []
        data.validate(callback=faults.append)
        errors = [fault for fault in faults if fault.rule.severity == "error"]
        need(not errors, f"{name}: {[str(fault) for fault in errors[:3]]}")
        told.append(f"{name}, {len(faults)} remarks")
    return "libhxl, no errors: " + "; ".join(told)


def parquet(folder: Path) -> str:
    library: Any = importlib.import_module("duckdb")
    query = "select count(*), typeof(first(date_earliest)), typeof(first(latitude)), typeof(first(killed_low)) from '{}'"
    count, *types = library.sql(query.format(folder / "events.parquet")).fetchall()[0]
    return f"duckdb {library.__version__}: {count} rows; day, latitude, killed are {', '.join(types)}"


def follow_the_money(folder: Path) -> str:
    library: Any = importlib.import_module("followthemoney")
    statements: Any = importlib.import_module("followthemoney.statement")
    serialize: Any = importlib.import_module("followthemoney.statement.serialize")
    dataset: Any = importlib.import_module("followthemoney.dataset").Dataset.make({"name": "dateline", "title": "dateline"})
    with (folder / "ftm.csv").open("rb") as stream:
        found = list(serialize.read_csv_statements(stream))
    need(not [one for one in found if one.id != one.generate_key()], "an id is not the library's own")
    entities: dict[str, list[Any]] = {}
    for one in found:
        kind = library.model.get(one.schema).get(one.prop).type
        need(kind.name == one.prop_type and kind.clean(one.value) is not None, f"{one.prop} {one.value!r}")
        entities.setdefault(one.canonical_id, []).append(one)
    schemas: Counter[str] = Counter()
    for several in entities.values():
        entity = statements.StatementEntity.from_statements(dataset, several)
        entity.schema.validate(entity.to_dict())
        schemas[entity.schema.name] += 1
    told = ", ".join(f"{count} {name}" for name, count in schemas.items())
    return f"followthemoney {library.__version__}: {len(found)} statements, {told}"


CHECKS: dict[str, Callable[[Path], str]] = {
    "geojson": geojson,
    "gdal": gdal,
    "workbook": workbook,
    "office": office,
    "hxl": hxl,
    "parquet": parquet,
    "ftm": follow_the_money,
}

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
