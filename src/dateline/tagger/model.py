"""Loads the shipped tagger (models/tagger-en-1) and reads reports with it: onnxruntime, tokenizers and numpy.

A model is a folder: `card.toml` (what it is, what it was trained on, what it may be used for, sha256 of the other files),
`model.onnx` (the net, int8) and `tokenizer.json`. One thread unless said otherwise; the same text gives the same tags.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import ModelError
from dateline.tagger.windows import cut, owners

if TYPE_CHECKING:
    from dateline.tagger.tags import Tags

SHIPPED = Path(__file__).parent.parent / "models" / "tagger-en-1"
CLS, SEP = 101, 102
REMEDY = "install dateline again, or code by knowledge alone with --no-model"


@dataclass(frozen=True, slots=True)
class Tagger:
    """A loaded model. `tag` reads one text."""

    name: str
    labels: dict[str, int]
    arcs: dict[str, int]
    tokenizer: Any
    session: Any

    def tag(self, text: str) -> Tags | None:
        """Labels and arcs of a text; None for a text without words.

        The windows of one text are equally long and go through the net together.
        """
        import numpy as np

        from dateline.tagger.tags import Tags

        told = self.tokenizer.encode(text, add_special_tokens=False)
        windows = cut(len(told.ids))
        if not windows:
            return None
        ids = np.array([[CLS, *told.ids[a:b], SEP] for a, b in windows], dtype=np.int64)
        parts = [self.session.run(None, {"ids": ids[at : at + BATCH]}) for at in range(0, len(ids), BATCH)]
        tokens, left, right = (np.concatenate(part) for part in zip(*parts, strict=True))

        def joined(part: Any) -> Any:
            mine = zip(part, windows, owners(windows), strict=True)
            return np.concatenate([rows[1 + a - first : 1 + b - first] for rows, (first, _), (a, b) in mine])

        count, size = len(told.ids), left.shape[-1] // len(self.arcs)
        starts, ends = ([offset[side] for offset in told.offsets] for side in (0, 1))
        sides = [joined(part).reshape(count, len(self.arcs), size) for part in (left, right)]
        return Tags(starts, ends, joined(tokens), sides[0], sides[1], self.labels, self.arcs, self.name)


BATCH = 4  # windows at once: more need more memory and are slower


def load_tagger(folder: Path = SHIPPED, *, threads: int = 1) -> Tagger:
    """Load a model folder. Raises ModelError where a file is missing, damaged or not of this model."""
    card = read_card(folder)
    for name, told in card["files"].items():
        path = folder / name
        if not path.is_file():
            raise ModelError("is missing", where=str(path), remedy=REMEDY)
        if hashlib.sha256(path.read_bytes()).hexdigest() != told:
            raise ModelError("is damaged: its sha256 is not that of card.toml", where=str(path), remedy=REMEDY)
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ModelError(f"{error.name} is not installed", where=str(folder), remedy=REMEDY) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    outputs = card["outputs"]
    return Tagger(
        card["name"],
        {name: i for i, name in enumerate(outputs["labels"])},
        {name: i for i, name in enumerate(outputs["arcs"])},
        Tokenizer.from_file(str(folder / "tokenizer.json")),
        session,
    )


def read_card(folder: Path) -> dict[str, Any]:
    """The card of a model. Raises ModelError."""
    path = folder / "card.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError("is missing", where=str(path), remedy=REMEDY) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"is damaged ({error})", where=str(path), remedy=REMEDY) from error
