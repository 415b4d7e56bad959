"""Progress, warnings and settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.cli.options import settings_of
from dateline.cli.terminal import WARNINGS_SHOWN, Progress, output
from dateline.config import Settings, load_settings
from dateline.errors import SettingsError
from dateline.types import Fault


def warning(number: int) -> Fault:
    return Fault(f"r{number}", "no day", "give --published", "published", "warning")


def test_warnings_of_one_kind_are_counted_after_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress()
    for number in range(100):
        progress.fault(warning(number))
    progress.finish()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == WARNINGS_SHOWN + 1
    assert lines[-1] == f"dateline: {100 - WARNINGS_SHOWN} more warnings of this kind: published"
    assert progress.faults == 0


def test_quiet_leaves_out_warnings_but_not_faults(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(quiet=True)
    progress.fault(warning(1))
    progress.fault(Fault("a.txt", "the file is empty", "give a report"))
    progress.finish()
    assert capsys.readouterr().err == "dateline: a.txt: the file is empty (give a report)\n"


def test_a_run_that_is_cut_off_leaves_the_former_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("former")
    with pytest.raises(KeyboardInterrupt), output(str(target)) as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
    assert target.read_text() == "former"
    assert (tmp_path / "out.jsonl.part").read_bytes() == b"half"


def test_the_nearest_settings_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('jobs = 3\noutlet = "The Exercise Times"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert load_settings(folder=below) == Settings(jobs=3, outlet="The Exercise Times")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("jbos = 3", "unknown setting 'jbos' (did you mean 'jobs'?)"),
        ("colour = true", "unknown setting 'colour' (known settings: format, "),
        ('jobs = "many"', "Expected `int`, got `str` - at `$.jobs`"),
        ("jobs = 0", "`jobs` must be at least 1"),
        ('format = "xml"', "Invalid enum value 'xml' - at `$.format`"),
        ("jobs = = 1", "not valid TOML"),
    ],
)
def test_wrong_settings_name_the_file_and_the_key(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as error:
        load_settings(path)
    assert str(error.value).startswith(f"{path}: ")
    assert told in str(error.value)


def test_settings_are_the_defaults_outside_a_command() -> None:
    class Context:
        def find_object(self, kind: type) -> None:
            return None

    assert settings_of(Context()) == Settings()  # type: ignore[arg-type]
