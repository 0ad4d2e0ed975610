"""The page that tells how often the intervals hold the truth."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.coverage.population import SIZES

LEAST_COVERED = 0.93
LEAST_SHOWN = 100  # intervals: fewer tell nothing of how often they hold
PERCENT = frozenset({"atergang.30", "atergang.90", "atergang.180", "atergang.standard", "tackning.60", "grader.28"})
NAMES = {
    "startade": "Startade sjukfall per 1 000 listade, tolv månader",
    "pagaende": "Pågående sjukfall per 1 000 listade",
    "dagar": "Sjukskrivningsdagar per listad och år (funktionen; inget mått ännu)",
    "dsr": "Startade, direkt åldersstandardiserat, beroende händelser (funktionen)",
    "isr": "Startade, indirekt standardiserat, region = 100 (funktionen)",
    "andel_partiell": "Andel partiell av pågående, procent",
    "kaskad.insats": "Andel av målgruppen med insats inom 90 dagar, procent",
    "atergang.30": "Återgång inom 30 dagar, procent",
    "atergang.90": "Återgång inom 90 dagar, procent",
    "atergang.180": "Återgång inom 180 dagar, procent",
    "atergang.standard": "Återgång inom 90 dagar, standardiserad, procent",
    "atergang.median": "Median till återgång, dagar",
    "atergang.medeldagar": "Sjukskrivningsdagar av de första 90",
    "tackning.60": "Koordineringstäckning 60 dagar från dag 30, procent",
    "grader.28": "På hel sjukskrivning efter dag 28, procent",
    "langd_avslutade.medel": "Längd på avslutade sjukfall, medel",
    "langd_avslutade.median": "Längd på avslutade sjukfall, median",
    "uppdelning.startade": "Uppdelning av skillnaden, startade",
    "uppdelning.pagaende": "Uppdelning av skillnaden, pågående",
    "uppdelning.andel_partiell": "Uppdelning av skillnaden, andel partiell",
}
WHO = {"K": "kvinnor", "M": "män", "skillnad": "skillnad", "kvot": "kvot", "alder": "ålder", "diagnos": "diagnos",
       "niva": "övrigt"}  # fmt: skip
FEW_SHOWN = (
    "Bara tal om minst fem personer visas. Av en liten enhet visas därför de högre talen, och de som visas är sällan de "
    "låga."
)
WHY = {
    "langd_avslutade.medel": "Sjukfall som börjat före uppgifterna är längre än vad som syns: medelvärdet blir lite för lågt, "
    "och hos en region är intervallet så smalt att det märks. Det försvinner när uppgifterna blir äldre.",
    "langd_avslutade.median": "Många sjukfall slutar på en hel vecka. Medianen hoppar då mellan veckor, och en skillnad mellan "
    "två sådana följer ingen jämn fördelning. Medianernas egna intervall håller.",
    "pagaende": FEW_SHOWN,
    "andel_partiell": FEW_SHOWN,
}
INTRO = """# Håller intervallen?

Ett intervall på 95 procent ska rymma det sanna värdet ungefär 95 gånger av 100. Här prövas det på påhittade enheter vars
sanna värden är kända. Sidan skrivs av `make coverage`.

## Så är det gjort

- **{seeds} enheter av varje storlek**, var och en ur egna slumptal: {sizes}.
- **Personerna är olika och sjuka flera gånger.** Risken att bli sjuk är gammafördelad mellan personer, tolv procent av
  sjukfallen följs av ett återinsjuknande, och en persons sjukfall liknar varandra i längd, diagnos och koordinering. Av
  dem som sjukskrivs under ett år har var sjunde mer än ett sjukfall.
- **Det som gör verkliga uppgifter svåra är med:** intyg från före uttaget saknas, de sista månadernas sjukfall är inte
  följda till slutet, patienter flyttar, sjukfall slutar av fem orsaker, hälften slutar på en hel vecka, och det finns
  fria dagar mellan intyg.
- **Vägen är produktens egen:** intygen läggs i rådatatabellerna och går genom samma SQL och samma beräkningar som en
  utgåva. Celler med för få personer eller händelser döljs som där. Det som döljs bara för att andra tal är dolda visas
  här, för enheterna har inget gemensamt.
- **Det sanna värdet** räknas ur tjugo miljoner andra personer med alla sjukfall kända till slutet, enligt måttens
  definitioner.

## Så läses tabellen

*Täckning* är andelen visade intervall som rymmer det sanna värdet, i procent, med sitt medelfel av att enheterna är
så många som de är. *Bredd* är intervallets medelbredd i måttets enhet. *Utan* är andelen enheter i procent som inte har
något helt intervall: talet är dolt, går inte att beräkna, eller en gräns är inte uppnådd. De räknas varken som täckta
eller missade. Har färre än {least} enheter ett intervall sägs inget om täckningen (–).
"""


def page(intervals: pd.DataFrame, seeds: int) -> str:
    """The page in Markdown, from every interval beside the truth."""
    rows = summary(intervals, seeds)
    sizes = ", ".join(f"{size.name} ({_number(2 * size.listed, 0)} listade 18–67 år)" for size in SIZES)
    intro = INTRO.format(seeds=_number(seeds, 0), sizes=sizes, least=LEAST_SHOWN)
    return "\n".join([intro, *_table(rows), "", "## Under 93 procent", "", *_below(rows), ""])


def summary(intervals: pd.DataFrame, seeds: int) -> pd.DataFrame:
    """One row per figure, who and size: sant, tackning and its standard error (missing for too few), bredd, utan (shares)."""
    whole = intervals[intervals["lower"].notna() & intervals["upper"].notna()]
    whole = whole.assign(
        held=(whole["lower"] <= whole["truth"]) & (whole["truth"] <= whole["upper"]),
        width=whole["upper"] - whole["lower"],
    )
    rows = whole.groupby(["figure", "who", "size"]).agg(
        sant=("truth", "first"), tackning=("held", "mean"), bredd=("width", "mean"), visade=("held", "size")
    )
    few = rows["visade"] < LEAST_SHOWN
    error = np.sqrt(rows["tackning"] * (1 - rows["tackning"]) / rows["visade"])
    return rows.assign(tackning=rows["tackning"].mask(few), fel=error.mask(few), utan=1 - rows["visade"] / seeds)


def _table(rows: pd.DataFrame) -> Iterator[str]:
    yield "| Mått | Vem | Sant | " + " | ".join(f"{size.name}: täckning | bredd | utan" for size in SIZES) + " |"
    yield "|---|---|--:|" + "--:|--:|--:|" * len(SIZES)
    for figure, name in NAMES.items():
        for who, label in WHO.items():
            of = {
                size.name: rows.loc[(figure, who, size.name)]
                for size in SIZES
                if (figure, who, size.name) in rows.index
            }
            if of:
                yield _row(figure, name, who, label, of)


def _row(figure: str, name: str, who: str, label: str, of: dict[str, pd.Series]) -> str:
    scale = 100 if figure in PERCENT and who != "kvot" else 1
    cells = [name, label, _number(scale * next(iter(of.values()))["sant"], 2)]
    for size in SIZES:
        if size.name not in of:
            cells += ["–", "–", "100"]
            continue
        one = of[size.name]
        held = (
            "–"
            if np.isnan(one["tackning"])
            else f"{_number(100 * one['tackning'], 1)} ± {_number(100 * one['fel'], 1)}"
        )
        cells += [held, _number(scale * one["bredd"], 2), _number(100 * one["utan"], 0)]
    return f"| {' | '.join(cells)} |"


def _below(rows: pd.DataFrame) -> Iterator[str]:
    """What covers too seldom, and why."""
    low = rows[rows["tackning"] < LEAST_COVERED]
    if low.empty:
        yield "Inget visat intervall täcker mer sällan än så."
    for (figure, who, size), one in low.iterrows():
        held = f"{_number(100 * one['tackning'], 1)} ± {_number(100 * one['fel'], 1)}"
        chance = one["tackning"] + 2 * one["fel"] >= LEAST_COVERED
        why = WHY.get(figure, "" if chance else "Orsaken är inte känd.")
        said = "Inom två medelfel från 93: kan vara provets slump. " if chance else ""
        yield f"- **{NAMES[figure]}, {WHO[who]}, {size}:** {held}. {said}{why}".rstrip()


def _number(value: float, decimals: int) -> str:
    """Swedish: decimal comma, thousands apart."""
    return f"{value:,.{decimals}f}".replace(",", "\u00a0").replace(".", ",").replace("-", "−")
