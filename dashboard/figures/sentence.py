"""One Swedish sentence from a measure's rows: who, how many, how much, how sure; never why."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.figures.content import exceeds_chance
from dashboard.texts.figures import sentence as texts
from dashboard.texts.figures.shared import CASES, NOT_SHOWN, NOT_SHOWN_OF
from dashboard.texts.numbers import NBSP, during, in_sentence, interval, number, twelve_months
from dashboard.theme import SEXES
from schemas.measure import Count, Curve, Distribution, Occupation, Resource, Selection, Share

Row = dict[str, Any]
Pair = Mapping[str, Row | None]
Told = tuple[str, Pair, Row | None]  # a label, its rows by sex and their difference
MOST = 4  # shares that one sentence bears


def of_count(
    measure: Count | Distribution, kind: str, period: str, pair: Pair, gap: Row | None, *, preliminary: bool = False
) -> str:
    """`pair` has the rows of K and M in the table `varde`; `gap` is their row in `skillnad`."""
    part = _share_part if isinstance(measure, Share) else _rate_part
    parts = {sex: part(measure, row) for sex, row in pair.items()}
    return _whole(f"{measure.name} {during(kind, period)}", parts, pair, gap, preliminary)


def of_curve(measure: Curve, period: str, pair: Pair, gap: Row | None, *, preliminary: bool = False) -> str:
    """`pair` has the rows of K and M in the table `kurva` on the measure's headline day."""
    phrase = measure.phrase.format(dag=measure.headline)
    begun = texts.COHORT.format(cohort=measure.cohort, when=twelve_months(period))
    return _of_whole(begun, phrase, pair, "n", gap, preliminary)


def of_selection(
    measure: Selection, period: str, pairs: Mapping[str, Pair], gaps: Mapping[str, Row], *, preliminary: bool = False
) -> str:
    """`pairs` has the rows of K and M in the table `varde` of every share by its id, `gaps` their rows in `skillnad`. The
    steps of a chain are all told, of many other shares the commonest."""
    told = [(share.short, _as_shares(pairs.get(share.id, {}), 1, "varde", "namnare"), gaps.get(share.id))
            for share in measure.shares]  # fmt: skip
    if not measure.nested:
        told = sorted(told, key=lambda one: -_largest(one[1]))
    few = told if measure.nested else told[:MOST]
    commonest = texts.COMMONEST if len(few) < len(told) else ""
    what = texts.SHARES.format(name=measure.name, unit=measure.rate_unit, when=twelve_months(period))
    return _of_many(what, few, commonest, preliminary)


def of_states(
    measure: Occupation, period: str, pairs: Mapping[str, Pair], gaps: Mapping[str, Row], *, preliminary: bool = False
) -> str:
    """`pairs` has the rows of K and M in the table `kurva` of every state by its id on the measure's headline day, `gaps`
    their rows in `gradskillnad`."""
    told = [(state.label, _as_shares(pairs.get(state.id, {}), 100, "andel", "n"), gaps.get(state.id))
            for state in measure.states]  # fmt: skip
    what = texts.STATES.format(name=measure.name, day=measure.headline, when=twelve_months(period))
    return _of_many(what, told, "", preliminary)


def of_resource(measure: Resource, period: str, row: Row | None) -> str:
    """`row` is the row of alla in the table `varde`."""
    what = f"{measure.name} {during('manad', period)}"
    if row is None or row["antal"] is None:
        return texts.SILENT["ej_beraknat"].format(what=what)
    rate = f", {number(row['varde'], 2)} {measure.rate_unit}" if row["varde"] is not None else ""
    return f"{what}: {number(row['antal'], 1)} {measure.quantity_unit}{rate}."


def _rate_part(measure: Count | Distribution, row: Row | None) -> str | None:
    """28,3 per 1 000 listade (21,2–36,9; 54 sjukfall), or the number alone where nothing can be divided by."""
    if row is None or row["antal"] is None:
        return None
    what = measure.counted.value if isinstance(measure, Count) else CASES
    counted = f"{number(row['antal'])} {what}"
    if row["varde"] is None:
        return counted
    limits = interval(row["nedre"], row["ovre"], 1).strip("()")
    inside = f"{limits}; {counted}" if limits else counted
    return f"{number(row['varde'], 1)} {measure.rate_unit} ({inside})"


def _share_part(measure: Count | Distribution, row: Row | None) -> str | None:
    if row is None or row["varde"] is None:
        return None
    return texts.SHARE_OF.format(
        share=f"{number(row['varde'])}{NBSP}%", count=number(row["namnare"]), limits=_limits(row, 1)
    )


def _limits(row: Row, scale: float) -> str:
    if row["nedre"] is None or row["ovre"] is None:
        return ""
    return f" {interval(scale * row['nedre'], scale * row['ovre'], 0)}"


def _whole(what: str, parts: Mapping[str, str | None], pair: Pair, gap: Row | None, preliminary: bool) -> str:
    known = {sex: text for sex, text in parts.items() if text is not None}
    if not known:
        return _ended(texts.SILENT[_outcome(pair)].format(what=what), None, preliminary)
    said = [f"{SEXES[sex].label.lower()} {text}" for sex, text in known.items()]
    missing = [NOT_SHOWN_OF.format(sex=SEXES[sex].label.lower()) for sex in parts if sex not in known]
    return _ended(f"{what}: {', '.join([*said, *missing])}.", gap if len(known) == 2 else None, preliminary)


def _of_whole(begun: str, phrase: str, pair: Pair, size: str, gap: Row | None, preliminary: bool) -> str:
    """Av 142 sjukfall hos kvinnor … 61 % (53–69); av 71 hos män 68 % (56–78)."""
    known = {sex: row for sex, row in pair.items() if row is not None and row["andel"] is not None}
    if not known:
        what = f"{begun[0].upper()}{begun[1:]}"
        return _ended(texts.SILENT[_outcome(pair)].format(what=what), None, preliminary)
    verb, _, rest = phrase.partition(" ")
    parts = []
    for sex, row in known.items():
        told = {
            "count": number(row[size]), "sex": SEXES[sex].label.lower(), "share": f"{number(100 * row['andel'])}{NBSP}%",
            "limits": _limits(row, 100),
        }  # fmt: skip
        first = texts.FIRST_SEX.format(cohort=begun, verb=verb, phrase=rest, **told)
        parts.append(texts.OTHER_SEX.format(**told) if parts else first)
    missing = [NOT_SHOWN_OF.format(sex=SEXES[sex].label.lower()) for sex in pair if sex not in known]
    return _ended(f"{'; '.join([*parts, *missing])}.", gap if len(known) == 2 else None, preliminary)


def _as_shares(pair: Pair, scale: float, field: str, size: str) -> Pair:
    """The rows in percent, as `andel` with its limits of `av` cases; the share is missing where it is not shown."""
    return {sex: None if row is None else _as_share(row, scale, field, size) for sex, row in pair.items()}


def _as_share(row: Row, scale: float, field: str, size: str) -> Row:
    fields = {"andel": field, "nedre": "nedre", "ovre": "ovre"}
    scaled = {to: None if row[of] is None else scale * row[of] for to, of in fields.items()}
    return scaled | {"utfall": row.get("kvot_utfall", row["utfall"]), "av": row[size]}


def _largest(pair: Pair) -> float:
    """What is hidden for both stands last."""
    return max((row["andel"] for row in pair.values() if row and row["andel"] is not None), default=-1.0)


def _of_many(what: str, told: Sequence[Told], commonest: str, preliminary: bool) -> str:
    """… (74 hos kvinnor, 51 hos män): erbjuden – kvinnor 43 % (32–54), män 49 % (36–62); samtycke – …"""
    sizes = {sex: row["av"] for _, pair, _ in told for sex, row in pair.items() if row and row["andel"] is not None}
    if not sizes:
        outcome = next((found for _, pair, _ in told if (found := _outcome(pair)) == "dolt"), "ej_beraknat")
        return _ended(texts.SILENT[outcome].format(what=what), None, preliminary)
    sexes = [sex for sex in SEXES if sex in sizes]
    cases = ", ".join(texts.SIZE.format(count=number(sizes[sex]), sex=SEXES[sex].label.lower()) for sex in sexes)
    parts = [f"{in_sentence(label)} – {_of_sexes(pair, sexes)}" for label, pair, _ in told]
    missing = [NOT_SHOWN_OF.format(sex=SEXES[sex].label.lower()) for sex in ("K", "M") if sex not in sizes]
    said = [f"{what} ({cases}){commonest}: {'; '.join([*parts, *missing])}.", *_chances(told)]
    return " ".join([*said, *([texts.PRELIMINARY] if preliminary else [])])


def _of_sexes(pair: Pair, sexes: Sequence[str]) -> str:
    rows = {sex: row for sex in sexes if (row := pair.get(sex)) and row["andel"] is not None}
    if not rows:
        return NOT_SHOWN
    return ", ".join(
        f"{SEXES[sex].label.lower()} "
        + (f"{number(rows[sex]['andel'])}{NBSP}%{_limits(rows[sex], 1)}" if sex in rows else NOT_SHOWN)
        for sex in sexes
    )


def _chances(told: Sequence[Told]) -> list[str]:
    """Which differences are larger than chance, and which may be chance: by the interval of each."""
    verdicts = [(in_sentence(label), sure) for label, _, gap in told if (sure := exceeds_chance(gap)) is not None]
    if not verdicts:
        return []
    larger, unsure = ([label for label, sure in verdicts if sure is kind] for kind in (True, False))
    if larger and unsure:
        return [texts.mixed(larger, unsure, all_others=len(verdicts) == len(told) and len(unsure) > 1)]
    return [(texts.ENDINGS if len(verdicts) == 1 else texts.OF_ALL)[bool(larger)]]


def _outcome(pair: Pair) -> str:
    return "dolt" if any(row is not None and row["utfall"] == "dolt" for row in pair.values()) else "ej_beraknat"


def _ended(said: str, gap: Row | None, preliminary: bool) -> str:
    sure = exceeds_chance(gap)
    return " ".join(
        [said, *([] if sure is None else [texts.ENDINGS[sure]]), *([texts.PRELIMINARY] if preliminary else [])]
    )
