"""What the net learns to say: columns of `tokens` and arcs, in the order of the outputs. The card of the model lists them too."""

from __future__ import annotations

SUB_TYPES = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Suicide bomb",
        "Remote explosive/landmine/IED",
        "Shelling/artillery/missile attack",
        "Air/drone strike",
        "Grenade",
        "Chemical weapon",
    ),
    "Violence against civilians": ("Attack", "Abduction/forced disappearance", "Sexual violence"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Troop movement",
        "Other",
    ),
    "Displacement": ("Flight", "Evacuation", "Return", "Stock"),
    "Statement": (
        "Threat",
        "Warning",
        "Demand",
        "Accusation",
        "Claim of responsibility",
        "Denial",
        "Pledge",
        "Condemnation",
    ),
}
EVENT = "event"  # the piece stands in words that name an event of the codebook, of any type
MARKS = ("foreground", "report")  # asked at triggers only: the report's own news; the report itself says so
ROLES = ("actor", "target", "place", "time", "weapon", "figure", "source")
MUC = ("muc:perp_ind", "muc:perp_org", "muc:phys", "muc:hum", "muc:instr")
TYPES = tuple(SUB_TYPES)
SUBS = tuple(f"{kind}/{sub}" for kind, subs in SUB_TYPES.items() for sub in subs)
TYPE_OF = {f"{kind}/{sub}": kind for kind, subs in SUB_TYPES.items() for sub in subs}
TOKENS = (EVENT, *TYPES, *SUBS, *MARKS, *ROLES, *MUC)
ARCS = (*ROLES, "same")
