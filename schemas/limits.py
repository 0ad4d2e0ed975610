"""The limits of published figures, where the figures and the texts about them both need one. Each stands here once.

What a region may set has its default and its floor here; a release tells what was set (`fakta`)."""

THRESHOLD, LEAST_THRESHOLD = 5, 3  # fewest persons in a published cell; no region may go below the second
CURVE_PERSONS, CURVE_EVENTS, CURVE_AT_RISK = 20, 10, 5  # of a sex behind a curve, and followed where it ends
CURVE_EXPECTED = 10  # at risk where a curve ends, in a cohort that goes as everybody's
LISTED = 50  # listade behind a rate
DISTRIBUTION_PERSONS = 10  # behind a mean or a quantile
FUNNEL_UNITS, FUNNEL_EXPECTED, FALSE_DISCOVERIES = (
    10,
    10,
    0.05,
)  # units in a funnel, cases of each, share of false alarms
SIGNAL_QUARTERS, SIGNAL_BASELINE = 6, 12  # fewest quarters of a followed series, and those that its limits come from
GAP_DAYS, TARGET_DAY, AGE_FROM, AGE_TO = 5, 30, 18, 67
LATE_DAYS = 10  # that data must reach past the end of a month for it to be no longer preliminary

# as a release tells them; for texts that stand outside of any release
DEFAULTS = {
    "troskel": str(THRESHOLD),
    "kurva_minst": str(CURVE_PERSONS),
    "glapp_dagar": str(GAP_DAYS),
    "malgrupp_dag": str(TARGET_DAY),
    "alder_fran": str(AGE_FROM),
    "alder_till": str(AGE_TO),
    "sena_dagar": str(LATE_DAYS),
}
