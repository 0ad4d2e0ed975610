"""The diagnoses of the synthetic region: how often, for whom, how long, and how much need of coordination."""

from typing import NamedTuple

import numpy as np

from pipelines.synthetic import parameters as p
from schemas.dimensions import DIAGNOSGRUPP


class Diagnosis(NamedTuple):
    """`per_year`: started cases > 14 days in Sweden, thousands. `women`: share. `primary`: share certified at a
    vårdcentral. `s7`, `s14`: share of all certified cases longer than 7 and 14 days. `s30`-`s365`: share open at that
    day, given > 14. `ages`: key of AGES. `need`: added to the logit of being offered coordination."""

    codes: str
    per_year: float
    women: float
    primary: float
    s7: float
    s14: float
    s30: float
    s90: float
    s180: float
    s365: float
    ages: str
    need: float
    group: str


# Relative incidence in the ten bands 18-22 ... 63-67 (assumed, after sjukpenningtalet by age, Dec 2024).
AGES = {
    "mental": (0.45, 0.85, 1.15, 1.25, 1.20, 1.15, 1.10, 1.00, 0.85, 0.45),
    "joint": (0.30, 0.50, 0.70, 0.85, 1.00, 1.15, 1.30, 1.50, 1.65, 1.00),
    "body": (0.50, 0.60, 0.80, 0.90, 0.95, 1.05, 1.20, 1.35, 1.50, 0.95),
    "injury": (0.90, 0.90, 0.90, 0.90, 0.90, 1.00, 1.10, 1.20, 1.20, 0.70),
    "infection": (0.70, 0.90, 1.10, 1.20, 1.10, 1.00, 1.00, 1.00, 0.95, 0.55),
    "pregnant": (0.60, 1.90, 2.90, 2.40, 0.90, 0.15, 0.00, 0.00, 0.00, 0.00),
}

# Named categories: shares open given > 14 days and women's shares from Försäkringskassan (cases started 2017; persons
# 2015). F438A and the rest of F43 are split so that together they give F43. Mixed rows, s7, s14, primary, need: assumed.
DIAGNOSES = (
    Diagnosis("F438A", 20.2, 0.79, 0.85, 0.98, 0.93, 0.940, 0.720, 0.490, 0.180, "mental", 1.2, "psykiska"),
    Diagnosis("F430 F432 F439", 52.0, 0.75, 0.85, 0.93, 0.79, 0.761, 0.378, 0.210, 0.091, "mental", 0.7, "psykiska"),
    Diagnosis("F320 F321 F322 F329", 22.5, 0.68, 0.70, 0.96, 0.87, 0.874, 0.519, 0.307, 0.139, "mental", 0.8, "psykiska"),
    Diagnosis("F330 F331 F339", 8.0, 0.69, 0.55, 0.97, 0.90, 0.897, 0.581, 0.379, 0.201, "mental", 0.9, "psykiska"),
    Diagnosis("F410 F411 F412 F419", 18.5, 0.68, 0.80, 0.94, 0.82, 0.825, 0.452, 0.264, 0.122, "mental", 0.7, "psykiska"),
    Diagnosis("F311 F313 F319", 3.2, 0.67, 0.15, 0.97, 0.90, 0.900, 0.597, 0.407, 0.255, "mental", 0.8, "psykiska"),
    Diagnosis("F102 F401 F422 F510 F900", 4.0, 0.55, 0.50, 0.94, 0.80, 0.820, 0.450, 0.270, 0.130, "mental", 0.6, "psykiska"),
    Diagnosis("M542 M544 M545 M549", 29.3, 0.56, 0.85, 0.80, 0.52, 0.633, 0.265, 0.136, 0.042, "joint", 0.2, "rorelse"),
    Diagnosis("M750 M751 M754", 8.8, 0.53, 0.75, 0.90, 0.74, 0.783, 0.364, 0.168, 0.035, "joint", 0.1, "rorelse"),
    Diagnosis("M791 M796 M797", 10.7, 0.68, 0.85, 0.82, 0.56, 0.649, 0.296, 0.164, 0.053, "joint", 0.6, "rorelse"),
    Diagnosis("M511 M512", 4.6, 0.50, 0.50, 0.94, 0.82, 0.822, 0.413, 0.217, 0.073, "joint", 0.3, "rorelse"),
    Diagnosis("M530 M531", 2.4, 0.64, 0.80, 0.88, 0.68, 0.763, 0.407, 0.246, 0.093, "joint", 0.6, "rorelse"),
    Diagnosis("M771 M773 M779", 3.8, 0.59, 0.75, 0.84, 0.60, 0.651, 0.241, 0.107, 0.020, "joint", -0.4, "rorelse"),
    Diagnosis("M170 M171 M179", 5.8, 0.54, 0.30, 0.97, 0.92, 0.877, 0.544, 0.190, 0.035, "joint", -0.8, "rorelse"),
    Diagnosis("M160 M161 M169", 4.2, 0.49, 0.25, 0.98, 0.94, 0.938, 0.546, 0.177, 0.033, "joint", -0.8, "rorelse"),
    Diagnosis("M190 M199", 2.5, 0.51, 0.45, 0.92, 0.78, 0.839, 0.433, 0.194, 0.044, "joint", -0.4, "rorelse"),
    Diagnosis("M232 M239", 4.1, 0.41, 0.35, 0.93, 0.76, 0.678, 0.231, 0.062, 0.010, "injury", -1.2, "rorelse"),
    Diagnosis("M069 M255 M478 M659", 22.0, 0.60, 0.65, 0.88, 0.65, 0.720, 0.330, 0.160, 0.050, "joint", 0.0, "rorelse"),
    Diagnosis("G560", 7.3, 0.69, 0.35, 0.95, 0.84, 0.781, 0.120, 0.047, 0.011, "joint", -1.5, "somatiska"),
    Diagnosis("G439 G442 G473 G510", 7.0, 0.66, 0.60, 0.72, 0.45, 0.720, 0.380, 0.220, 0.100, "body", -0.3, "somatiska"),
    Diagnosis("I633 I639", 1.6, 0.35, 0.20, 0.99, 0.96, 0.947, 0.744, 0.563, 0.358, "body", 0.0, "somatiska"),
    Diagnosis("I109 I209 I489 I839", 13.0, 0.40, 0.45, 0.86, 0.66, 0.720, 0.340, 0.160, 0.060, "body", -0.9, "somatiska"),
    Diagnosis("J069 J189 J209 J019", 35.0, 0.61, 0.85, 0.45, 0.17, 0.400, 0.120, 0.060, 0.025, "infection", -2.2, "somatiska"),
    Diagnosis("K297 K409 K529 K802", 20.0, 0.52, 0.35, 0.74, 0.50, 0.560, 0.170, 0.070, 0.025, "body", -2.0, "somatiska"),
    Diagnosis("C189 C449 C509 C619", 20.0, 0.62, 0.12, 0.97, 0.92, 0.860, 0.560, 0.370, 0.190, "body", -0.8, "somatiska"),
    Diagnosis("N200 N390 N819 N920", 10.0, 0.74, 0.45, 0.68, 0.45, 0.570, 0.140, 0.050, 0.015, "body", -2.0, "somatiska"),
    Diagnosis("A099 A469 A692 B349", 12.0, 0.58, 0.80, 0.50, 0.22, 0.450, 0.150, 0.070, 0.030, "infection", -2.2, "somatiska"),
    Diagnosis("E039 E059 E109 E119", 4.0, 0.62, 0.65, 0.84, 0.65, 0.730, 0.370, 0.200, 0.090, "body", -0.7, "somatiska"),
    Diagnosis("H109 H330 H669 H811", 7.0, 0.54, 0.55, 0.66, 0.42, 0.620, 0.220, 0.110, 0.045, "body", -1.5, "somatiska"),
    Diagnosis("L029 L039 L309 L400", 8.0, 0.50, 0.75, 0.72, 0.42, 0.520, 0.160, 0.080, 0.030, "body", -1.8, "somatiska"),
    Diagnosis("R522 R529", 2.7, 0.66, 0.80, 0.82, 0.56, 0.658, 0.337, 0.219, 0.104, "joint", 0.8, "symtom"),
    Diagnosis("R539", 3.0, 0.75, 0.85, 0.84, 0.58, 0.660, 0.315, 0.182, 0.089, "mental", 0.5, "symtom"),
    Diagnosis("R074 R104 R429 R519", 12.0, 0.61, 0.75, 0.58, 0.32, 0.540, 0.220, 0.120, 0.050, "body", -1.0, "symtom"),
    Diagnosis("S525 S526", 6.4, 0.67, 0.35, 0.98, 0.92, 0.838, 0.195, 0.054, 0.010, "injury", -1.8, "ovrigt"),
    Diagnosis("S623 S626", 5.4, 0.32, 0.45, 0.95, 0.84, 0.746, 0.135, 0.032, 0.005, "injury", -1.8, "ovrigt"),
    Diagnosis("S826 S828", 6.1, 0.52, 0.30, 0.98, 0.94, 0.898, 0.331, 0.098, 0.016, "injury", -1.5, "ovrigt"),
    Diagnosis("S832 S835", 5.0, 0.43, 0.55, 0.94, 0.78, 0.727, 0.276, 0.098, 0.012, "injury", -1.5, "ovrigt"),
    Diagnosis("S060 S223 S460 S934", 32.0, 0.42, 0.65, 0.80, 0.50, 0.580, 0.170, 0.070, 0.020, "injury", -1.4, "ovrigt"),
    Diagnosis("O210 O268 O479", 18.0, 1.00, 0.45, 0.90, 0.74, 0.720, 0.260, 0.010, 0.001, "pregnant", -1.8, "graviditet"),
    Diagnosis("Z563 Z636", 6.0, 0.70, 0.70, 0.86, 0.60, 0.660, 0.300, 0.160, 0.070, "mental", 0.4, "faktorer"),
)

GROUP_IDS = tuple(group for group in DIAGNOSGRUPP.ids)
UNKNOWN_GROUP = GROUP_IDS.index("okand")
GROUP_OF = np.array([GROUP_IDS.index(row.group) for row in DIAGNOSES])
NEED = np.array([row.need for row in DIAGNOSES])
CHAPTER = np.array([row.codes[0] for row in DIAGNOSES])
IS_CANCER = (CHAPTER == "C").astype(int)

# Codes as one flat list: those of diagnosis d are CODES[FIRST_CODE[d] : FIRST_CODE[d] + CODE_COUNT[d]].
CODES = tuple(code for row in DIAGNOSES for code in row.codes.split())
CODE_COUNT = np.array([len(row.codes.split()) for row in DIAGNOSES])
FIRST_CODE = np.concatenate([[0], np.cumsum(CODE_COUNT)[:-1]])


def incidence(enhetstyp: str) -> np.ndarray:
    """New cases of any length per listed person and year at the vårdcentral or clinic: array (2 sexes, 10 ages,
    diagnoses). Recurrences are taken off, since they come on top."""
    per_year = np.array([row.per_year for row in DIAGNOSES])
    women = np.array([row.women for row in DIAGNOSES])
    primary = np.array([row.primary for row in DIAGNOSES])
    s14 = np.array([row.s14 for row in DIAGNOSES])
    profile = np.array([np.array(AGES[row.ages]) / np.mean(AGES[row.ages]) for row in DIAGNOSES]).T
    by_sex = np.stack([women, 1 - women]) * 2 * per_year  # the sexes are equally many
    # the mean person of any sex has STARTED_PER_1000 cases > 14 days, PRIMARY_CARE_SHARE of them at a vårdcentral
    level = p.STARTED_PER_1000 / 1000 * p.PRIMARY_CARE_SHARE / (per_year * primary).sum() * (1 - p.RECURRENCE)
    return (level * by_sex * _share(enhetstyp, primary) / s14)[:, None, :] * profile[None, :, :]


def _share(enhetstyp: str, primary: np.ndarray) -> np.ndarray:
    if enhetstyp == "vardcentral":
        return primary
    chapters, capture = p.CLINIC_CAPTURE[enhetstyp]
    return np.where(np.isin(CHAPTER, list(chapters)), capture * (1 - primary), 0.0)
