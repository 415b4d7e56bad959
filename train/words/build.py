"""Builds src/dateline/knowledge/word_tags.tsv and word_tag_contexts.tsv from sentences tagged by a teacher.

usage: build.py TAGGED.jsonl OUT_DIR          (a line: [all capitals?, words, Penn tags, lemmas])

A word gets its commonest tag; where its left neighbour's tag (and its right neighbour's commonest tag) tell otherwise often
enough, that context is kept as an exception. Every tenth sentence is left out and prints the accuracy.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

HEADER = """# {what}
# Made by train/words/build.py from conflict news (fakes_syria CC BY 4.0, MUC-3/4 public DARPA distribution, ECB+ CC BY 3.0,
# WikiEvents MIT, news_clusters Apache-2.0, re3d, PETRARCH MIT, UCDP headlines CC BY 4.0), tagged by spaCy en_core_web_md
# 3.7.1 (MIT). Counts and rules only.
"""
LEAST = 2  # a word seen once is left to its shape


def key_of(word: str, first: bool, low: bool) -> str:
    """Capitalised words inside a sentence have an entry of their own."""
    return "^" + word.lower() if word[:1].isupper() and not first and not low else word.lower()


def shape_of(word: str, first: bool) -> str:
    cap = "A" if word[:1].isupper() and not first else "a"
    if word[:1].isdigit():
        return "0"
    if not word[:1].isalpha():
        return word if len(word) == 1 else "?"
    return f"{cap}-{word.lower()[-3:]}"


def main(tagged: str, out: str) -> None:
    rows = [json.loads(line) for line in Path(tagged).read_text().splitlines()]
    train = [r for i, r in enumerate(rows) if i % 10]
    held = [r for i, r in enumerate(rows) if not i % 10]
    lex, shapes, lemmas = defaultdict(Counter), defaultdict(Counter), defaultdict(Counter)
    for low, words, tags, lem in train:
        for i, (w, t, l) in enumerate(zip(words, tags, lem, strict=True)):
            lex[key_of(w, i == 0, low)][t] += 1
            shapes[shape_of(w, i == 0)][t] += 1
            if t[0] in "NVJ" and not t.startswith("NNP"):
                lemmas[w.lower(), t][l.lower()] += 1
    best = {k: c.most_common(1)[0][0] for k, c in lex.items() if sum(c.values()) >= LEAST}
    shape = {k: c.most_common(1)[0][0] for k, c in shapes.items() if sum(c.values()) >= 8}

    def base(w: str, first: bool, low: bool) -> str:
        k = key_of(w, first, low)
        got = best.get(k)
        if got is None and k.startswith("^"):
            return "NNP"
        return got or shape.get(shape_of(w, first)) or ("NNP" if w[:1].isupper() else "CD" if w[:1].isdigit() else "NN")

    one, two = defaultdict(Counter), defaultdict(Counter)
    for low, words, tags, _ in train:
        bases = [base(w, i == 0, low) for i, w in enumerate(words)] + ["$"]
        for i, t in enumerate(tags):
            k = key_of(words[i], i == 0, low)
            c = lex.get(k)
            if c is None or (sum(c.values()) >= 4 and c.most_common(1)[0][1] > 0.985 * sum(c.values())):
                continue
            name = k if sum(c.values()) >= 6 else "*" + bases[i]
            prev = tags[i - 1] if i else "^"
            one[name, prev][t] += 1
            two[name, prev, bases[i + 1]][t] += 1
    contexts = {}
    for (k, prev), c in one.items():
        t, n = c.most_common(1)[0]
        if n >= 2 and n > 0.55 * sum(c.values()) and t != best.get(k, k[1:]):
            contexts[k, prev, ""] = t
    for (k, prev, nxt), c in two.items():
        t, n = c.most_common(1)[0]
        if n >= 2 and n > 0.6 * sum(c.values()) and t != contexts.get((k, prev, ""), best.get(k, k[1:])):
            contexts[k, prev, nxt] = t

    right = total = 0
    wrong = Counter()
    for low, words, tags, _ in held:
        bases = [base(w, i == 0, low) for i, w in enumerate(words)] + ["$"]
        prev = "^"
        for i, gold in enumerate(tags):
            k = key_of(words[i], i == 0, low)
            name = k if k in best else "*" + bases[i]
            t = contexts.get((name, prev, bases[i + 1])) or contexts.get((name, prev, "")) or bases[i]
            total += 1
            right += t == gold
            if t != gold:
                wrong[gold, t] += 1
            prev = t
    print(
        f"{len(best)} words, {len(contexts)} contexts, {len(shape)} shapes; "
        f"held-out accuracy {100 * right / total:.2f} % of {total}"
    )
    print(wrong.most_common(25))
    folder = Path(out)
    with (folder / "word_tags.tsv").open("w", encoding="utf-8") as file:
        file.write(
            HEADER.format(
                what="Commonest part of speech of a word (Penn tags), its lemma where it is not regular. "
                "'^' = capitalised inside a sentence; '~' = an ending."
            )
        )
        file.write("word\ttag\n")
        for k in sorted(best):
            if best[k] != "NNP" or not k.startswith("^"):
                file.write(f"{k}\t{best[k]}\n")
        for k in sorted(shape):
            file.write(f"~{k}\t{shape[k]}\n")
    with (folder / "word_tag_contexts.tsv").open("w", encoding="utf-8") as file:
        file.write(
            HEADER.format(
                what="Tag of a word after a tag (and before a word of a tag) where it is not its commonest one. "
                "'*X' = rare words of tag X."
            )
        )
        file.write("word\tprev\tnext\ttag\n")
        for (k, prev, nxt), t in sorted(contexts.items()):
            file.write(f"{k}\t{prev}\t{nxt}\t{t}\n")
    with (folder / "word_lemmas.tsv").open("w", encoding="utf-8") as file:
        file.write(HEADER.format(what="Lemma of a word form where the endings do not tell it."))
        file.write("word\ttag\tlemma\n")
        forms = {}
        for (w, t), c in lemmas.items():
            lemma, n = c.most_common(1)[0]
            if n >= LEAST and t in ("VBD", "VBN", "VBG", "VBZ", "NNS") and lemma != w and lemma.isalpha():
                forms[w, t] = lemma
        for line in (Path(__file__).parent / "lemmas.tsv").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                w, t, lemma = line.split("\t")
                forms[w, t] = lemma
        for (w, t), lemma in sorted(forms.items()):
            file.write(f"{w}\t{t}\t{lemma}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
