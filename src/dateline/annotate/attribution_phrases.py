"""Fixed phrases of attribution that no single verb carries: silence, doubt, unclear. Rules in `attribution_phrases.toml`."""

from __future__ import annotations

from dateline.annotate.attribution_spans import Found, Scene
from dateline.annotate.reading import Sentence


def phrase_cues(scene: Scene, sentence: Sentence, taken: list[Found]) -> list[Found]:
    return []
