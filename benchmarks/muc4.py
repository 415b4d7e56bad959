"""MUC-4 templates by the official scorer: `python benchmarks/muc4.py [tst1 tst2 dev] [--no-model] [--bootstrap N]`.

Codes the reports as `dateline code --format muc4` does and gives the file to ../shared/gold/tools/muc4_score.py (official task,
and the `gtt` metric of the reduced task). The weights of export/muc4.py were learned on dev; tst1 and tst2 are only measured.
Without ../shared/gold the script says so and ends with 0.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from dateline.batch import code_stream
from dateline.export.muc4 import muc4_line
from dateline.ingest import read_paths

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
SHOWN = ("ALL TEMPLATES", "TEXT FILTERING", "F-MEASURES", "95%", "gtt              micro")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("splits", nargs="*", default=["tst1", "tst2"])
    parser.add_argument("--bootstrap", type=int, default=1000, help="resamples of the interval")
    parser.add_argument("--no-model", action="store_true", help="code by knowledge alone")
    options = parser.parse_args()
    scorer = GOLD / "tools" / "muc4_score.py"
    if not scorer.exists():
        print("skipped: needs ../shared/gold")
        return 0
    for split in options.splits:
        key = GOLD / "muc4" / f"{split}.jsonl"
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "templates.jsonl"
            with told.open("wb") as out:
                for done in code_stream(read_paths([key]), render=muc4_line, model=not options.no_model):
                    if done.line is not None:
                        out.write(done.line + b"\n")
            official = ["official", "--key", key, "--response", told, "--bootstrap", str(options.bootstrap)]
            reduced = ["reduced", "--gold", key, "--pred", told]
            for task in (official, reduced):
                text = subprocess.run([sys.executable, scorer, *task], capture_output=True, text=True, check=True).stdout
                print("\n".join(f"{split} {line}" for line in text.split("\n") if line.startswith(SHOWN)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
