"""One Swedish sentence from a measure's rows: who, how many, how much, how sure; never why."""

from collections.abc import Mapping
from typing import Any

from dashboard.figures.content import exceeds_chance
from dashboard.texts.numbers import NBSP, during, interval, number, twelve_months
from dashboard.theme import SEXES
from schemas.measure import Count, Curve, Distribution, Resource, Share

Row = dict[str, Any]
Pair = Mapping[str, Row | None]
PRELIMINARY = "Siffrorna är preliminära."
ENDINGS = {True: "Skillnaden är större än slumpen.", False: "Skillnaden kan vara slump."}
SILENT = {
    "dolt": "{what}: värdet visas inte, eftersom det bygger på för få personer eller skyddar ett annat litet värde.",
    "ej_beraknat": "{what}: värdet kan inte beräknas.",
}


def of_count(
    measure: Count | Distribution, kind: str, period: str, pair: Pair, gap: Row | None, *, preliminary: bool = False
) -> str:
    """`pair` has the rows of K and M in the table `varde`; `gap` is their row in `skillnad`."""
    part = _share_part if isinstance(measure, Share) else _rate_part
    texts = {sex: part(measure, row) for sex, row in pair.items()}
    return _whole(f"{measure.name} {during(kind, period)}", texts, pair, gap, preliminary)


def of_curve(measure: Curve, period: str, pair: Pair, gap: Row | None, *, preliminary: bool = False) -> str:
    """`pair` has the rows of K and M in the table `kurva` on the measure's headline day."""
    phrase = measure.phrase.format(dag=measure.headline)
    begun = f"sjukfall som {measure.cohort} {twelve_months(period)}"
    return _of_whole(begun, phrase, pair, "n", gap, preliminary)


def of_resource(measure: Resource, period: str, row: Row | None) -> str:
    """`row` is the row of alla in the table `varde`."""
    what = f"{measure.name} {during('manad', period)}"
    if row is None or row["antal"] is None:
        return SILENT["ej_beraknat"].format(what=what)
    rate = f", {number(row['varde'], 2)} {measure.rate_unit}" if row["varde"] is not None else ""
    return f"{what}: {number(row['antal'], 1)} {measure.quantity_unit}{rate}."


def _rate_part(measure: Count | Distribution, row: Row | None) -> str | None:
    """28,3 per 1 000 listade (21,2–36,9; 54 sjukfall), or the number alone where nothing can be divided by."""
    if row is None or row["antal"] is None:
        return None
    what = measure.counted.value if isinstance(measure, Count) else "sjukfall"
    counted = f"{number(row['antal'])} {what}"
    if row["varde"] is None:
        return counted
    limits = interval(row["nedre"], row["ovre"], 1).strip("()")
    inside = f"{limits}; {counted}" if limits else counted
    return f"{number(row['varde'], 1)} {measure.rate_unit} ({inside})"


def _share_part(measure: Count | Distribution, row: Row | None) -> str | None:
    if row is None or row["varde"] is None:
        return None
    return f"{number(row['varde'])}{NBSP}% av {number(row['namnare'])}{_limits(row, 1)}"


def _limits(row: Row, scale: float) -> str:
    if row["nedre"] is None or row["ovre"] is None:
        return ""
    return f" {interval(scale * row['nedre'], scale * row['ovre'], 0)}"


def _whole(what: str, texts: Mapping[str, str | None], pair: Pair, gap: Row | None, preliminary: bool) -> str:
    known = {sex: text for sex, text in texts.items() if text is not None}
    if not known:
        return _ended(SILENT[_outcome(pair)].format(what=what), None, preliminary)
    said = [f"{SEXES[sex].label.lower()} {text}" for sex, text in known.items()]
    missing = [f"{SEXES[sex].label.lower()} visas inte" for sex in texts if sex not in known]
    return _ended(f"{what}: {', '.join([*said, *missing])}.", gap if len(known) == 2 else None, preliminary)


def _of_whole(begun: str, phrase: str, pair: Pair, size: str, gap: Row | None, preliminary: bool) -> str:
    """Av 142 sjukfall hos kvinnor … 61 % (53–69); av 71 hos män 68 % (56–78)."""
    known = {sex: row for sex, row in pair.items() if row is not None and row["andel"] is not None}
    if not known:
        return _ended(SILENT[_outcome(pair)].format(what=f"{begun[0].upper()}{begun[1:]}"), None, preliminary)
    parts = []
    for sex, row in known.items():
        share = f"{number(100 * row['andel'])}{NBSP}%"
        whose = SEXES[sex].label.lower()
        parts.append(
            f"av {number(row[size])} hos {whose} {share}{_limits(row, 100)}"
            if parts
            else f"Av {number(row[size])} {begun} hos {whose} {phrase.partition(' ')[0]} {share} "
            f"{phrase.partition(' ')[2]}{_limits(row, 100)}"
        )
    missing = [f"{SEXES[sex].label.lower()} visas inte" for sex in pair if sex not in known]
    return _ended(f"{'; '.join([*parts, *missing])}.", gap if len(known) == 2 else None, preliminary)


def _outcome(pair: Pair) -> str:
    return "dolt" if any(row is not None and row["utfall"] == "dolt" for row in pair.values()) else "ej_beraknat"


def _ended(said: str, gap: Row | None, preliminary: bool) -> str:
    sure = exceeds_chance(gap)
    return " ".join([said, *([] if sure is None else [ENDINGS[sure]]), *([PRELIMINARY] if preliminary else [])])
