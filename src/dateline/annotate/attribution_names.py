"""Names, sides and chains of sources: pronouns and "the source" point back, who passes words on is `via`, joint sources part."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.annotate.attribution_active import main_subject
from dateline.annotate.attribution_grammar import head_of
from dateline.annotate.attribution_scene import STOPS, Found, Range, Scene
from dateline.annotate.attribution_spans import nearest_noun_phrase, subject_left
from dateline.annotate.parties_words import adjective_of
from dateline.resolve.sources import SourceLink, link_source
from dateline.types import Side

PERSON = frozenset({"he", "she", "him", "her", "who", "his"})
THING = frozenset({"it", "which", "its"})
MANY = frozenset({"they", "their", "them"})
FIRST = frozenset({"i", "we", "you", "my", "our"})
DEFINITE = frozenset({"the", "that", "this", "his", "its", "their", "her"})
MEMORY = 40  # voices that a pronoun can point back over
MONITORING = frozenset({"monitoring", "rights", "war", "monitor", "watchdog"})
STATE_RUN = frozenset({"state", "state-run", "state-owned"})
OUTLET_ENDS = frozenset({"tv", "television", "media", "agency", "radio"})
LONGEST_STATE = 3  # words: "state news agency"
OUTLETS = frozenset({"agency", "newspaper", "broadcaster", "website", "media arm"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a report says of one voice: `span` in tokens, `name` canonical or as told."""

    name: str
    side: Side | None
    source_id: str | None
    kind: str = ""
    words: str = ""
    span: Range | None = None
    via: str | None = None


REPORT = Named("report", None, None)


def name_sources(scene: Scene, found: list[Found]) -> list[list[Named]]:
    """The voices of each attribution, in order: one, or several where sources are joined by "and"."""
    past: list[Named] = []  # voices told so far, the latest last
    out: list[list[Named]] = []
    for item in found:
        voices = voices_of(scene, item, past)
        out.append(voices)
        past += [voice for voice in voices if voice.name != "report"]
    return out


def voices_of(scene: Scene, item: Found, past: list[Named]) -> list[Named]:
    if item.report and not item.source:
        return [REPORT]
    if item.report:  # "Reuters could not verify": the newsroom is the report's own voice
        return [replace(REPORT, span=item.source[0])]
    if not item.source or item.core is None:
        return [Named("", None, None)]
    parts = joined(scene, item.core)
    voices = [voice_of(scene, part, past) for part in parts]
    if len(parts) == 1:
        voices = [replace(voices[0], span=item.source[0])]
        quoted = quoted_inside(scene, item)
        if quoted is not None:
            inner = voice_of(scene, quoted, past)
            voices = [replace(inner, via=voices[0].name)]
    via = passed_on(scene, item, past)
    return [replace(voice, via=via) if via and via != voice.name and voice.via is None else voice for voice in voices]


def text_of(scene: Scene, span: Range) -> str:
    reading = scene.reading
    return " ".join(reading.text[reading.starts[span[0]] : reading.ends[span[1] - 1]].split())


def voice_of(scene: Scene, span: Range, past: list[Named], depth: int = 0) -> Named:
    """Name one noun phrase; pronouns and short definite phrases take the name of an earlier voice.

    `depth` bounds how often a pronoun may lead to a subject that is a pronoun itself ("he said that he said that he").
    """
    words = text_of(scene, span)
    lows = scene.lows[span[0] : span[1]]
    if len(lows) == 1 and lows[0] in THING | PERSON | MANY and span[0] and scene.lows[span[0] - 1] in {"which", "that", "what"}:
        sentence = scene.reading.sentences[scene.reading.sentence_of[span[0]]]
        subject = main_subject(scene, sentence, span[0] - 1)
        if subject is not None and depth < 3:
            return replace(voice_of(scene, subject, past, depth + 1), span=span)
    back = earlier(scene, span, past)
    if back is not None:
        return replace(back, span=span, words=words, via=None)
    if len(lows) == 1 and lows[0] in {"who", "which"}:
        before = antecedent(scene, span[0])
        if before is not None:
            return replace(voice_of(scene, before, past), span=span)
    link = link_source(words, scene.reading, index=scene.sources)
    if link.entry is None and STATE_RUN.issuperset(lows[:1]) and OUTLET_ENDS.issuperset(lows[-1:]) and scene.country:
        home = " ".join((adjective_of(scene.country), "state", *lows[1:]))  # "State TV" is that of the country told of
        link = link_source(home, scene.reading, index=scene.sources) if len(lows) <= LONGEST_STATE else link
    return of_link(link, words, span)


def of_link(link: SourceLink, words: str, span: Range) -> Named:
    entry = link.entry
    return Named(link.name, link.side, entry.id if entry else None, link.kind, words, span)


def antecedent(scene: Scene, at: int) -> Range | None:
    """The noun phrase before "who"."""
    end = at - 1 if at and scene.lows[at - 1] == "," else at
    sentence = scene.reading.sentences[scene.reading.sentence_of[at]]
    if end <= sentence.first:
        return None
    return nearest_noun_phrase(scene, end, sentence.first) or subject_left(scene, end, sentence.first)


def earlier(scene: Scene, span: Range, past: list[Named]) -> Named | None:
    """The earlier voice that a pronoun, "the source", "the monitor" or a family name points to."""
    if not past:
        return None
    lows = scene.lows[span[0] : span[1]]
    recent = past[: -MEMORY - 1 : -1]
    if len(lows) == 1:
        return by_pronoun(lows[0], recent) or by_family_name(scene.words[span[0]], recent)
    if lows[0] in DEFINITE and len(lows) <= 5 and lows[-1] in {"group", "monitor", "watchdog"} and set(lows) & MONITORING:
        return next((v for v in recent[:8] if v.source_id and v.kind in {"monitor", "rights group"}), None)
    if lows[0] in DEFINITE and len(lows) <= 3:
        head = lows[-1]
        if len(lows) == 2:
            for voice in recent[:12]:
                if heads(scene, span, voice, head):
                    return voice
            if head == "source":
                return recent[0]
            if scene.lex.nouns.get(head, ("",))[0] == "person" and recent[0].kind and named_person(recent[0]):
                return recent[0] if kindred(scene, head, recent[0]) else None
            if head in scene.lex.documents:
                return next((v for v in recent[:3] if not documentary(scene, v)), None)
        link = link_source(text_of(scene, span), scene.reading, index=scene.sources)
        if link.entry is None and len(lows) == 2:
            near = recent[:1] if head == "group" else recent[:8]
            return next((voice for voice in near if fits(voice, head)), None)
    if 2 <= len(lows) <= 3 and lows[0] in {"van", "de", "der", "von", "al", "el", "bin", "abu"}:
        tail = " " + text_of(scene, span).lower()
        return next((v for v in recent if v.name.lower().endswith(tail)), None)
    if len(lows) == 2 and lows[0] in {"mr", "mrs", "ms", "dr", "gen", "col", "president", "general"}:
        return by_family_name(scene.words[span[1] - 1], recent)
    if len(lows) == 3 and lows[1] == "·":
        return by_family_name(scene.words[span[1] - 1], recent)
    return None


def documentary(scene: Scene, voice: Named) -> bool:
    return not set(voice.words.lower().split()).isdisjoint(scene.lex.documents)


def heads(scene: Scene, span: Range, voice: Named, head: str) -> bool:
    """ "the spokesman" after "an army spokesman"; "the Observatory" after its full name, but "the UN" is nobody's short form."""
    word = scene.words[span[1] - 1]
    if " and " in voice.words:
        return False
    if word.isupper() and not scene.reading.upper and head not in scene.lex.titles:
        return False
    if word[0].isupper() and not word.isupper() and not scene.reading.upper:
        return head in voice.name.lower().split() and link_source(word, index=scene.sources).entry is None
    if head in voice.name.lower().split():
        return True
    body = scene.lex.nouns.get(head, ("",))[0] == "body"  # "the observatory" is not its head, whom "Observatory head Ali" named
    return head in voice.words.lower().replace(",", " ").replace("(", " ").replace(")", " ").split() and not (
        body and named_person(voice)
    )


def fits(voice: Named, head: str) -> bool:
    """ "the agency", "the monitor", "the group" for a named outlet, monitor or rights group."""
    if not voice.source_id:
        return False
    if head in {"agency", "newspaper", "channel", "broadcaster", "station", "outlet", "website", "daily", "paper"}:
        return voice.kind in OUTLETS
    if head in {"monitor", "watchdog", "observatory", "group", "organisation", "organization"}:
        return voice.kind in {"monitor", "rights group", "armed group"}
    return head == "ministry" and voice.kind == "ministry"


def by_pronoun(low: str, recent: list[Named]) -> Named | None:
    if low in PERSON - {"who"}:
        return next((v for v in recent if person_like(v)), None)
    if low in THING:
        return next((v for v in recent if not person_like(v) and not plural_like(v)), None) if low != "which" else None
    if low in MANY:
        return next((v for v in recent[:4] if plural_like(v)), None) or recent[0]
    return None


def person_like(voice: Named) -> bool:
    if voice.source_id or plural_like(voice):
        return voice.kind in {"spokesperson"}
    words = voice.name.split()
    named = (
        len(words) <= 4
        and bool(words)
        and all(w[0].isupper() or w.lower() in {"al", "bin"} for w in words)
        and not voice.words.lower().startswith("the ")
    )
    return voice.kind in {
        "official",
        "spokesperson",
        "security official",
        "commander",
        "witness",
        "medic",
        "activist",
        "expert",
        "journalist",
        "source",
        "candidate",
    } or (named and not voice.kind)


KINDRED = (frozenset({"official", "security official", "commander", "spokesperson"}),)  # kinds that the words for one person mix


def kindred(scene: Scene, head: str, voice: Named) -> bool:
    """ "the officer" after "Deputy Inspector Ali Haddad"."""
    kind = scene.lex.nouns[head][1]
    return kind == voice.kind or any({kind, voice.kind} <= kinds for kinds in KINDRED)


def named_person(voice: Named) -> bool:
    words = voice.name.split()
    return (
        not voice.source_id
        and 2 <= len(words) <= 4
        and all(w[0].isupper() or w.lower().startswith(("al", "bin", "el-")) for w in words)
    )


def plural_like(voice: Named) -> bool:
    last = voice.name.lower().split()[-1:] or [""]
    return not voice.source_id and (
        last[0] in {"police", "people"} or (last[0].endswith("s") and not last[0].endswith("ss") and voice.words[:1].islower())
    )


def by_family_name(word: str, recent: list[Named]) -> Named | None:
    """ "Ali" after "Musa Ali"."""
    if not word[:1].isupper() or len(word) < 3:
        return None
    return next(
        (
            v
            for v in recent
            if not v.source_id and " " in v.name and v.name.split()[-1].lower() == word.lower() and person_like(v)
        ),
        None,
    )


def joined(scene: Scene, core: Range) -> list[Range]:
    """ "a rebel source and the Observatory" are two voices, "Trade and Industry Ministry" is one."""
    lows = scene.lows
    for k in range(core[0] + 1, core[1] - 1):
        if lows[k] != "and" or scene.quote_of[k] != scene.quote_of[core[0]]:
            continue
        after = lows[k + 1]
        nouns = scene.lex.nouns
        opens = after in scene.lex.determiners or after in nouns or registered(scene, (k + 1, core[1]))
        opens = opens or (scene.words[k + 1][0].isupper() and any(low in nouns for low in lows[k + 2 : core[1]]))
        first = any(low in nouns for low in lows[core[0] : k]) or registered(scene, (core[0], k))
        first = first or (after in scene.lex.determiners and k - core[0] <= 3)
        if opens and first and not set(lows[core[0] : k]) & {"of", "for", "between", "with", "in"}:
            return [(core[0], k), *joined(scene, (k + 1, core[1]))]
    return [core]


def registered(scene: Scene, span: Range) -> bool:
    return link_source(text_of(scene, span), scene.reading, index=scene.sources).entry is not None


def quoted_inside(scene: Scene, item: Found) -> Range | None:
    """ "SANA, quoting a military source, said": the quoted one speaks, via SANA."""
    core_end, cue = item.core[1] if item.core else 0, item.cue[0]
    for k in range(core_end, min(cue, core_end + 4)):
        if scene.lows[k] in {"quoting", "citing"}:
            end = k + 1
            while end < cue and scene.lows[end] not in {",", "—", "–"}:
                end += 1
            return (k + 1, end) if end > k + 1 else None
    return quoted_after(scene, item)


def quoted_after(scene: Scene, item: Found) -> Range | None:
    """ "state agency Nura said, quoting a military source": the quoted one ends the sentence or a comma does."""
    sentence = scene.reading.sentences[item.sentence]
    if item.content and item.content[-1][1] > item.cue[1]:
        return None  # what follows the cue is what was said
    for k in range(item.cue[1], min(sentence.last - 1, item.cue[1] + 7)):
        if scene.lows[k] in {"quoting", "citing"}:
            end = k + 1
            while end < sentence.last and scene.lows[end] not in STOPS and not scene.verb_like(end):
                end += 1
            head = head_of(scene, (k + 1, end)) if end > k + 1 else k
            speaks = scene.lex.nouns.get(scene.lows[head], ("document",))[0] != "document" or registered(scene, (k + 1, end))
            return (k + 1, end) if speaks and end > k + 1 else None
        if scene.verb_like(k):
            return None
    return None


def passed_on(scene: Scene, item: Found, past: list[Named]) -> str | None:
    """The outlet that the source spoke to or through: "told AFP", "was quoted by SANA as saying"."""
    if item.through is not None:
        return voice_of(scene, item.through, past).name
    if item.addressee is not None:
        link = link_source(text_of(scene, item.addressee), scene.reading, index=scene.sources)
        if link.entry is not None and link.entry.kind in OUTLETS:
            return link.entry.name
        if scene.lows[item.addressee[1] - 1] in {"agency"} and past:
            back = earlier(scene, item.addressee, past)
            return back.name if back is not None else None
    return None
