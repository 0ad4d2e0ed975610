"""What a measure says of itself, from its declaration alone: for "Så räknar vi" and for the page in docs/."""

from collections.abc import Collection, Mapping

from dashboard.texts.numbers import in_sentence, in_words
from schemas import limits
from schemas.dimensions import BREAKDOWNS, KON, NIVA, NO_BREAKDOWN, PERIODTYP
from schemas.lattice import of_measure
from schemas.measure import (
    AnyMeasure,
    Better,
    Count,
    Counted,
    Curve,
    Distribution,
    Landmark,
    Occupation,
    Resource,
    Selection,
    Share,
    Workload,
)
from schemas.measures import MEASURES

Terms = list[tuple[str, str]]
HOW, CAVEATS = "Så räknar vi", "Att tänka på"  # the headings over what it says
WITH_VALUES = frozenset(
    {"varde", "kurva", "landmark"}
)  # tables of a measure's own figures, not of what is made of them
YEARLY = {PERIODTYP.label_of("r12"): NIVA.ids}  # a selection is shown as its shares are
BETTER = {
    Better.HIGHER: "Högre är bättre.",
    Better.LOWER: "Lägre är bättre.",
    Better.NEITHER: "Måttet har ingen bättre riktning: högre eller lägre är inte i sig bra eller dåligt.",
}
COUNTED = {
    Counted.CASES: "sjukfall, inte personer",
    Counted.PERSONS: "personer, inte sjukfall",
    Counted.CERTIFICATES: "intyg, inte sjukfall",
    Counted.MESSAGES: "meddelanden, inte intyg",
}
LISTED = "Medelantalet listade {alder_fran}–{alder_till} år på enheten under perioden. Saknas det visas bara täljaren."
GAP = "Skillnadens intervall gäller skillnaden, inte de två värdena var för sig."
ARMS = "Insats senast den dagen, och inte ännu. Bara sjukfall som fortfarande pågår den dagen är med."
OF_SHARES = "Intervall 95 %: Wilson. Skillnad: MOVER. Kvot: MOVER-R."
INTERVALS = {
    Share: OF_SHARES,
    Selection: OF_SHARES,
    Count: "Intervall 95 %: Byar, exakt Poisson under tio, vidgat för att samma person kan räknas flera gånger (person som "
    "kluster). Skillnad: MOVER. Kvot: MOVER-R.",
    Distribution: "Intervall 95 %: Students t för medelvärdet, justerat för skevhet, ordningsstatistik för kvartilerna. "
    "Skillnad: MOVER. Kvot: MOVER-R.",
    Curve: "Aalen–Johansen med intervall 95 % på log-log-skala. Skillnad: MOVER. Kvot: MOVER-R. Hela kurvorna: Grays "
    "test; för kurvor som delas på diagnosgrupp också stratifierat för diagnosgrupp.",
    Occupation: "Tillståndsandelar (Aalen–Johansen) med intervall 95 % på log-log-skala. Skillnad: MOVER. Kvot: MOVER-R.",
    Landmark: "Aalen–Johansen i varje grupp av ålder och diagnos, direkt standardiserad, intervall 95 % på log-log-skala. "
    "Skillnad: MOVER.",
    Resource: "Uppgiften är ingen skattning och har inget intervall.",
}
TARGET = "Ett mål som regionen beslutat visas i styrdiagrammet, med om det nås stabilt eller ibland."
NO_TARGET = "Visas inte: tolv månader överlappar nästa tolv, så det går inte att säga om ett mål nås stabilt."
# what a region may set stands in braces, as a release tells it (`fakta`); the rest no region may go below
FLOOR = f"gränsen är en inställning och aldrig under {limits.LEAST_THRESHOLD}"
OF_SHARE = f"{{troskel}} personer i andelen och i det som återstår ({FLOOR})."
LEAST = {
    Count: f"{{troskel}} personer ({FLOOR}), och minst {limits.LISTED} listade för ett tal per listade.",
    Distribution: f"{limits.DISTRIBUTION_PERSONS} personer.",
    Curve: f"{{kurva_minst}} personer och {limits.CURVE_EVENTS} händelser per kön; kurvan slutar där färre än "
    f"{limits.CURVE_AT_RISK} följs eller färre än {limits.CURVE_EXPECTED} är att vänta. Punkter utelämnas där färre än "
    "{troskel} händelser kommit emellan, eller där de annars hade gått att räkna ut.",
    Occupation: "{kurva_minst} personer per kön, och {troskel} i varje läge. Dagar utelämnas där färre än {troskel} "
    "sjukfall tagit slut emellan.",
    Landmark: f"{{kurva_minst}} personer och {limits.CURVE_EVENTS} händelser, med insats och utan ännu, av varje kön: båda "
    f"visas eller ingen. Kurvan slutar där färre än {limits.CURVE_AT_RISK} följs, och punkter utelämnas där färre än "
    "{troskel} händelser kommit emellan i någon av dem.",
    Selection: "{troskel} personer i varje del, och i det som återstår.",
    Resource: "Ingen gräns: uppgiften handlar inte om personer.",
}
CHARTS = {
    Distribution: "Linje per kön; staplar för medelvärde och kvartiler; styrdiagram per kvartal för det som pågår.",
    Curve: "Kumulativ incidens per kön med intervall.",
    Occupation: "Staplade andelar dag för dag, en ruta per kön.",
    Landmark: "Kumulativ incidens med intervall, en ruta per kön: insats och inte ännu.",
    Selection: "Parvisa staplar, kvinnor över män.",
    Resource: "Linje för alla.",
}


def described(measure: AnyMeasure, facts: Mapping[str, str]) -> Terms:
    """(term, text) in reading order, without what it does not say (`limits`). `facts` are the settings as a release tells
    them."""
    return [
        ("Fråga", measure.question),
        ("Definition", measure.definition),
        ("Population", measure.population),
        *_made_of(measure, facts),
        ("Enhet", measure.unit_rule),
        ("Osäkerhet", _uncertainty(measure)),
        ("Minsta antal", _least(measure).format(**facts)),
        *_published(measure),
        ("Diagram", _charts(measure)),
        ("Riktning", BETTER[measure.better]),
        *([("Mål", _target(measure))] if _by_sex(measure) else []),
        ("Källa", f"{', '.join(measure.sources).capitalize()}."),
    ]


def _by_kind(texts: dict[type, str], measure: AnyMeasure) -> str:
    return next(text for kind, text in texts.items() if isinstance(measure, kind))


def interval_words(measure: AnyMeasure) -> str:
    """How the intervals of a measure are made."""
    return _by_kind(INTERVALS, measure)


def _uncertainty(measure: AnyMeasure) -> str:
    compared = not isinstance(measure, Resource)
    return f"{interval_words(measure)} {GAP}" if compared else interval_words(measure)


def _charts(measure: AnyMeasure) -> str:
    if not isinstance(measure, Count):
        return _by_kind(CHARTS, measure)
    parts = ["linje per kön med intervall", *(["styrdiagram per kvartal"] if measure.followed else [])]
    parts += ["parvisa staplar per grupp"] if measure.breakdowns else []
    return f"{'; '.join(parts).capitalize()}."


def _least(measure: AnyMeasure) -> str:
    if isinstance(measure, Share):
        return OF_SHARE
    return _by_kind(LEAST, measure)


def _published(measure: AnyMeasure) -> Terms:
    """The periods and the breakdowns, and the levels where some of them are not published, as the lattice has them."""
    at: dict[tuple[str, str], list[str]] = {}
    for one in of_measure(measure):
        if one.table in WITH_VALUES:
            at.setdefault((one.indelning, one.periodtyp), []).append(one.niva)
    kinds = {kind: found for (split, kind), found in at.items() if split == NO_BREAKDOWN}
    splits = {name: [niva for (split, _), found in at.items() if split == name for niva in found] for name, _ in at}
    periods = {PERIODTYP.label_of(kind): kinds[kind] for kind in PERIODTYP.ids if kind in kinds} or YEARLY
    names = [name for name in getattr(measure, "breakdowns", ()) if name in splits]
    groups = {KON.label: NIVA.ids} if _by_sex(measure) else {}
    return [
        ("Perioder", _listed(periods)),
        ("Uppdelningar", _listed(groups | {BREAKDOWNS[name].label: splits[name] for name in names})),
    ]


def _target(measure: AnyMeasure) -> str:
    followed = isinstance(measure, Count | Distribution) and any(one.table == "signal" for one in of_measure(measure))
    return TARGET if followed else NO_TARGET


def _listed(levels: Mapping[str, Collection[str]]) -> str:
    """Names in a row, and after them those that are not published at every level."""
    words = ", ".join(in_sentence(name) for name in levels)
    parts = [f"{words[0].upper()}{words[1:]}." if words else "Inga."]
    fewer: dict[str, list[str]] = {}
    for name, found in levels.items():
        if missing := [NIVA.label_of(niva).lower() for niva in NIVA.ids if niva not in found]:
            fewer.setdefault(" och ".join(missing), []).append(in_sentence(name))
    return " ".join([*parts, *(f"Inte för {where}: {', '.join(names)}." for where, names in fewer.items())])


def _by_sex(measure: AnyMeasure) -> bool:
    return not isinstance(measure, Resource)


def _made_of(measure: AnyMeasure, facts: Mapping[str, str]) -> Terms:
    if isinstance(measure, Share):
        split, group = measure.of
        part = f", {BREAKDOWNS[split].label_of(group).lower()}" if split in BREAKDOWNS else ""
        whole = MEASURES[measure.within[0]].name
        return [("Täljare", f"Antal {COUNTED[measure.counted]}."), ("Nämnare", f"{whole}{part}.")]
    if isinstance(measure, Selection):
        return [(part.label, part.definition) for part in measure.parts]
    if isinstance(measure, Count):
        return [("Täljare", f"Antal {COUNTED[measure.counted]}."), ("Nämnare", LISTED.format(**facts))]
    if isinstance(measure, Distribution):
        least = in_words(limits.DISTRIBUTION_PERSONS)
        return [("Räknas på", f"{MEASURES[measure.of].name}: värden visas där antalet visas och är minst {least}.")]
    if isinstance(measure, Resource):
        return _of_resource(measure)
    if isinstance(measure, Occupation):
        return [("Klocka", measure.clock), ("Grader", ", ".join(state.label.lower() for state in measure.states) + ".")]
    if isinstance(measure, Landmark):
        days = ", ".join(str(day) for day in measure.landmarks[:-1])
        clock = f"Dag 0 är sjukfallets dag {days} eller {measure.landmarks[-1]}."
        return [("Klocka", clock), ("Grupper", ARMS), *_ends(measure)]
    return [("Klocka", measure.clock), *_ends(measure)]


def _of_resource(measure: Resource) -> Terms:
    divided = MEASURES[measure.denominator].name if isinstance(measure, Workload) else measure.rate_unit.capitalize()
    return [("Täljare", f"{measure.quantity_unit.capitalize()}."), ("Nämnare", f"{divided}.")]


def _ends(measure: Curve | Landmark) -> Terms:
    competing = ", ".join(cause.label.lower() for cause in measure.competing)
    return [
        ("Händelse", f"{measure.event.label}."),
        ("Konkurrerande händelser", f"{competing.capitalize()}." if competing else "Inga."),
        ("Dagar", ", ".join(str(day) for day in measure.horizons) + "."),
    ]
