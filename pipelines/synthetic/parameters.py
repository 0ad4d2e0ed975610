"""The figures that the synthetic region is drawn from, with their sources.

Försäkringskassan's published series (2017 cohort by diagnosis and length; monthly starts Nov 2024 – Jun 2026; share of
women by diagnosis 2015) and a listing file of 193 vårdcentraler give the levels; where no figure is published the value
is a choice and says so. Exact calibration against the sources is reported by the calibration command, not here.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """`share` of all started cases by sex (K, M); `open_after` = share still open at 30, 90, 180 and 365 days given
    more than 14 days; `need` = chance that a case that stays long enough is coordinated (a choice)."""

    group: str
    codes: tuple[str, ...]
    share: tuple[float, float]
    open_after: tuple[float, float, float, float]
    need: float


# Shares: F about 27 % of starts, and the chapters' share of women (Försäkringskassan 2015, 2025); lengths: 2017 cohort.
DIAGNOSES = (
    Diagnosis(group="psykiska", codes=("F438A", "F432", "F439", "F430"), share=(0.24, 0.13),
              open_after=(0.811, 0.474, 0.291, 0.116), need=0.55),
    Diagnosis(group="psykiska", codes=("F329", "F321", "F331", "F339"), share=(0.09, 0.07),
              open_after=(0.874, 0.519, 0.307, 0.139), need=0.55),
    Diagnosis(group="psykiska", codes=("F411", "F419", "F410"), share=(0.06, 0.05),
              open_after=(0.825, 0.452, 0.264, 0.122), need=0.50),
    Diagnosis(group="rorelse", codes=("M545", "M544", "M549"), share=(0.12, 0.18),
              open_after=(0.633, 0.265, 0.136, 0.042), need=0.40),
    Diagnosis(group="rorelse", codes=("M751", "M754", "M791", "M797"), share=(0.11, 0.13),
              open_after=(0.72, 0.33, 0.166, 0.044), need=0.40),
    Diagnosis(group="somatiska", codes=("J069", "J189", "K359", "I209", "C509", "G560"), share=(0.18, 0.20),
              open_after=(0.70, 0.30, 0.15, 0.06), need=0.20),
    Diagnosis(group="symtom", codes=("R539", "R529", "R104"), share=(0.07, 0.05),
              open_after=(0.66, 0.32, 0.20, 0.095), need=0.35),
    Diagnosis(group="ovrigt", codes=("S525", "S626", "S822", "S835"), share=(0.08, 0.18),
              open_after=(0.80, 0.23, 0.066, 0.011), need=0.15),
    Diagnosis(group="graviditet", codes=("O267", "O219"), share=(0.04, 0.0),
              open_after=(0.75, 0.25, 0.02, 0.001), need=0.05),
    Diagnosis(group="faktorer", codes=("Z540", "Z566"), share=(0.01, 0.01),
              open_after=(0.70, 0.25, 0.10, 0.03), need=0.20),
)  # fmt: skip

KNOTS = (14, 30, 90, 180, 365, 1095)
OPEN_AT_LAST_KNOT = 0.05  # of those open at 365 days (a choice)
SHORT = 0.35  # share of certified cases of at most 14 days, which paid statistics never see (a choice)
SHORTEST = 3
# Men end a little faster within a diagnosis: hazard ratios 1.0–1.1 in the national survival models.
HAZARD_RATIO_MEN = 1.05

# Started cases per 1 000 listade 18–67 and year: about 71 paid ones nationally, two thirds certified at the vårdcentral,
# and the short ones on top; kvinnor 1.85 times män (sjukpenningtal 13.8 against 7.3, December 2024).
STARTS_PER_1000 = {"K": 94.0, "M": 51.0}
SEASON = np.array([1.27, 1.06, 1.09, 0.90, 0.92, 0.89, 0.72, 1.00, 1.16, 1.12, 1.06, 0.82])
YEARLY_TREND = 0.97
UNIT_SPREAD = 0.15  # standard deviation of the log of a unit's own level (a choice)

# Median 7 968 listed of all ages, interquartile range 5 440–10 543 (193 units); working age 62 percent.
LISTED_MEDIAN, LISTED_LOG_SD, LISTED_LEAST = 7_968, 0.50, 900
BANDS = ("0-17", *(f"{low}-{low + 4}" for low in range(18, 68, 5)), "68+")
BAND_SHARE = np.array([0.20, *([0.62 / 10] * 10), 0.18])
# Rates by age relative to the mean, after sjukpenningtal by age, kvinnor and män (December 2024).
AGE_FACTOR = {
    "K": np.array([0.35, 0.55, 0.85, 1.05, 1.08, 1.08, 1.15, 1.25, 1.30, 1.34]),
    "M": np.array([0.38, 0.55, 0.80, 0.98, 0.98, 0.98, 1.15, 1.30, 1.42, 1.46]),
}

# What an ended case ended with (choices): pension only at 63 and older, compensation only after long cases.
MOVED, DEAD, REGISTERED_UNKNOWN, NOT_REGISTERED = 0.010, 0.003, 0.020, 0.020
COMPENSATION_AFTER, COMPENSATION = 300, 0.18
PENSION_AGE, PENSION = 63, 0.10
RETURN_KINDS = (("atergang_arbete", 0.86), ("atergang_arbetssokande", 0.09), ("atergang_studier", 0.05))

# Coordination (choices): day of the first insats is 5 plus a gamma time, whatever the length: there is NO effect.
FIRST_DAY, INSATS_SHAPE, INSATS_SCALE = 5, 1.4, 32.0
UNIT_LEVELS = (0.35, 1.15)  # a unit's coverage level, from thinly to well staffed
BY_OTHER_UNIT = 0.15
DECLINED = 0.08

GRADES = ((100, 0.72), (75, 0.06), (50, 0.17), (25, 0.05))
GAP_SHARE, OVERLAP_SHARE, OTHER_UNIT_SHARE, RECURRENCE_SHARE = 0.15, 0.04, 0.05, 0.15
TWO_PERIODS, TAPER, EMPLOYER_COPY = 0.10, 0.22, 0.03
REGION = "Region Påhittad"
SENDER = "region-pahittad"
