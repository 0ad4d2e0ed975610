"""The figures behind the synthetic region, each with its source, or "assumed" where no figure is published."""

# -- population and units -------------------------------------------------------------------------------------------
# Five-year bands that break at 18 and 68. Shares of listed persons: about 62 % are 18-67 (assumed, near Sweden's).
BANDS = ("0-17", "18-22", "23-27", "28-32", "33-37", "38-42", "43-47", "48-52", "53-57", "58-62", "63-67", "68+")
BAND_SHARES = {
    "K": (0.200, 0.056, 0.058, 0.066, 0.067, 0.064, 0.062, 0.062, 0.063, 0.060, 0.055, 0.187),
    "M": (0.214, 0.060, 0.062, 0.069, 0.069, 0.065, 0.063, 0.063, 0.063, 0.059, 0.053, 0.160),
}
ADULT = slice(1, 11)
ADULT_BANDS = BANDS[ADULT]
AGE_LOW = tuple(int(band.split("-")[0]) for band in ADULT_BANDS)
SEXES = ("K", "M")

# Listed per vårdcentral: median 7 968, P5 2 521, P95 14 895 (listing file of a Swedish region, about 2013-14).
UNIT_SIZE_MEDIAN, UNIT_SIZE_LOG_SD, UNIT_SIZE_RANGE = 7_968, 0.50, (1_500, 20_000)
PRIVATE_SHARE = 1 / 3  # assumed
LISTING_DRIFT_SD = 0.0015  # per month, log scale (assumed)

# -- inflow ---------------------------------------------------------------------------------------------------------
# Försäkringskassan 2025: 467 380 started paid cases, about 71 per 1 000 of the population 18-67.
STARTED_PER_1000 = 71.0
PRIMARY_CARE_SHARE = 2 / 3  # certified at a vårdcentral (assumed, to be confirmed by the region's own data)
# Seasonal index of starts, January-December (Försäkringskassan, Nov 2024 - Jun 2026).
SEASON = (1.27, 1.06, 1.09, 0.90, 0.92, 0.89, 0.72, 1.00, 1.16, 1.12, 1.06, 0.82)
TREND_PER_YEAR = -0.025  # sjukpenningtalet falls; the share that is fewer starts is assumed
WARM_UP_MONTHS = 24  # cases from before the period, so that some are open when it begins
# Spread of inflow between units beyond chance, log scale (assumed).
UNIT_SD, UNIT_GROUP_SD = 0.14, 0.12
# What the clinics take of the cases that are not certified at a vårdcentral (assumed).
CLINIC_CAPTURE = {"psykiatri": ("F", 0.60), "smartrehab": ("MR", 0.04)}

# -- length of a case -----------------------------------------------------------------------------------------------
# Hazard of ending relative to the diagnosis mean. Ratios: men/women 1.0-1.1; age 57-63 to 17-29 about 0.74;
# employed/unemployed 1.4-2.3 (34 national survival models, SRS 3.0). Kept constant over the case.
MEN_FACTOR = 1.05
AGE_FACTOR = (1.12, 1.10, 1.07, 1.04, 1.01, 0.98, 0.95, 0.92, 0.88, 0.84)
OCCUPATIONS = ("NUVARANDE_ARBETE", "ARBETSSOKANDE", "FORALDRALEDIG", "STUDIER")
OCCUPATION_FACTOR = (1.05, 0.65, 1.00, 0.85)
UNIT_LENGTH_SD = 0.07  # log scale (assumed)
TAIL_DAYS = 350.0  # mean remaining days after a year: with it the stock is near 28 per 1 000 (ongoing, 2025)
OCCUPATION_SHARES = {  # by age: 18-22, 23-32, 33-42, 43-67 (assumed)
    "K": ((0.60, 0.14, 0.01, 0.25), (0.76, 0.11, 0.07, 0.06), (0.83, 0.10, 0.05, 0.02), (0.89, 0.10, 0.00, 0.01)),
    "M": ((0.64, 0.18, 0.00, 0.18), (0.82, 0.13, 0.01, 0.04), (0.87, 0.11, 0.01, 0.01), (0.89, 0.105, 0.0, 0.005)),
}
OCCUPATION_AGE = (0, 1, 1, 2, 2, 3, 3, 3, 3, 3)

# -- the end of a case ----------------------------------------------------------------------------------------------
# Competing outcomes by length (1-90, 91-180, 181-365, 366+ days). All assumed; the rest is return.
CAUSES = ("atergang", "ersattning", "pension", "avliden", "okand")
LENGTH_EDGES = (90, 180, 365)
BENEFIT = (0.001, 0.010, 0.045, 0.220)
DEATH = {"other": (0.0004, 0.002, 0.004, 0.006), "cancer": (0.010, 0.050, 0.090, 0.150)}
PENSION_63 = (0.030, 0.090, 0.160, 0.300)  # ages 63-67 only
UNKNOWN = (0.035, 0.040, 0.050, 0.060)
UNKNOWN_WITHOUT_ROW = 0.5  # the rest have a row that says okand
MOVE_PER_DAY = 0.00008  # leaves the vårdgivare: about 3 % a year, independent of the case
MOVE_WITHIN_REGION = 0.35  # starts a new case at another vårdgivare, drawn anew
RECURRENCE, RECURRENCE_MEAN_DAYS = 0.22, 150.0  # of cases that ended in return; first possible day is gap + 2
OUTCOME_LAG = (0.55, 0.20, 0.10, 0.06, 0.05, 0.03, 0.01)  # days from the last certified day to the registered date

# -- certificates ---------------------------------------------------------------------------------------------------
CERTIFICATE_DAYS = ((7, 14), (14, 28), (21, 42), (28, 63))  # shortest and longest: first, second, third, later
TAIL_EXTENDED = 3  # a certificate takes the last few days with it rather than leave them to a new one
GAP_SHARE, OVERLAP_SHARE = 0.12, 0.10  # between consecutive certificates; gaps of 1-5 free days, overlaps of 1-2
TAPER_SHARE, TAPER_FROM = 0.40, 0.35  # cases over 30 days with falling grade, from this share of their length
START_GRADE = {100: 0.74, 75: 0.04, 50: 0.18, 25: 0.04}
DIAGNOSIS_MISSING = 0.012
DIAGNOSIS_CHANGE = 0.08  # per later certificate: another code of the same category
UNIT_CHANGE = 0.02  # per later certificate: another vårdcentral of the same vårdgivare
CLINIC_CHANGE = 0.05  # per later certificate from day 60: the vårdgivare's psykiatri or smärtrehab
SEX_UNKNOWN = 0.0015
LISTED_HERE, LISTED_ELSEWHERE = 0.88, 0.08  # the rest is not known
AG_COPY, AG_FIRST = 0.03, 0.04  # AG7804 beside a certificate; AG1-14 for the week before the first
REVOKED, REPLACED, SUPPLEMENTED = 0.004, 0.006, 0.004  # mistaken twins of a certificate
OLD_FORM_MONTHS, OLD_FORM_SHARE = 6, 0.03  # FK7263 in the first months
KOMPLT_SHARE, OTHER_MESSAGE_SHARE = 0.030, 0.012

# -- coordination (no published coverage: all assumed) --------------------------------------------------------------
COVERAGE_MEAN, COVERAGE_SD = -0.1, 0.5  # logit of being offered, before need
COVERAGE_PER_FTE = 0.6  # per coordinator FTE and 5 000 listed 18-67, around the region's mean
COVERAGE_MEN = -0.12
OFFER_MEDIAN_DAY, OFFER_LOG_SD, OFFER_RANGE = 27.0, 0.65, (8, 150)
CONSENT, DECLINE = 0.80, 0.12  # the rest never answer
STEP_DAYS = {"samtycke": 10, "kontaktad": 10, "insats": 14}  # longest lag of each step; shorter ones are likelier
FTE_PER_5000 = 0.65
