"""Where events are lost and where they come from: `python benchmarks/causes.py [-o docs/causes.md]`.

Takes every missed and every invented event of our own gold, part dev (errors of part test are never read), and finds the step of
the coder that decides: the trigger words, the checks of a telling, the grouping, the plausibility. Counts them, with the
commonest kinds and three examples each (report and a few words). Without ../shared/gold the script says so and ends with 0.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "gold"), str(ROOT / "benchmarks")]

from accuracy import as_given  # noqa: E402
from join import joined  # noqa: E402
from sets import SHARED  # noqa: E402

from dateline.coder.events import draft_events, usable  # noqa: E402
from dateline.coder.lexicon import coder_lexicon  # noqa: E402
from dateline.coder.mentions import find_mentions  # noqa: E402
from dateline.coder.needs import met  # noqa: E402
from dateline.coder.plausible import threshold  # noqa: E402
from dateline.coder.triggers import find_triggers  # noqa: E402
from dateline.coder.typing import decide  # noqa: E402
from dateline.evaluate.files import Text  # noqa: E402
from dateline.evaluate.run import coded_reports, reports_of  # noqa: E402
from dateline.evaluate.scoring import score_reports  # noqa: E402
from dateline.export.codebook import to_codebook  # noqa: E402
from dateline.pipeline import Tools, annotate, code_report, load_tools, view_of  # noqa: E402
from dateline.types import Report  # noqa: E402

Json = dict[str, Any]
Spans = list[tuple[int, int]]
SHOWN, WORDS_SHOWN = 10, 4


class Error(NamedTuple):
    """One missed or invented event with its cause."""

    missed: bool
    cause: str
    kind: str
    example: str


class Stages(NamedTuple):
    """Spans of what each step of the coder holds, for one report."""

    known: Spans  # words of the lexicon, whether or not they are read as triggers
    triggers: Spans
    tellings: Spans
    typed: Spans
    needs: Spans  # with what their words ask for
    usable: Spans
    drafts: list[tuple[float, str, Spans]]


def stages(report: Report, tools: Tools) -> Stages:
    found, lexicon = annotate(report, tools), coder_lexicon()

    def spans(pairs: Any) -> Spans:
        reading = found.reading
        return [(reading.starts[first], reading.ends[last - 1]) for first, last in pairs]

    own = view_of(found)
    mentions = find_mentions(own, lexicon)
    kept = usable(own, mentions, lexicon)
    typed = [m for m in find_mentions(own, lexicon) if decide(own, m, lexicon)]
    drafts = [
        (e.score or 0.0, e.sub_type, spans(m.shown for m in group.mentions)) for group, e in draft_events(view_of(found))[0]
    ]
    words = range(len(found.reading))
    return Stages(
        spans((at, at + 1) for at in words if own.grammar.lemma(at) in lexicon.triggers),
        spans((t.first, t.last) for t in find_triggers(own, lexicon)),
        spans(m.shown for m in mentions),
        spans(m.shown for m in typed),
        spans(m.shown for m in typed if met(own, m)),
        spans(m.shown for m in kept),
        drafts,
    )


def meet(some: Spans, others: Spans) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def cause_of_miss(spans: Spans, kind: str, at: Stages) -> str:
    """The first step that does not hold the words of a gold event."""
    if not meet(spans, at.known):
        return "none of its words is in the lexicon of triggers"
    if not meet(spans, at.triggers):
        return "a known word, but not read as a trigger (tag, phrase, particle)"
    if not meet(spans, at.tellings):
        return "trigger read as no fact (negated, a wish, a name, a silence)"
    if not meet(spans, at.typed):
        return "no type fits what its words and sides tell"
    if not meet(spans, at.needs):
        return "a need of its words is unmet (armed side, place, number)"
    if not meet(spans, at.usable):
        return "refused as nature, sport, figure of speech, or told by another word"
    held = [(score, sub_type) for score, sub_type, told in at.drafts if meet(spans, told)]
    if not held:
        return "result or vague word, hung on no event"
    if max(held)[0] < threshold(tagged=True):
        return "draft found implausible"
    if kind in {sub_type for _, sub_type in held}:
        return "joined to another event of its kind"
    return "coded, but as another type, and taken for another event"


def cause_of_invention(event: Json, golds: list[Json], answered: set[str], refused: Spans) -> str:
    spans = [tuple(span) for span in event["trigger_spans"]]
    met = [gold for gold in golds if meet(spans, [tuple(span) for span in gold["trigger_spans"]])]  # type: ignore[misc, arg-type]
    if any(str(gold["id"]) in answered for gold in met):
        alike = any(gold["sub_type"] == event["sub_type"] for gold in met)
        kind = "the same kind" if alike else "another kind (its means, its result)"
        return f"a second event of {kind} for words of one that is answered already"
    if met:
        return "words of a gold event, but of another type, day and place"
    if meet(spans, refused):  # type: ignore[arg-type]
        return "what readers weighed and refused (anchor, vague, advice, attribution)"
    if event["type"] == "Statement":
        return "a remark taken for a statement of its own"
    if not event["foreground"]:
        return "a passing mention of older events"
    if not (event["actors"] or event["targets"] or event["figures"]):
        return "a bare noun of violence, nobody and no number with it"
    return "words that readers tell within another event, or not at all"


def errors(tools: Tools) -> list[Error]:
    pairs = list(joined("dev"))
    golds = {row["doc_id"]: row for row, _ in pairs}
    texts: list[Text] = [as_given(row, text) for row, text in pairs]
    reports = {report.doc_id: report for report in reports_of(texts, lambda fault: None)}
    coded = {doc_id: to_codebook(code_report(report, tools)) for doc_id, report in reports.items()}
    rows = score_reports(coded_reports(golds), coded_reports(coded))
    found: list[Error] = []
    answered: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.gold is not None and row.predicted is not None:
            answered[row.doc_id].add(str(row.gold.id))
    held: dict[str, Stages] = {}
    for row in rows:
        event = row.gold or row.predicted
        if event is None or (row.gold is not None and row.predicted is not None):
            continue
        doc_id = row.doc_id
        if row.gold is not None:
            held[doc_id] = held.get(doc_id) or stages(reports[doc_id], tools)
            told = next(one for one in golds[doc_id]["events"] if str(one["id"]) == str(event.id))
            cause = cause_of_miss([tuple(span) for span in told["trigger_spans"]], told["sub_type"], held[doc_id])
        else:
            told = next(one for one in coded[doc_id]["events"] if str(one["id"]) == str(event.id))
            refused = [(one["start"], one["end"]) for one in golds[doc_id].get("not_coded", []) if "start" in one]
            cause = cause_of_invention(told, golds[doc_id]["events"], answered[doc_id], refused)
        words = " ".join(event.words.split()[:WORDS_SHOWN])
        found.append(Error(row.gold is not None, cause, event.sub_type or "", f"{doc_id} “{words}”"))
    return found


def page(found: list[Error]) -> str:
    lines = [
        "# Why events are missed and invented", "",
        "Written by `python benchmarks/causes.py -o docs/causes.md` on our own gold, part dev: the step of the coder that",
        "decides, by how often. Examples are the report and the first words that name the event.",
    ]  # fmt: skip
    for missed, title in ((True, "Missed"), (False, "Invented")):
        some = [error for error in found if error.missed == missed]
        lines += ["", f"## {title}: {len(some)}", "", "| cause | events | commonest kinds | examples |", "|---|---:|---|---|"]
        for cause, count in Counter(error.cause for error in some).most_common(SHOWN):
            mine = [error for error in some if error.cause == cause]
            kinds = ", ".join(f"{kind} {n}" for kind, n in Counter(error.kind for error in mine).most_common(3))
            step = max(1, len(mine) // 3)
            shown = "; ".join(error.example for error in mine[::step][:3]).replace("|", "/")
            lines.append(f"| {cause} | {count} | {kinds} | {shown} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="file of the page (default: standard output)")
    options = parser.parse_args()
    if not SHARED.exists():
        print("skipped: needs ../shared/gold")
        return 0
    text = page(errors(load_tools()))
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
