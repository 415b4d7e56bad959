#!/usr/bin/env python3
"""How well merging finds incidents, on our own groups and on public sets; each figure with its baselines on the same items.

    .venv/bin/python benchmarks/incidents.py groups [--part dev|test] [--errors]  our own groups (gold/incidents)
    .venv/bin/python benchmarks/incidents.py groups --by-hand                      the same reports as coded and as coded by hand
    .venv/bin/python benchmarks/incidents.py doubtful [N]                          the N merges with the lowest score, to be read
    .venv/bin/python benchmarks/incidents.py outlets                               ucdp_multi_outlet: headlines, tolls
    .venv/bin/python benchmarks/incidents.py stories                               news_clusters: whole reports
    .venv/bin/python benchmarks/incidents.py mentions                              ecbplus_dev: gold event mentions

Needs ../shared/gold (texts). Scores are those of ../shared/gold/tools/evals.py.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from incident_baselines import average_link, mention_clusters, stem, tfidf  # noqa: E402

STORY = 0.12  # mean cosine of the texts of one story
GOLD = ROOT / "gold" / "incidents" / "incidents.jsonl"


def shared_gold() -> Path:
    for parent in (ROOT, *ROOT.parents):
        if (parent / "shared" / "gold").is_dir():
            return parent / "shared" / "gold"
    sys.exit("needs ../shared/gold: the texts are not in the repository")


def scorer() -> Any:
    """`clusters(gold, predicted)` of the shared tools."""
    spec = importlib.util.spec_from_file_location("evals", shared_gold() / "tools" / "evals.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.clusters


def code_set(name: str) -> list[Any]:
    """Codings of a set of the shared gold, with the day of publication that the set gives where the text tells none."""
    from dateline.api import code_many
    from dateline.types import Coding

    records = [json.loads(line) for line in (shared_gold() / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [one for one in code_many(records) if isinstance(one, Coding)]
    days = {record["doc_id"]: iso_day((record.get("norm") or {}).get("date")) for record in records}
    undated = {one.report.doc_id for one in found if one.report.published.day is None and days.get(one.report.doc_id)}
    again = [{**record, "published": days[record["doc_id"]]} for record in records if record["doc_id"] in undated]
    dated = {one.report.doc_id: one for one in code_many(again) if isinstance(one, Coding)}
    return [dated.get(one.report.doc_id, one) for one in found]


def iso_day(told: str | None) -> str | None:
    """A day of fakes_syria (4/16/17) in ISO form."""
    if not told:
        return None
    month, day, year = map(int, told.split("/"))
    return f"{2000 + year % 100}-{month:02}-{day:02}"


# ---- our own groups -------------------------------------------------------------------------------------------------


Item = tuple[str, tuple[tuple[int, int], ...]]  # doc_id, spans of the sentences that tell it


def gold_items(part: str | None) -> dict[Item, str]:
    """Every telling → label of its incident."""
    found = {}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        incident = json.loads(line)
        if part in (None, incident["part"]):
            for told in incident["tellings"]:
                found[told["doc_id"], tuple(map(tuple, told["spans"]))] = incident["incident"]
    return found


def event_of(item: Item, codings: Mapping[str, Any]) -> Any:
    """The event that tells what gold sentences tell: most of its words inside; statements and background last."""
    doc_id, spans = item

    original = codings[doc_id].report.original  # gold points into the text before repairs

    def inside(pieces: Sequence[Any]) -> int:
        starts = [original(words.start, words.end)[0] for words in pieces]
        return sum(start <= at < end for at in starts for start, end in spans)

    found = []
    for number, event in enumerate(codings[doc_id].events):
        told = [*(event.when.evidence if event.when else ()), *(event.where.evidence if event.where else ())]
        told += [words for one in (*event.actors, *event.targets, *event.figures) for words in one.evidence]
        if inside(event.trigger):
            rank = (event.type != "Statement", event.foreground, inside(event.trigger) + inside(told))
            found.append((rank, -number, event))
    return max(found, key=lambda one: one[:2])[2] if found else None


def groups(part: str | None, errors: bool) -> None:
    from dateline.merge.incidents import merge_events

    codings = code_set("fakes_syria") + code_set("news_clusters")
    by_doc = {one.report.doc_id: one for one in codings}
    incident_of = {
        (told.doc_id, told.name): incident.id for incident in merge_events(codings).incidents for told in incident.tellings
    }
    gold = gold_items(part)
    predicted, missed = {}, 0
    for item in gold:
        event = event_of(item, by_doc)
        missed += event is None
        predicted[item] = incident_of[item[0], event.id] if event else f"missed {item}"
    told = Counter(gold.values())
    print(
        f"{len(told)} incidents, {sum(n > 1 for n in told.values())} told twice or more; {len(gold)} tellings, {missed} not coded"
    )
    score = scorer()
    print(row("dateline", score(gold, predicted)))
    coded = {item: label for item, label in gold.items() if not predicted[item].startswith("missed")}
    print(row("  of tellings coded", score(coded, {item: predicted[item] for item in coded})))
    print(row("all alone", score(gold, {item: str(item) for item in gold})))
    print(row("same day and area", score(gold, {item: day_and_area(event_of(item, by_doc), item) for item in gold})))
    if errors:
        print_errors(gold, predicted, by_doc)


def by_hand(codings: Sequence[Any]) -> dict[str, Any]:
    """The codings by doc_id, with the events that own gold (part dev) tells where it has the report."""
    import msgspec

    from dateline.merge.lines import from_codebook

    sys.path.insert(0, str(ROOT / "gold"))
    from join import joined as gold_reports

    events = {}
    for told, _ in gold_reports("dev"):
        for event in told["events"]:
            (event.get("where") or {}).pop("relation", None)  # words of a place that are no kinds of the coder
        events[told["doc_id"]] = from_codebook(told).events
    return {one.report.doc_id: msgspec.structs.replace(one, events=events.get(one.report.doc_id, one.events)) for one in codings}


def coded_by_hand(part: str | None) -> None:
    """What merging reaches on events coded by hand, and on those of the coder: tellings of the same reports."""
    from dateline.merge.incidents import merge_events

    codings = {one.report.doc_id: one for one in code_set("fakes_syria") + code_set("news_clusters")}
    hand = by_hand(list(codings.values()))
    gold = {item: label for item, label in gold_items(part).items() if hand[item[0]].events is not codings[item[0]].events}
    print(f"{len(gold)} tellings in reports of own gold")
    for name, coded in (("as coded", codings), ("as coded by hand", hand)):
        found = {(told.doc_id, told.name): one.id for one in merge_events(coded.values()).incidents for told in one.tellings}
        events = {item: event_of(item, coded) for item in gold}
        predicted = {item: found[item[0], event.id] if event else f"missed {item}" for item, event in events.items()}
        print(row(name, scorer()(gold, predicted)))


def day_and_area(event: Any, item: object) -> str:
    """A baseline: the same first day and first-level area are one incident."""
    if event is None or event.when is None or event.where is None:
        return str(item)
    return f"{event.when.latest} {event.where.place.admin1 or event.where.place.name}"


def row(name: str, score: Mapping[str, Any]) -> str:
    pair = score["pairwise"]
    values = f"B3 {score['B3']:5.1f}  MUC {score['MUC']:5.1f}  CEAFe {score['CEAFe']:5.1f}  CoNLL {score['CoNLL']:5.1f}"
    return f"{name:<28} pairwise {pair}  {values}"


def print_errors(gold: Mapping[Any, str], predicted: Mapping[Any, str], by_doc: Mapping[str, Any]) -> None:
    items = list(gold)
    for i, a in enumerate(items):
        for b in items[i + 1 :]:
            same, found = gold[a] == gold[b], predicted[a] == predicted[b]
            if same != found:
                print("SPLIT" if same else "JOINED", gold[a], gold[b])
                for item in (a, b):
                    print("    ", item[0], describe(event_of(item, by_doc)))


def describe(event: Any) -> str:
    if event is None:
        return "not coded"
    when = (event.when.earliest, event.when.latest) if event.when else None
    where = (event.where.place.name, event.where.place.precision) if event.where else None
    return f"{event.id} {event.sub_type} {when} {where} {[(c.measure, c.low, c.high) for c in event.figures][:3]}"


# ---- public sets ----------------------------------------------------------------------------------------------------


def doubtful(number: int) -> None:
    """The least sure merges of all reports, with their sentences."""
    from dateline.merge.incidents import merge_events

    found = merge_events(code_set("fakes_syria") + code_set("news_clusters")).incidents
    told = {one.event_id: one for incident in found for one in incident.tellings}
    links = [(link.score, incident, link) for incident in found for link in incident.links]
    links = [one for one in links if told[one[2].a].foreground or told[one[2].b].foreground]
    for score, incident, link in sorted(links, key=lambda one: (one[0], one[1].id))[:number]:
        print(f"{score:.2f}  {incident.title}")
        for one in (told[link.a], told[link.b]):
            print(f"      {one.doc_id}.{one.name} {one.published}  {one.quote[:230]}")


def outlets() -> None:
    """Headlines of ucdp_multi_outlet within country and month: which tell one incident; and their tolls against UCDP's."""
    from dateline.api import code_text
    from dateline.merge.incidents import merge_events

    rows = [json.loads(line) for line in (shared_gold() / "ucdp_multi_outlet.jsonl").read_text(encoding="utf-8").splitlines()]
    gold: dict[str, str] = {}
    codings, deaths = [], {}
    for record in rows:
        deaths[str(record["id"])] = (record["low"], record["best"], record["high"])
        for number, report in enumerate(record["reports"]):
            doc_id = f"{record['id']}-{number}"
            gold[doc_id] = str(record["id"])
            codings.append(code_text(report["headline"] + ".", published=report["date"], outlet=report["office"], doc_id=doc_id))
    predicted = {doc_id: doc_id for doc_id in gold}
    found = merge_events(codings).incidents
    for incident in sorted(found, key=lambda one: -len(one.tellings)):
        for told in incident.tellings:
            if predicted[told.doc_id] == told.doc_id:
                predicted[told.doc_id] = incident.id
    coded = {one.report.doc_id for one in codings if one.events}
    print(f"{len(rows)} incidents, {len(gold)} headlines, {len(coded)} with an event")
    score = scorer()
    print(row("dateline", score(gold, predicted)))
    print(row("all alone", score(gold, {one: one for one in gold})))
    words = {one.report.doc_id: one.report.text for one in codings}
    print(row("TF-IDF average link 0.25", score(gold, average_link(tfidf(words), 0.25))))
    intervals(found, gold, deaths)


def intervals(found: Sequence[Any], gold: Mapping[str, str], deaths: Mapping[str, tuple[int, int, int]]) -> None:
    """Readings of the killed against UCDP's low, best and high."""
    counts: Counter[str] = Counter()
    for incident in found:
        labels = Counter(gold[told.doc_id] for told in incident.tellings)
        killed = next((one.recommended for one in incident.fields if one.field == "figures:killed"), None)
        if killed is None or killed.best is None:
            continue
        low, best, high = deaths[labels.most_common(1)[0][0]]
        counts["told"] += 1
        counts["best is UCDP's best"] += killed.best == best
        counts["best within UCDP's low and high"] += low <= killed.best <= high
        top = killed.high if killed.high is not None else 10**9
        counts["intervals meet"] += (killed.low or 0) <= high and low <= top
    print("killed told by", ", ".join(f"{name}: {number}" for name, number in counts.items()))


def stories() -> None:
    """Whole reports of news_clusters: two reports are of one story when they tell one incident, or their words are alike."""

    from dateline.merge.incidents import merge_events

    rows = [json.loads(line) for line in (shared_gold() / "news_clusters.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = {record["doc_id"]: str(record["event_id"]) for record in rows}
    codings = {one.report.doc_id: one for one in code_set("news_clusters")}
    texts = {record["doc_id"]: f"{record['title']}. {record['text']}" for record in rows}
    score = scorer()
    incidents = merge_events(codings.values()).incidents
    predicted = {one: one for one in gold}
    for incident in sorted(incidents, key=lambda one: len(one.tellings)):
        for told in incident.tellings:
            if len(incident.tellings) > 1:
                predicted[told.doc_id] = incident.id
    print(
        f"{len(gold)} reports, {len(set(gold.values()))} stories, {sum(bool(one.events) for one in codings.values())} with events"
    )
    print(row("dateline incidents alone", score(gold, predicted)))
    vectors = tfidf(texts)
    for threshold in (0.05, 0.1, 0.15):
        print(row(f"TF-IDF average link {threshold}", score(gold, average_link(vectors, threshold))))
    print(row("incidents and TF-IDF 0.1", score(gold, joined(predicted, average_link(vectors, 0.1)))))
    titles = {one: texts[one].split(".")[0] for one in texts}
    print(row("lemma of the title", score(gold, lemma_clusters(titles))))


def mentions() -> None:
    """Gold event mentions of ecbplus_dev within their topics."""
    rows = [json.loads(line) for line in (shared_gold() / "ecbplus_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    gold: dict[str, str] = {}
    lemma: dict[str, str] = {}
    lemma_sub: dict[str, str] = {}
    told: dict[str, tuple[str, str, str]] = {}
    subtopics = story_of(rows)
    texts = {}
    for record in rows:
        doc = record["doc_id"]
        for number, one in enumerate(record["mentions"]):
            if one["kind"] != "event":
                continue
            key, words = f"{doc}:{number}", record["sentences"][str(one["sent"])]
            gold[key] = one["chain"] if not one["chain"].startswith("Singleton") else key
            lemma[key] = f"{record['topic']} {lemma_of(one['text'])}"
            lemma_sub[key] = f"{subtopics[doc]} {lemma_of(one['text'])}"
            told[key] = (subtopics[doc], one["text"], " ".join(words))
            texts[key] = f"{one['text']} {one['text']} " + " ".join(words)
    score = scorer()
    print(f"{len(gold)} mentions, {len(set(gold.values()))} chains")
    print(row("dateline", score(gold, mention_clusters(told))))
    print(row("lemma within topic", score(gold, lemma)))
    print(row("lemma within found subtopic", score(gold, lemma_sub)))
    print(row("TF-IDF average link 0.3", score(gold, average_link(tfidf(texts), 0.3))))


def story_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Documents by story, found from their words within each topic."""
    found: dict[str, str] = {}
    topics: dict[str, dict[str, str]] = defaultdict(dict)
    for record in rows:
        topics[record["topic"]][record["doc_id"]] = " ".join(" ".join(one) for one in record["sentences"].values())
    for topic, texts in topics.items():
        found.update({doc: f"{topic} {name}" for doc, name in average_link(tfidf(texts), STORY).items()})
    return found


def lemma_of(text: str) -> str:
    return " ".join(map(stem, text.split()))


def lemma_clusters(titles: Mapping[str, str]) -> dict[str, str]:
    """A baseline: the rarest word of the title."""
    from dateline.merge.features import weight, words_of

    return {key: max(words_of(title) or ["-"], key=lambda word: (weight(word), word)) for key, title in titles.items()}


def joined(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Items that either clustering puts together."""
    from dateline.merge.cluster import Forest

    forest = Forest()
    for clustering in (one, other):
        for key, name in clustering.items():
            forest.join(key, f"{id(clustering)} {name}")
    return {key: forest.root(key) for key in one}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("groups", "doubtful", "outlets", "stories", "mentions"))
    parser.add_argument("number", nargs="?", type=int, default=50)
    parser.add_argument("--part", choices=("dev", "test"))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--by-hand", action="store_true")
    given = parser.parse_args()
    if given.what == "groups":
        coded_by_hand(given.part) if given.by_hand else groups(given.part, given.errors)
    elif given.what == "doubtful":
        doubtful(given.number)
    else:
        {"outlets": outlets, "stories": stories, "mentions": mentions}[given.what]()


if __name__ == "__main__":
    main()
