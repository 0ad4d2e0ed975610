"""The sentence of a measure in every situation: it says who, how many, how much and how sure, and never why."""

import pytest

from dashboard.figures.sentence import of_count, of_curve, of_resource
from schemas.measures import MEASURES

NBSP = "\u00a0"
UNDECIDED = {"utfall": "tal", "differens": 1.0, "differens_nedre": -1.0, "differens_ovre": 3.0}
HIGHER = {"utfall": "tal", "differens": 18.3, "differens_nedre": 9.3, "differens_ovre": 27.8}
LOWER = {"utfall": "tal", "differens": -18.3, "differens_nedre": -27.8, "differens_ovre": -9.3}
SECRET = {"utfall": "dolt", "differens": None, "differens_nedre": None, "differens_ovre": None}


def value(antal, varde, nedre, ovre, *, namnare=1000, utfall="tal"):
    return {"utfall": utfall, "antal": antal, "namnare": namnare, "varde": varde, "nedre": nedre, "ovre": ovre}


def share(n, andel, nedre, ovre, *, utfall="tal"):
    return {"utfall": utfall, "n": n, "antal": n, "andel": andel, "nedre": nedre, "ovre": ovre}


WOMEN, MEN = value(54, 28.31, 21.2, 36.9), value(19, 9.94, 6.0, 15.5)
HIDDEN = value(None, None, None, None, namnare=None, utfall="dolt")
NOT_COUNTED = value(None, None, None, None, namnare=None, utfall="ej_beraknat")
NO_LISTED = value(54, None, None, None, namnare=None)

COUNTS = {
    "higher": (
        WOMEN, MEN, HIGHER, False,
        "Pågående sjukfall i oktober 2026: kvinnor 28,3 per 1 000 listade (21,2–36,9; 54 sjukfall), män 9,9 per 1 000 "
        "listade (6,0–15,5; 19 sjukfall). Skillnaden är större än slumpen.",
    ),
    "lower": (
        MEN, WOMEN, LOWER, False,
        "Pågående sjukfall i oktober 2026: kvinnor 9,9 per 1 000 listade (6,0–15,5; 19 sjukfall), män 28,3 per 1 000 "
        "listade (21,2–36,9; 54 sjukfall). Skillnaden är större än slumpen.",
    ),
    "no difference": (
        WOMEN, MEN, UNDECIDED, False,
        "Pågående sjukfall i oktober 2026: kvinnor 28,3 per 1 000 listade (21,2–36,9; 54 sjukfall), män 9,9 per 1 000 "
        "listade (6,0–15,5; 19 sjukfall). Skillnaden kan vara slump.",
    ),
    "too few men": (
        WOMEN, HIDDEN, SECRET, False,
        "Pågående sjukfall i oktober 2026: kvinnor 28,3 per 1 000 listade (21,2–36,9; 54 sjukfall), män visas inte.",
    ),
    "hidden": (
        HIDDEN, HIDDEN, SECRET, False,
        "Pågående sjukfall i oktober 2026: värdet visas inte, eftersom det bygger på för få personer eller skyddar ett "
        "annat litet värde.",
    ),
    "not computable": (
        NOT_COUNTED, NOT_COUNTED, None, False, "Pågående sjukfall i oktober 2026: värdet kan inte beräknas.",
    ),
    "nobody listed": (
        NO_LISTED, NO_LISTED, None, False,
        "Pågående sjukfall i oktober 2026: kvinnor 54 sjukfall, män 54 sjukfall.",
    ),
    "preliminary": (
        WOMEN, MEN, UNDECIDED, True,
        "Pågående sjukfall i oktober 2026: kvinnor 28,3 per 1 000 listade (21,2–36,9; 54 sjukfall), män 9,9 per 1 000 "
        "listade (6,0–15,5; 19 sjukfall). Skillnaden kan vara slump. Siffrorna är preliminära.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", COUNTS)
def test_a_count(situation):
    women, men, gap, preliminary, wanted = COUNTS[situation]
    said = of_count(
        MEASURES["pagaende"], "manad", "2026-10", {"K": women, "M": men}, gap, preliminary=preliminary
    ).replace(NBSP, " ")
    assert said == wanted


def test_a_true_zero_is_a_number():
    none = value(0, 0.0, 0.0, 2.1)
    said = of_count(MEASURES["pagaende"], "manad", "2026-10", {"K": none, "M": none}, UNDECIDED)
    assert "kvinnor 0,0 per" in said.replace(NBSP, " ")


def test_a_share_says_what_it_is_a_share_of():
    pair = {"K": value(42, 77.8, 65.1, 86.8, namnare=54), "M": value(12, 63.2, 41.0, 80.9, namnare=19)}
    said = of_count(MEASURES["andel_partiell"], "manad", "2026-10", pair, UNDECIDED).replace(NBSP, " ")
    assert said.endswith(
        "i oktober 2026: kvinnor 78 % av 54 (65–87), män 63 % av 19 (41–81). Skillnaden kan vara slump."
    )


CURVES = {
    "both": (
        share(142, 0.612, 0.53, 0.69), share(71, 0.68, 0.56, 0.78), UNDECIDED,
        "Av 142 sjukfall som startade oktober 2025–september 2026 hos kvinnor hade 61 % slutat med återgång inom 90 dagar "
        "(53–69); av 71 hos män 68 % (56–78). Skillnaden kan vara slump.",
    ),
    "women hidden": (
        None, share(71, 0.68, 0.56, 0.78), SECRET,
        "Av 71 sjukfall som startade oktober 2025–september 2026 hos män hade 68 % slutat med återgång inom 90 dagar "
        "(56–78); kvinnor visas inte.",
    ),
    "hidden": (
        share(None, None, None, None, utfall="dolt"), share(None, None, None, None, utfall="dolt"), SECRET,
        "Sjukfall som startade oktober 2025–september 2026: värdet visas inte, eftersom det bygger på för få personer eller "
        "skyddar ett annat litet värde.",
    ),
    "not computable": (
        None, None, None, "Sjukfall som startade oktober 2025–september 2026: värdet kan inte beräknas.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", CURVES)
def test_a_curve(situation):
    women, men, gap, wanted = CURVES[situation]
    assert of_curve(MEASURES["atergang"], "2026-09", {"K": women, "M": men}, gap).replace(NBSP, " ") == wanted


def test_a_share_of_a_selection():
    share_of = next(one for one in MEASURES["kaskad"].shares if one.id == "kaskad.insats")
    pair = {
        "K": value(6, 8.1, 3.8, 16.6, namnare=74),
        "M": value(7, 13.7, 6.8, 25.7, namnare=51),
    }
    said = of_count(share_of, "r12", "2026-06", pair, UNDECIDED).replace(NBSP, " ")
    assert said.endswith("kvinnor 8 % av 74 (4–17), män 14 % av 51 (7–26). Skillnaden kan vara slump.")


def test_a_resource():
    said = of_resource(MEASURES["bemanning"], "2026-10", {"antal": 0.2, "varde": 0.05}).replace(NBSP, " ")
    assert "i oktober 2026: 0,2 " in said
    assert "0,05 per 1 000" in said
    assert of_resource(MEASURES["bemanning"], "2026-10", None).endswith("kan inte beräknas.")


@pytest.mark.parametrize("word", ["beror på", "tack vare", "effekt", "leder till"])
def test_no_sentence_says_why(word):
    said = [COUNTS[name][-1] for name in COUNTS] + [CURVES[name][-1] for name in CURVES]
    phrases = [getattr(measure, "phrase", "") for measure in MEASURES.values()]
    assert not [text for text in said + phrases if word in text]
