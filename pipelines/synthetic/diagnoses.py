"""The diagnoses of the region: published inflow, share of women and lengths, and choices for the rest of the ICD."""

from dataclasses import dataclass

from pipelines.synthetic import targets
from pipelines.synthetic.parameters import KON_SHARE, VARDCENTRAL_SHARE

DAYS = (30, 90, 180, 365)
# chapter → diagnosis group, and the chance that a case that stays long enough is coordinated (a choice)
GROUPS = {
    "F": ("psykiska", 0.55), "M": ("rorelse", 0.40), "R": ("symtom", 0.35), "S": ("ovrigt", 0.15),
    "Q": ("ovrigt", 0.15), "O": ("graviditet", 0.05), "Z": ("faktorer", 0.20),
}  # fmt: skip
SOMATIC = ("somatiska", 0.20)
# Mean days beyond a year of those who stay so long. No figure is published: chosen so that the stock of October 2024
# by chapter and the stock per 1 000 inhabitants of 2025 follow from inflow and lengths.
TAIL = {"F": 860.0, "M": 470.0}
OTHER_TAIL = 400.0
FULL_CODES = {
    "F31": ("F319",), "F32": ("F329", "F321", "F322"), "F33": ("F331", "F339"), "F41": ("F411", "F419", "F410"),
    "F43": ("F438A", "F432", "F439", "F430"), "G56": ("G560",), "I63": ("I639",), "M15": ("M159",), "M16": ("M169",),
    "M17": ("M179",), "M18": ("M189",), "M19": ("M199",), "M23": ("M232",), "M51": ("M511",), "M53": ("M531",),
    "M54": ("M545", "M544", "M549"), "M75": ("M751", "M754"), "M77": ("M771",), "M79": ("M791", "M797"),
    "R51": ("R519",), "R52": ("R529",), "R53": ("R539",), "S52": ("S525",), "S62": ("S626",), "S82": ("S826", "S822"),
    "S83": ("S835",),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Rest:
    """What is left of a chapter (choices). `starts` in the country and year, before the rest is fitted to the total."""

    codes: tuple[str, ...]
    starts: float
    women: float
    open_after: tuple[float, ...]


REST_OF_F = Rest(codes=("F102", "F900", "F603"), starts=900, women=0.55, open_after=(0.88, 0.56, 0.36, 0.19))
REST_OF_M = Rest(codes=("M480", "M653", "M069", "M766"), starts=30_000, women=0.66, open_after=(0.78, 0.35, 0.16, 0.05))
RESTS = (
    Rest(codes=("C509", "C619", "D259"), starts=16_000, women=0.65, open_after=(0.92, 0.68, 0.48, 0.27)),
    Rest(codes=("S934", "S420", "T140"), starts=25_000, women=0.50, open_after=(0.80, 0.27, 0.09, 0.03)),
    Rest(codes=("I209", "I489", "I802"), starts=14_000, women=0.42, open_after=(0.84, 0.45, 0.24, 0.09)),
    Rest(codes=("G439", "G473", "G359"), starts=10_000, women=0.62, open_after=(0.84, 0.54, 0.37, 0.22)),
    Rest(codes=("R104", "R429", "R060"), starts=12_000, women=0.69, open_after=(0.68, 0.28, 0.13, 0.05)),
    Rest(codes=("J069", "J189", "J209"), starts=38_000, women=0.66, open_after=(0.40, 0.07, 0.03, 0.01)),
    Rest(codes=("K359", "K409", "K802"), starts=20_000, women=0.57, open_after=(0.62, 0.14, 0.05, 0.02)),
    Rest(codes=("O267", "O219"), starts=20_000, women=1.0, open_after=(0.78, 0.28, 0.03, 0.001)),
    Rest(codes=("N809", "N819", "N200"), starts=13_000, women=0.68, open_after=(0.62, 0.13, 0.05, 0.02)),
    Rest(codes=("Z540", "Z566"), starts=10_000, women=0.58, open_after=(0.68, 0.22, 0.09, 0.03)),
    Rest(codes=("E119", "L400", "H813", "B349"), starts=20_000, women=0.65, open_after=(0.66, 0.27, 0.13, 0.05)),
)


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """`rate` = started paid cases certified at a vårdcentral per 1 000 listade 18–67 of the sex and year (2025), K and M;
    `open_after` = share still open on days 30, 90, 180 and 365 given more than 14 days; `tail` in days."""

    kod: str
    group: str
    codes: tuple[str, ...]
    rate: tuple[float, float]
    women: float
    open_after: tuple[float, ...]
    need: float
    tail: float


def rate(starts: float, share: float, kon: str) -> float:
    """Started cases in the country → per 1 000 listade 18–67 of one sex, those certified at a vårdcentral."""
    return 1000 * starts * share / (targets.value("befolkning_18_67") * KON_SHARE[kon]) * VARDCENTRAL_SHARE


def _diagnosis(kod: str, rest: Rest) -> Diagnosis:
    chapter = rest.codes[0][0]
    group, need = GROUPS.get(chapter, SOMATIC)
    return Diagnosis(
        kod=kod, group=group, need=need, codes=rest.codes, women=rest.women, open_after=rest.open_after,
        rate=(rate(rest.starts, rest.women, "K"), rate(rest.starts, 1 - rest.women, "M")),
        tail=TAIL.get(chapter, OTHER_TAIL),
    )  # fmt: skip


def _published() -> dict[str, Rest]:
    """The published diagnoses: their starts in 2017 (three in 2015), and those of F43 in 2025."""
    starts = {target.kod: target.varde for target in targets.of("startade")}
    starts["F43"] = targets.value("startade_ar", "F43")
    return {
        kod: Rest(
            codes=FULL_CODES[kod], starts=count, women=targets.share_of_women(kod),
            open_after=tuple(targets.value(f"oppna_{day}", kod) for day in DAYS),
        )
        for kod, count in starts.items()
    }  # fmt: skip


def _all() -> tuple[Diagnosis, ...]:
    known = _published() | {"F övriga": REST_OF_F, "M övriga": REST_OF_M}
    left = targets.national_starts() - sum(rest.starts for rest in known.values())
    fitted = left / sum(rest.starts for rest in RESTS)
    named = {
        f"{rest.codes[0][0]} övriga": Rest(
            codes=rest.codes, starts=rest.starts * fitted, women=rest.women, open_after=rest.open_after
        )
        for rest in RESTS
    }
    return tuple(_diagnosis(kod, rest) for kod, rest in (known | named).items())


DIAGNOSES = _all()
