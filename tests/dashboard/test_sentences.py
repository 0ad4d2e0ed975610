"""The sentence of a measure in every situation: it says who, how many, how much and how sure, and never why."""

import pytest

from dashboard.figures.sentence import of_count, of_curve, of_resource, of_selection, of_states
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


def pairs_of(women, men, ids):
    """The same rows of K and M by id; a missing row is None."""
    return {name: {"K": first, "M": second} for name, first, second in zip(ids, women, men, strict=True)}


def percent(value_, low, high, *, of=74):
    return value(value_ * of / 100, value_, low, high, namnare=of) | {"kvot_utfall": "tal"}


SECRET_SHARE = HIDDEN | {"kvot_utfall": "dolt"}
NO_SHARE = NOT_COUNTED | {"kvot_utfall": "ej_beraknat"}
STEPS = [share_.id for share_ in MEASURES["planering"].shares]
PLAN = "Plan och bokad uppföljning, procent av målgruppen bland sjukfall som startade juli 2025–juni 2026"
W60, W90, WNO, WUP = percent(20.4, 13, 31), percent(35, 25, 46), percent(65, 54, 75), percent(8.1, 4, 17)
M60, M90, MNO, MUP = (
    percent(30, 19, 44, of=51), percent(51, 38, 64, of=51), percent(49, 36, 62, of=51), percent(13.7, 7, 26, of=51),
)  # fmt: skip
SELECTIONS = {
    "some larger": (
        (W60, W90, WNO, WUP), (M60, M90, MNO, MUP), (UNDECIDED, LOWER, HIGHER, UNDECIDED), False,
        f"{PLAN} (74 hos kvinnor, 51 hos män): utan vidare planering – kvinnor 65 % (54–75), män 49 % (36–62); plan inom 90 "
        "dagar – kvinnor 35 % (25–46), män 51 % (38–64); plan inom 60 dagar – kvinnor 20 % (13–31), män 30 % (19–44); bokad "
        "uppföljning – kvinnor 8 % (4–17), män 14 % (7–26). Skillnaden är större än slumpen för utan vidare planering och "
        "plan inom 90 dagar; för övriga kan den vara slump.",
    ),
    "no difference, preliminary": (
        (W60, W90, WNO, WUP), (M60, M90, MNO, MUP), (UNDECIDED,) * 4, True,
        f"{PLAN} (74 hos kvinnor, 51 hos män): utan vidare planering – kvinnor 65 % (54–75), män 49 % (36–62); plan inom 90 "
        "dagar – kvinnor 35 % (25–46), män 51 % (38–64); plan inom 60 dagar – kvinnor 20 % (13–31), män 30 % (19–44); bokad "
        "uppföljning – kvinnor 8 % (4–17), män 14 % (7–26). Skillnaderna kan vara slump. Siffrorna är preliminära.",
    ),
    "too few men in one part, and of both in another": (
        (W60, W90, WNO, SECRET_SHARE), (SECRET_SHARE, M90, MNO, SECRET_SHARE), (SECRET, UNDECIDED, HIGHER, SECRET), False,
        f"{PLAN} (74 hos kvinnor, 51 hos män): utan vidare planering – kvinnor 65 % (54–75), män 49 % (36–62); plan inom 90 "
        "dagar – kvinnor 35 % (25–46), män 51 % (38–64); plan inom 60 dagar – kvinnor 20 % (13–31), män visas inte; bokad "
        "uppföljning – visas inte. Skillnaden är större än slumpen för utan vidare planering; för plan inom 90 dagar kan den "
        "vara slump.",
    ),
    "too few men": (
        (W60, W90, WNO, WUP), (SECRET_SHARE,) * 4, (SECRET,) * 4, False,
        f"{PLAN} (74 hos kvinnor): utan vidare planering – kvinnor 65 % (54–75); plan inom 90 dagar – kvinnor 35 % (25–46); "
        "plan inom 60 dagar – kvinnor 20 % (13–31); bokad uppföljning – kvinnor 8 % (4–17); män visas inte.",
    ),
    "hidden": (
        (SECRET_SHARE,) * 4, (SECRET_SHARE,) * 4, (SECRET,) * 4, False,
        f"{PLAN}: värdet visas inte, eftersom det bygger på för få personer eller skyddar ett annat litet värde.",
    ),
    "not computable": ((NO_SHARE,) * 4, (None,) * 4, (None,) * 4, True,
        f"{PLAN}: värdet kan inte beräknas. Siffrorna är preliminära."),
}  # fmt: skip


@pytest.mark.parametrize("situation", SELECTIONS)
def test_a_selection(situation):
    women, men, gaps, preliminary, wanted = SELECTIONS[situation]
    said = of_selection(
        MEASURES["planering"], "2026-06", pairs_of(women, men, STEPS), dict(zip(STEPS, gaps, strict=True)),
        preliminary=preliminary,
    )  # fmt: skip
    assert said.replace(NBSP, " ") == wanted


def test_the_steps_of_a_chain_keep_their_order_and_of_many_kinds_the_commonest_are_told():
    chain, kinds = MEASURES["kaskad"], MEASURES["insatser"]
    ids = [one.id for one in chain.shares]
    women = [percent(part, part - 3, part + 3) for part in (9, 50, 20, 30, 10)]
    said = of_selection(chain, "2026-06", pairs_of(women, women, ids), {ids[2]: HIGHER}).replace(NBSP, " ")
    assert [
        said.index(word) for word in ("erbjuden – ", "samtycke – ", "insats – ", "plan – ", "uppföljning – ")
    ] == sorted(said.index(word) for word in ("erbjuden – ", "samtycke – ", "insats – ", "plan – ", "uppföljning – "))
    assert said.endswith("Skillnaden är större än slumpen.")
    ids = [one.id for one in kinds.shares]
    women = [percent(2 + part, 1, 40) for part in range(len(ids) - 1)] + [SECRET_SHARE]
    said = of_selection(kinds, "2026-06", pairs_of(women, women, ids), {}).replace(NBSP, " ")
    assert "(74 hos kvinnor, 74 hos män), vanligast är: information enligt 30 kap. SFB – kvinnor 11 % (1–40)" in said
    assert said.count(" – kvinnor") == 4


def full_or_partial(*shares_, n=312):
    return [share(n, part, part - 0.05, part + 0.05) for part in shares_]


SECRET_STATES = [share(None, None, None, None, utfall="dolt")] * 3
GRADED = "Hel och partiell sjukskrivning dag för dag, dag 28 bland sjukfall som startade oktober 2025–september 2026"
OF_GRADES = {
    "higher for one, lower for another": (
        full_or_partial(0.3, 0.2, 0.5), full_or_partial(0.2, 0.1, 0.7, n=207), (UNDECIDED, HIGHER, LOWER),
        f"{GRADED} (312 hos kvinnor, 207 hos män): hel (100 procent) – kvinnor 30 % (25–35), män 20 % (15–25); partiell "
        "(25–75 procent) – kvinnor 20 % (15–25), män 10 % (5–15); avslutat – kvinnor 50 % (45–55), män 70 % (65–75). "
        "Skillnaden är större än slumpen för partiell (25–75 procent) och avslutat; för hel (100 procent) kan den vara slump.",
    ),
    "no difference": (
        full_or_partial(0.3, 0.2, 0.5), full_or_partial(0.3, 0.2, 0.5, n=207), (UNDECIDED,) * 3,
        f"{GRADED} (312 hos kvinnor, 207 hos män): hel (100 procent) – kvinnor 30 % (25–35), män 30 % (25–35); partiell "
        "(25–75 procent) – kvinnor 20 % (15–25), män 20 % (15–25); avslutat – kvinnor 50 % (45–55), män 50 % (45–55). "
        "Skillnaderna kan vara slump.",
    ),
    "too few women": (
        SECRET_STATES, full_or_partial(0.2, 0.1, 0.7, n=207), (SECRET,) * 3,
        f"{GRADED} (207 hos män): hel (100 procent) – män 20 % (15–25); partiell (25–75 procent) – män 10 % (5–15); avslutat "
        "– män 70 % (65–75); kvinnor visas inte.",
    ),
    "hidden": (
        SECRET_STATES, SECRET_STATES, (SECRET,) * 3,
        f"{GRADED}: värdet visas inte, eftersom det bygger på för få personer eller skyddar ett annat litet värde.",
    ),
    "not computable": ([None] * 3, [None] * 3, (None,) * 3, f"{GRADED}: värdet kan inte beräknas."),
}  # fmt: skip


@pytest.mark.parametrize("situation", OF_GRADES)
def test_the_share_on_each_grade(situation):
    women, men, gaps, wanted = OF_GRADES[situation]
    measure = MEASURES["hel_deltid"]
    ids = [state.id for state in measure.states]
    pairs, known = pairs_of(women, men, ids), dict(zip(ids, gaps, strict=True))
    assert of_states(measure, "2026-09", pairs, known).replace(NBSP, " ") == wanted
    early = of_states(measure, "2026-09", pairs, known, preliminary=True).replace(NBSP, " ")
    assert early == f"{wanted} Siffrorna är preliminära."


def test_a_resource():
    said = of_resource(MEASURES["bemanning"], "2026-10", {"antal": 0.2, "varde": 0.05}).replace(NBSP, " ")
    assert "i oktober 2026: 0,2 " in said
    assert "0,05 per 1 000" in said
    assert of_resource(MEASURES["bemanning"], "2026-10", None).endswith("kan inte beräknas.")


@pytest.mark.parametrize("word", ["beror på", "tack vare", "effekt", "leder till"])
def test_no_sentence_says_why(word):
    said = [situation[-1] for table in (COUNTS, CURVES, SELECTIONS, OF_GRADES) for situation in table.values()]
    phrases = [getattr(measure, "phrase", "") for measure in MEASURES.values()]
    assert not [text for text in said + phrases if word in text]
