"""The choices behind the synthetic region: what no published figure decides. Published figures are in targets.csv."""

import numpy as np

# Part of the paid cases that are certified at a vårdcentral; the rest are certified in hospital and are not delivered.
VARDCENTRAL_SHARE = 2 / 3
SHORT = 0.35  # share of certified cases of at most 14 days, which paid statistics never see
SHORTEST = 3
# Men end a little faster within a diagnosis: hazard ratios 1.0–1.1 in the national survival models (SRS 3.0).
HAZARD_RATIO_MEN = 1.03
LONGEST = 3650
KON_SHARE = {"K": 0.5, "M": 0.5}  # of the listade
WEEKDAYS = (1.35, 1.2, 1.1, 1.1, 1.05, 0.55, 0.65)  # Monday first: more cases start on Mondays
TREND_YEARS = 3  # the trend holds for so many years on each side of 2025, and stands still beyond
UNIT_SPREAD = 0.15  # standard deviation of the log of a unit's own level

LISTED_LEAST = 900
BANDS = ("0-17", *(f"{low}-{low + 4}" for low in range(18, 68, 5)), "68+")
WORKING_AGE = 0.62
BAND_SHARE = np.array([0.20, *([WORKING_AGE / 10] * 10), 0.18])
# Rates by age relative to the mean, after sjukpenningtal by age, kvinnor and män (December 2024).
AGE_FACTOR = {
    "K": np.array([0.35, 0.55, 0.85, 1.05, 1.08, 1.08, 1.15, 1.25, 1.30, 1.34]),
    "M": np.array([0.38, 0.55, 0.80, 0.98, 0.98, 0.98, 1.15, 1.30, 1.42, 1.46]),
}

# What an ended case ended with: pension only at 63 and older, compensation only after long cases.
MOVED, DEAD, REGISTERED_UNKNOWN, NOT_REGISTERED = 0.010, 0.003, 0.020, 0.020
COMPENSATION_AFTER, COMPENSATION = 300, 0.18
PENSION_AGE, PENSION = 63, 0.10
RETURN_KINDS = (("atergang_arbete", 0.86), ("atergang_arbetssokande", 0.09), ("atergang_studier", 0.05))

# Coordination: the day of the first insats is 5 plus a gamma time, whatever the length of the case.
FIRST_DAY, INSATS_SHAPE, INSATS_SCALE, LAST_INSATS_DAY = 5, 1.4, 32.0, 400
UNIT_LEVELS = (0.65, 1.45)  # a unit's coverage level, from thinly to well staffed
MOST_COVERED = 0.95
BY_OTHER_UNIT = 0.15
DECLINED = 0.08

GRADES = ((100, 0.72), (75, 0.06), (50, 0.17), (25, 0.05))
GAP_SHARE, OVERLAP_SHARE, OTHER_UNIT_SHARE = 0.15, 0.04, 0.05
RECURRENCE_SHARE, LEAST_WAIT = 0.15, 30  # patients who had a case before, ended more than so many days earlier
TWO_PERIODS, TAPER, EMPLOYER_COPY = 0.10, 0.04, 0.03
QUESTIONS = (("KOMPLT", 0.6), ("KONTKT", 0.2), ("AVSTMN", 0.1), ("PAMINN", 0.05), ("OVRIGT", 0.05))
QUESTION_SHARE = 0.04
REGION = "Region Påhittad"
SENDER = "region-pahittad"
