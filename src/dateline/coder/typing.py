"""From class of word to codebook type: what the clause says about means, sides and ground decides (CODEBOOK section 3)."""

from __future__ import annotations

from dateline.coder.doers import quoted_speaker
from dateline.coder.lexicon import CoderLexicon
from dateline.coder.mention import ARMED, Mention
from dateline.coder.needs import lemmas_in, nouns, place_in, widened
from dateline.coder.view import View
from dateline.knowledge import wordlists

WORDS = wordlists("coder")
AIR_WORDS = WORDS["air_words"]
ARMED_NOUNS = WORDS["armed_nouns"]
COLLAPSE_VERBS = WORDS["collapse_verbs"]
UNOPPOSED = WORDS["unopposed"]
EXPLOSIVE_CLASSES = ("suicide", "chemical", "airstrike", "shelling", "grenade", "bombing")
IED, SUICIDE, SHELLS, AIR = (
    "Remote explosive/landmine/IED",
    "Suicide bomb",
    "Shelling/artillery/missile attack",
    "Air/drone strike",
)
SOFT_WORDS = {
    **dict.fromkeys(["blast", "explosion", "explode", "detonate"], frozenset((IED, SUICIDE))),
    **dict.fromkeys(["bombing", "bomb"], frozenset((IED, SUICIDE, AIR))),
    **dict.fromkeys(["bombardment", "bombard", "pound", "barrage"], frozenset((SHELLS, AIR))),
    **dict.fromkeys(
        ["attack", "kill", "wound", "injure", "die", "hit", "target", "strike"], frozenset((IED, SUICIDE, SHELLS, AIR))
    ),
}
FIRM_CLASSES = frozenset(("suicide", "airstrike", "chemical", "grenade"))
EVENT_WEAPONS = WORDS["event_weapons"]
LABOUR = WORDS["labour"]
TEST_WORDS = WORDS["test_words"]
HARD_MEANS = frozenset(("roadside bomb", "rocket", "mortar", "artillery", "missile"))
CROWD = frozenset(("protesters", "rioters"))
CIVIL = frozenset(
    ("civilians", "individual", "protesters", "government", "party or union", "international body", "infrastructure", "building")
)
AIRCRAFT = WORDS["aircraft"]
FORCE_WORDS = WORDS["force_words"]
MOB_WORDS = WORDS["mob_words"]
AIMS = WORDS["aims"]
CAMPAIGN_AIMS = WORDS["campaign_aims"]


def decide(view: View, mention: Mention, lexicon: CoderLexicon) -> bool:
    """Set type, sub-type and `by` of a mention. False when the words turn out to tell of nothing that is coded."""
    if mention.status == "threatened" and mention.event_class.type != "Statement":
        mention.chosen = "threat"
        mention.actors = quoted_speaker(view, mention) or mention.actors
        set_type(mention, "threat", lexicon)
        return mention.event_class.type in THREATENABLE
    name = mention.event_class.name
    handler = HANDLERS.get(name)
    chosen = handler(view, mention) if handler else name
    if chosen is None:
        return False
    mention.chosen = chosen
    set_type(mention, chosen, lexicon)
    mention.vague = mention.event_class.vague and chosen == name
    mention.soft = soft_types(view, mention)
    refine_sides(view, mention)
    return True


def soft_types(view: View, mention: Mention) -> frozenset[str]:
    """Sub-types that the trigger word leaves open, unless the means are told beside it."""
    if (
        mention.type != "Explosions/Remote violence"
        or mention.event_class.name in FIRM_CLASSES
        or any(w.word.kind in HARD_MEANS for w in mention.weapons)
    ):
        return frozenset()
    if view.reading.lows[mention.trigger.first] in ("third", "fourth", "second"):
        return frozenset()
    found = [
        SOFT_WORDS[w] for t in range(mention.trigger.first, mention.trigger.last) if (w := view.grammar.lemma(t)) in SOFT_WORDS
    ]
    return frozenset().union(*found) - {mention.sub_type} if found else frozenset()


THREATENABLE = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians"))


def set_type(mention: Mention, chosen: str, lexicon: CoderLexicon) -> None:
    known = lexicon.classes.get(chosen)
    if known is not None:
        mention.type, mention.sub_type = known.type, known.sub_type
    else:
        mention.type, mention.sub_type = chosen.split("/", 1)
    mention.by = f"code.{mention.event_class.name}:{mention.trigger.rule.where}"


def weapon_class(view: View, mention: Mention) -> str | None:
    """Class that the weapons of the clause make of an attack, the most telling first."""
    words = {view.reading.lows[t] for t in range(*mention.clause)}
    own = range(*mention.shown)
    classes = {
        w.word.event_class
        for w in mention.weapons
        if mention.trigger.verb is None or mention.event_class.result or w.first in own or w.word.words[-1] not in EVENT_WEAPONS
    }
    if "suicide" in words or "suicide" in classes:
        return "suicide"
    return next((c for c in EXPLOSIVE_CLASSES if c in classes), None)


def attack(view: View, mention: Mention) -> str | None:
    if labour_strike(view, mention):
        return "protest"
    if any(p.record.kind == "rioters" for p in mention.actors):
        return "Riots/Mob violence" if lemmas_in(view, mention.roles.actors) & MOB_WORDS else "riot"
    if mention.trigger.rule.words == ("operation",) and campaign(view, mention):
        return "clash"
    found = weapon_class(view, mention)
    if found:
        return found
    words = {view.reading.lows[t] for t in range(*mention.shown)}
    if words & {"air", "aerial", "airborne"} or (mention.trigger.rule.words == ("strike",) and flown(view, mention)):
        return "airstrike"
    if words & {"chemical", "gas"}:
        return "chemical"
    return mention.event_class.name


def campaign(view: View, mention: Mention) -> bool:
    """ "continued its operations against", "began an operation to retake the town": fighting, told by its name only."""
    if not any(p.record.kind in ARMED for p in mention.actors):
        return False
    last = mention.trigger.last
    after = view.reading.lows[last : last + 2]
    aim = after[:1] == ["to"] and view.grammar.lemma(last + 1) in CAMPAIGN_AIMS
    against = after[:1] == ["against"] and any(p.record.kind in ARMED for p in mention.targets)
    return aim or against


def labour_strike(view: View, mention: Mention) -> bool:
    """ "a strike by transport workers": those who strike work, not those who fly."""
    if mention.trigger.rule.words != ("strike",) or mention.trigger.verb is not None:
        return False
    sentence = mention.trigger.sentence
    return bool(set(view.reading.lows[sentence.first : sentence.last]) & LABOUR) and not flown(view, mention)


def flown(view: View, mention: Mention) -> bool:
    """ "strikes" by those who fly, in a report that tells of aircraft."""
    kinds = {p.record.kind for p in mention.actors}
    aerial = any(low in AIR_WORDS for low in view.reading.lows)
    if mention.trigger.verb is not None:
        return aerial and bool(kinds & {"state force", "external force", "government", "international body"})
    return aerial and not kinds & {"rebel group", "protesters", "party or union", "civilians"}


def bombing(view: View, mention: Mention) -> str | None:
    found = weapon_class(view, mention)
    if found in ("suicide", "chemical", "airstrike"):
        return found
    if found in ("shelling", "grenade") and not any(w.word.event_class == "bombing" for w in mention.weapons):
        return found
    aerial = any(p.record.kind in ("state force", "external force", "government", "international body") for p in mention.actors)
    device = any(w.word.event_class == "bombing" and w.word.words[-1] != "bombing" for w in mention.weapons)
    return "airstrike" if aerial and not device and mention.trigger.rule.words[0] in ("bombing", "bomb") else "bombing"


def fire(view: View, mention: Mention) -> str | None:
    regions = [(mention.trigger.first - 2, mention.trigger.last + 11), *mention.roles.objects, *mention.roles.actors]
    near = [w for w in mention.weapons if any(a <= w.first < b for a, b in regions)]
    if not near and mention.trigger.rule.words[0] not in ("shell", "bombard", "pound"):
        return None if mention.trigger.verb is not None else "shelling"
    kinds = {w.word.kind for w in near}
    clause = {view.reading.lows[t] for t in range(*mention.clause)}
    if "missile" in kinds and clause & TEST_WORDS and any(p.record.kind == "government" for p in mention.actors):
        return "other"
    if "chemical" in kinds:
        return "chemical"
    if "airstrike" in kinds or "drone" in kinds:
        return "airstrike"
    if kinds == {"small arms"}:
        return "shoot"
    if kinds & {"other", "fire"} and not kinds & {"rocket", "missile", "artillery", "mortar"}:
        return None
    if "grenade" in kinds:
        return "grenade"
    return "shelling"


def capture(view: View, mention: Mention) -> str | None:
    if set(view.reading.lows[mention.trigger.last : mention.clause[1]]) & UNOPPOSED:
        return "transfer"
    if aimed(view, mention):
        return "clash"
    if mention.trigger.rule.words[0] in ("recover", "seize", "capture") and found_arms(view, mention):
        return "disrupt"
    people = [p for p in mention.targets if p.record.kind not in ("infrastructure", "building", "vehicle")]
    ground = place_in(view, mention)
    lead = mention.trigger.rule.words[0]
    if not ground and people and lead in ("capture", "seize"):
        return "arrest" if any(p.record.kind in ("state force", "government") for p in mention.actors) else "abduct"
    if lead in ("fall", "land") and any(
        a <= w.first < b for w in mention.weapons for a, b in mention.roles.objects + mention.roles.actors
    ):
        return "shelling"
    if lead == "land" or (lead in ("enter", "clear") and not any(p.record.kind in ARMED for p in mention.actors)):
        return None
    if lead == "fall":
        lows = view.reading.lows
        after = lows[mention.trigger.last : mention.trigger.last + 4]
        if ("to" not in after and "into" not in after and "under" not in after) or set(after) & {
            "ground",
            "death",
            "bits",
            "ill",
        }:
            return None
    return "capture"


def found_arms(view: View, mention: Mention) -> bool:
    """ "a bomb was recovered from the spot", "seized 82 rifles": found before they were used."""
    named = [(first, last) for first, last in mention.roles.objects or mention.roles.targets]
    heads = {view.grammar.lemma(last - 1) for _, last in named}
    return bool(heads & nouns()["cache"]) or any(
        w.word.event_class == "bombing" and a <= w.first < b
        for w in mention.weapons
        for a, b in mention.roles.objects + mention.roles.targets
    )


def aimed(view: View, mention: Mention) -> bool:
    """Ground that is only tried for is fought over: "an operation aimed at capturing Raqqa", "trying to take back"."""
    verb = mention.trigger.verb
    if verb is None:
        return False
    before = view.reading.lows[max(mention.trigger.sentence.first, verb.first - 5) : verb.first]
    purpose = verb.form == "ing" and before[-1:] and before[-1] in ("at", "on", "of", "for", "toward", "towards")
    return mention.status == "attempted" or bool(purpose and set(before) & AIMS)


def arrest(view: View, mention: Mention) -> str | None:
    rebels = any(p.record.kind in ("rebel group", "political militia") for p in mention.actors)
    return "abduct" if rebels and mention.trigger.verb is not None else "arrest"


def protest(view: View, mention: Mention) -> str | None:
    sentence = mention.trigger.sentence
    words = {view.grammar.lemma(t) for t in range(sentence.first, sentence.last)}
    if words & FORCE_WORDS:
        return "Protests/Protest with intervention"
    if (
        "violent" in view.reading.lows[mention.shown[0] : mention.shown[1]]
        or words & {"stone", "molotov", "vandalize", "vandalise", "torch", "riot"}
        or (words & {"clash"} and words & {"police"})
    ):
        return "Riots/Violent demonstration"
    return "protest"


def clash(view: View, mention: Mention) -> str | None:
    sides = mention.actors + mention.targets
    if any(p.record.kind in CROWD for p in sides) or lemmas_in(view, mention.roles.actors + mention.roles.targets) & {
        "protester",
        "demonstrator",
        "student",
        "rioter",
    }:
        return "riot"
    return "clash"


def disrupt(view: View, mention: Mention) -> str | None:
    objects = lemmas_in(view, mention.roles.objects or mention.roles.targets)
    if objects & AIRCRAFT and not objects & {"drone", "uav"}:
        return "Battles/Armed clash"
    return "disrupt"


def destroy(view: View, mention: Mention) -> str | None:
    """Bombs and missiles destroyed before they strike are disrupted weapons, not property."""
    region = (
        [(mention.trigger.last, mention.trigger.last + 6), *mention.roles.objects]
        if mention.trigger.verb is not None
        else mention.roles.objects
    )
    explosive = {"bomb", "vehicle bomb", "roadside bomb", "rocket", "missile", "drone", "suicide vest"}
    if mention.trigger.verb is not None and any(
        w.word.kind in explosive and a <= w.first < b for w in mention.weapons for a, b in region
    ):
        mention.attached = False
        mention.disrupts = True
        return "disrupt"
    return "destroy"


def shoot(view: View, mention: Mention) -> str | None:
    guns = [w for w in mention.weapons if w.word.kind in ("artillery", "rocket", "mortar", "missile")]
    if any(a <= w.first < b for w in guns for a, b in mention.roles.actors):
        return "shelling"  # "tanks opened fire on houses"
    if any(p.record.kind == "protesters" for p in mention.targets):
        return "Protests/Excessive force against protesters"
    return "shoot"


def hurt(view: View, mention: Mention) -> str | None:
    found = weapon_class(view, mention)
    return (
        found
        if found
        else shoot(view, mention)
        if mention.event_class.name != "shoot" and any(p.record.kind == "protesters" for p in mention.targets)
        else mention.event_class.name
    )


def other(view: View, mention: Mention) -> str | None:
    return "other"


def move(view: View, mention: Mention) -> str | None:
    """Those who cross a border are troops or people in flight."""
    if mention.trigger.rule.words[0] == "cross" and not any(p.record.kind in ARMED for p in mention.actors):
        people = any(p.record.kind == "civilians" for p in mention.actors)
        if people or lemmas_in(view, mention.roles.actors) & nouns()["displaced"]:
            return "flee"
    return "move"


def agree(view: View, mention: Mention) -> str | None:
    """A cease-fire that collapses is no agreement (CODEBOOK section 4)."""
    verb = mention.roles.governor
    return "other" if verb is not None and verb.lemma in COLLAPSE_VERBS else "agree"


HANDLERS = {
    "agree": agree,
    "attack": attack,
    "kill": hurt,
    "wound": hurt,
    "die": hurt,
    "bombing": bombing,
    "bomb": bombing,
    "shelling": fire,
    "fire": fire,
    "move": move,
    "capture": capture,
    "arrest": arrest,
    "protest": protest,
    "clash": clash,
    "disrupt": disrupt,
    "destroy": destroy,
    "shoot": shoot,
}


def armed_target(mention: Mention) -> bool:
    """The target is an armed side, or its post, patrol or convoy."""
    return any(p.record.kind in ARMED or set(p.record.name.lower().split()) & ARMED_NOUNS for p in mention.targets)


def refine_sides(view: View, mention: Mention) -> None:
    """Types that depend on who stands on each side."""
    actors, targets = {p.record.kind for p in mention.actors}, {p.record.kind for p in mention.targets}
    actors = actors or {p.record.kind for r in mention.roles.actors for p in view.parties_over(r)}
    if mention.event_class.name == "capture" and mention.sub_type == "Government regains territory":
        if (
            (
                actors & {"rebel group", "political militia", "communal militia", "unknown"}
                and not actors
                & {
                    "state force",
                    "government",
                }
            )
            or (not actors and targets & {"state force", "government"})
            or lemmas_in(view, [widened(view, r) for r in mention.roles.actors]) & nouns()["insurgent"]
        ):
            mention.sub_type = "Non-state actor overtakes territory"
        return
    if mention.type == "Violence against civilians" and mention.sub_type == "Attack":
        if lemmas_in(view, mention.roles.actors) & MOB_WORDS and not actors & ARMED:
            mention.type, mention.sub_type = "Riots", "Mob violence"
        elif (
            armed_target(mention)
            and not targets & {"civilians", "individual"}
            and (actors & ARMED or not mention.event_class.result)
        ):
            mention.type, mention.sub_type = "Battles", "Armed clash"
