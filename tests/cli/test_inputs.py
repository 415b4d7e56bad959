"""Files of many kinds on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.cli import main
from input_files import SCAN, STORY, make_docx, make_pdf, make_xlsx, page_of


def call(capfdbinary: pytest.CaptureFixture[bytes], *args: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as leaving:
        main([str(arg) for arg in args])
    out, err = capfdbinary.readouterr()
    return int(leaving.value.code or 0), out.decode(), err.decode()


def test_a_folder_of_many_kinds(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make_docx(STORY))
    (tmp_path / "b.pdf").write_bytes(make_pdf(page_of((50, 700, 10, STORY))))
    (tmp_path / "c-scan.pdf").write_bytes(make_pdf(SCAN))
    code, out, err = call(capfdbinary, "code", tmp_path, "--published", "2019-03-02")
    assert code == 1 and [json.loads(line)["doc_id"] for line in out.splitlines()] == ["a", "b"]
    assert all(json.loads(line)["events"] for line in out.splitlines())
    [line] = err.splitlines()
    assert "c-scan.pdf: a scanned PDF" in line and "ocrmypdf" in line


def test_columns_are_told_by_map(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(make_xlsx([["Nr", "Absatz", "Tag"], [7, STORY, "2019-03-02"]]))
    code, out, _ = call(capfdbinary, "code", tmp_path / "a.xlsx", "--map", "text=Absatz,published=Tag,doc_id=Nr")
    record = json.loads(out)
    assert (code, record["doc_id"], record["published"]) == (0, "7", "2019-03-02")
    code, _, err = call(capfdbinary, "code", tmp_path / "a.xlsx", "--map", "body=Absatz")
    assert code == 2 and "FIELD=COLUMN" in err
