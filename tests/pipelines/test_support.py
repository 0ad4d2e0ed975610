"""What was done for the target group, a second time: from the delivered files, case by case, in plain Python."""

from math import sqrt

import pandas as pd
import pytest

from pipelines import warehouse
from pipelines.deliveries import load
from pipelines.releases import current
from pipelines.settings import Settings
from schemas.measures import MEASURES, with_parts
from tests.architecture.source import ROOT
from tests.rows import enhet, intyg, koordinering, write_delivery

QUARTER, FIRST, LAST = "2025-06", pd.Timestamp("2024-07-01"), pd.Timestamp("2025-06-30")
OFFERS = ("erbjuden", "samtycke", "avbojt", "screenad_ej_behov")
PARTIES = {
    "ZV506": "arbetsgivare", "ZV503": "forsakringskassan", "XS013": "forsakringskassan", "ZV502": "arbetsformedlingen",
    "ZV509": "socialtjanst",
}  # fmt: skip
CODES = {
    "GC001": "insats",
    "DV077": "plan",
    "AW026": "plan_uppfoljd",
    "AW011": "plan_uppfoljd",
    "XS013": "avstamningsmote",
}
STATUS = {"REKO_3": "insats", "REKO_4": "insats", "REKO_5": "insats", "REKO_6": "avbojt"}


def kinds(event):
    """Everything that one delivered row says was done."""
    codes = event.kva_koder.split("|")
    found = {event.handelse, STATUS.get(event.reko_status, ""), *(CODES.get(code, "") for code in codes)}
    found |= {f"kontakt_{PARTIES[code]}" for code in codes if code in PARTIES}
    if event.handelse not in OFFERS:
        found |= {f"kontakt_{event.aktor}"} if event.aktor else set()
        found |= {f"ben_{event.ben}"} if event.ben else set()
    return found - {""}


@pytest.fixture(scope="module")
def values(region):
    rows = pd.read_parquet(region.published / current(region.published) / "varde.parquet")
    return rows[rows["enhet_id"].str.startswith("region:") & rows["indelning"].eq("ingen")]


@pytest.fixture(scope="module")
def delivered(region):
    folder = region.data / "deliveries" / "region"
    names = ("intyg", "koordinering", "bemanning", "listade", "enheter")
    return {name: pd.read_csv(folder / f"{name}.csv", sep=";", dtype=str).fillna("") for name in names}


@pytest.fixture(scope="module")
def certificates(delivered):
    rows = delivered["intyg"].query("typ == 'FK7804'").copy()
    rows["fran"], rows["tom"] = pd.to_datetime(rows["fran"]), pd.to_datetime(rows["tom"])
    rows = rows.sort_values(["patient_id", "fran", "kand_fran", "grad"], kind="stable").reset_index(drop=True)
    before = rows.groupby("patient_id")["tom"].cummax().groupby(rows["patient_id"]).shift()
    rows["fall"] = ((rows["fran"] - before).dt.days > 6).groupby(rows["patient_id"]).cumsum()
    return rows


@pytest.fixture(scope="module")
def events(delivered):
    """patient → (day, kinds, is it from a vårdcentral) of every row."""
    centres = set(delivered["enheter"].query("enhetstyp == 'vardcentral'")["enhet_id"])
    found: dict = {}
    for event in delivered["koordinering"].itertuples():
        what = (pd.Timestamp(event.datum), kinds(event), event.enhet_id in centres)
        found.setdefault(event.patient_id, []).append(what)
    return found


@pytest.fixture(scope="module")
def target(certificates, events):
    """Every case of the cohort that reached day 30: kon, alder, and the first day of each kind from that day."""
    found = []
    for (patient, _), rows in certificates.groupby(["patient_id", "fall"]):
        start, end = rows["fran"].min(), rows["tom"].max()
        if not FIRST <= start <= LAST or (end - start).days + 1 < 30:
            continue
        case = {"kon": rows["kon"].iloc[-1], "alder": int(rows["alder"].iloc[0]), "dag": {}}
        for day, said, centre in events.get(patient, []):
            if start <= day <= end:
                for kind in said | ({"vardcentral"} if "insats" in said and centre else set()):
                    at = (day - start).days - 29
                    case["dag"][kind] = min(at, case["dag"].get(kind, at))
        found.append(case)
    return found


def within(case, limit, *names):
    return any(case["dag"].get(name, 999) <= limit for name in names)


INSATS, PLAN = ("insats",), ("plan", "gemensam_handlingsplan")
OFFERED = ("erbjuden", "avbojt", "samtycke", "insats")
PARTS = {
    "malgrupp": lambda c: True,
    "malgrupp_unga": lambda c: c["alder"] < 30,
    "handlingsplan_unga": lambda c: c["alder"] < 30 and within(c, 90, "gemensam_handlingsplan"),
    "kaskad.erbjuden": lambda c: within(c, 90, *OFFERED),
    "kaskad.samtycke": lambda c: within(c, 90, "samtycke", "insats"),
    "kaskad.insats": lambda c: within(c, 90, *INSATS),
    "kaskad.plan": lambda c: within(c, 90, *INSATS) and within(c, 90, *PLAN),
    "kaskad.uppfoljning": lambda c: PARTS["kaskad.plan"](c) and within(c, 90, "plan_uppfoljd", "uppfoljning_bokad"),
    "planering.plan_60": lambda c: within(c, 60, *PLAN),
    "planering.plan_90": lambda c: within(c, 90, *PLAN),
    "planering.utan": lambda c: not within(c, 90, *PLAN),
    "planering.uppfoljning_bokad": lambda c: within(c, 90, "uppfoljning_bokad"),
    "erbjudande.avbojt": lambda c: within(c, 90, "avbojt"),
    "erbjudande.ej_erbjuden": lambda c: not within(c, 90, *OFFERED),
    "insatser.stod": lambda c: within(c, 90, "ben_stod"),
    "insatser.intern": lambda c: within(c, 90, "ben_intern"),
    "insatser.extern": lambda c: within(c, 90, "ben_extern"),
    "insatser.arbetsgivare": lambda c: within(c, 90, "kontakt_arbetsgivare"),
    "insatser.forsakringskassan": lambda c: within(c, 90, "kontakt_forsakringskassan"),
    "insatser.arbetsformedlingen": lambda c: within(c, 90, "kontakt_arbetsformedlingen"),
    "insatser.socialtjanst": lambda c: within(c, 90, "kontakt_socialtjanst"),
    "insatser.avstamningsmote": lambda c: within(c, 90, "avstamningsmote"),
    "insatser.flerpart": lambda c: within(c, 90, "flerpart"),
    "insatser.fk_information": lambda c: within(c, 90, "fk_information_30kap"),
    "insatser.annan_enhet": lambda c: within(c, 90, *INSATS) and c["dag"].get("vardcentral", 999) > c["dag"]["insats"],
}  # fmt: skip


def test_every_kind_of_support_is_counted_here_too():
    of_target = {name for name, one in with_parts(MEASURES).items() if getattr(one, "base", "") == "mart.malgrupp"}
    assert of_target - set(PARTS) == {"kaskad", "insatser", "planering", "erbjudande"}


@pytest.mark.parametrize("matt", PARTS)
def test_the_target_group_kind_by_kind(values, target, matt):
    for kon in ("K", "M", "alla"):
        expected = sum(PARTS[matt](case) for case in target if kon in (case["kon"], "alla"))
        (row,) = values.query("matt_id == @matt and period == @QUARTER and kon == @kon").itertuples()
        if row.utfall == "dolt":
            continue
        assert row.antal == expected
        if matt not in ("malgrupp", "handlingsplan_unga"):
            assert row.varde == pytest.approx(100 * expected / len([c for c in target if kon in (c["kon"], "alla")]))


def test_most_kinds_are_shown_for_the_region(values):
    shown = values.query("period == @QUARTER and kon == 'K' and utfall == 'tal'")["matt_id"]
    assert len(set(PARTS) & set(shown)) > 15


def test_long_cases_that_nobody_caught(values, certificates, events):
    day = pd.Timestamp("2025-05-31")
    counted = dict.fromkeys(("K", "M", "alla"), 0)
    for (patient, _), rows in certificates.groupby(["patient_id", "fall"]):
        start = rows["fran"].min()
        if not start <= day <= rows["tom"].max():
            continue
        begun = rows[rows["fran"] <= day]
        certified = {d for row in begun.itertuples() for d in pd.date_range(row.fran, min(row.tom, day))}
        helped = any(start <= at <= day and said & {*INSATS, *PLAN} for at, said, _ in events.get(patient, []))
        if len(certified) > 90 and not helped:
            counted[begun["kon"].iloc[-1]] += 1
            counted["alla"] += 1
    rows = values.query("matt_id == 'ofangade' and period == '2025-05'")
    for row in rows[rows["kon"] != "okand"].itertuples():
        expected = counted[row.kon]
        assert row.utfall == "dolt" or row.antal == expected


def test_large_units_without_coordinator_and_staffing_per_case(region, delivered, values):
    listed = delivered["listade"].query("manad == '2025-05'").copy()
    low = listed["aldersgrupp"].str.extract(r"^(\d+)-")[0].fillna("0").astype(int)
    size = listed[low.between(18, 63)].astype({"antal": int}).groupby("enhet_id")["antal"].sum()
    posts = delivered["bemanning"].query("manad == '2025-05' and roll == 'rehabkoordinator'")
    fte = posts.astype({"fte": float}).groupby("enhet_id")["fte"].sum()
    large = set(size[size >= 4000].index)
    without = {unit for unit in large if fte.get(unit, 0) == 0}
    (row,) = values.query("matt_id == 'utan_koordinator' and period == '2025-05'").itertuples()
    assert (row.antal, row.namnare) == (len(without), len(large))
    assert without
    (long,) = values.query("matt_id == 'langa_28' and period == '2025-05' and kon == 'alla'").itertuples()
    (row,) = values.query("matt_id == 'bemanning_langa' and period == '2025-05'").itertuples()
    assert row.varde == pytest.approx(100 * fte.sum() / long.antal)
    every = pd.read_parquet(region.published / current(region.published) / "varde.parquet")
    hidden = every.query("matt_id == 'langa_28' and kon == 'alla' and periodtyp == 'manad' and utfall == 'dolt'")
    per_case = every.query("matt_id == 'bemanning_langa'").merge(hidden[["enhet_id", "period"]])
    assert len(per_case) > 0
    assert per_case["kvot_utfall"].eq("dolt").all() and per_case[["varde", "namnare"]].isna().all(axis=None)


def test_one_event_with_many_codes_is_one_and_an_offer_is_no_contact(tmp_path):
    coded = {"kva_koder": "GC001|ZV506|DV077", "ben": "extern", "aktor": "arbetsgivare", "utforare_id": "r1"}
    rows = [
        koordinering(handelse_id="H-1", datum="2024-04-05", **coded),
        koordinering(handelse_id="H-2", datum="2024-04-05", **coded | {"handelse": "", "kva_koder": "ZV506"}),
        koordinering(handelse_id="H-3", datum="2024-04-05", **coded | {"handelse": "", "kva_koder": "GC001"}),
        koordinering(handelse_id="H-4", datum="2024-04-02", **coded | {"handelse": "erbjuden", "kva_koder": ""}),
    ]
    folder = write_delivery(
        tmp_path / "in",
        {"enheter": [enhet()], "intyg": [intyg(tom="2024-06-30"), intyg(intyg_id="A-0", fran="2024-01-01",
         tom="2024-01-03", patient_id="ANNAN")], "koordinering": rows},
        typ="fullstandig", period_fran="2024-01-01", period_till="2024-12-31",
    )  # fmt: skip
    chosen = Settings(data=tmp_path / "data")
    load([folder], chosen, progress=lambda what, done, total: None)
    with warehouse.open_warehouse(chosen) as connection:
        warehouse.build(connection, chosen, progress=lambda step: None)
        found = connection.execute("SELECT handelse, count(*) FROM core.koordinering GROUP BY 1 ORDER BY 1").fetchall()
        case = connection.execute(
            "SELECT erbjuden, insats, plan, arbetsgivare, ben_extern, forsakringskassan FROM mart.malgrupp"
        ).fetchall()
    assert found == [("ben_extern", 1), ("erbjuden", 1), ("insats", 1), ("kontakt_arbetsgivare", 1), ("plan", 1)]
    assert case == [(3, 6, 6, 6, 6, None)]  # from 30 March, day 30


@pytest.fixture(scope="module")
def groups():
    """The five diagnosis groups by the first three characters of a code."""
    folder = ROOT / "schemas" / "codes"
    wide = dict(pd.read_csv(folder / "diagnos5.csv").itertuples(index=False, name=None))
    ranges = list(pd.read_csv(folder / "diagnosgrupper.csv").itertuples())
    return lambda code: next((wide[r.diagnosgrupp] for r in ranges if r.fran <= code[:3] <= r.till), "okand")


def test_the_difference_taken_apart_cell_by_cell(region, certificates, groups):
    day = pd.Timestamp("2025-06-30")
    size, partial = {}, {}
    for _, rows in certificates.groupby(["patient_id", "fall"]):
        if rows["fran"].min() <= day <= rows["tom"].max():
            last = rows[rows["fran"] <= day].iloc[-1]
            at = (last["kon"], (int(last["alder"]) - 18) // 20, groups(last["diagnos"]))
            size[at] = size.get(at, 0) + 1
            partial[at] = partial.get(at, 0) + (last["grad"] != "100")
    ages, diagnoses = {at[1] for at in size}, {at[2] for at in size}

    def rate(sex, a, d):
        other = "M" if sex == "K" else "K"
        own = (sex, a, d) if size.get((sex, a, d)) else (other, a, d)
        return partial[own] / size[own] if own in size else 0.0

    def structure(sex, a, d, *, of_age):
        n = size.get((sex, a, d), 0)
        row = sum(v for (s, x, _), v in size.items() if s == sex and x == a)
        column = sum(v for (s, _, y), v in size.items() if s == sex and y == d)
        whole = sum(v for (s, *_), v in size.items() if s == sex)
        if not n:
            return 0.0
        return sqrt(n / column * row / whole) if of_age else sqrt(n / row * column / whole)

    parts = dict.fromkeys(("alder", "diagnos", "niva"), 0.0)
    for a in ages:
        for d in diagnoses:
            mean = (rate("K", a, d) + rate("M", a, d)) / 2
            (a1, b1), (a2, b2) = ([structure(sex, a, d, of_age=of) for of in (True, False)] for sex in ("K", "M"))
            parts["alder"] += mean * (a1 - a2) * (b1 + b2) / 2
            parts["diagnos"] += mean * (b1 - b2) * (a1 + a2) / 2
            parts["niva"] += (rate("K", a, d) - rate("M", a, d)) * (a1 * b1 + a2 * b2) / 2
    rows = pd.read_parquet(region.published / current(region.published) / "uppdelning.parquet")
    rows = rows[rows["enhet_id"].str.startswith("region:")].query("matt_id == 'andel_partiell' and period == '2025-06'")
    assert rows["utfall"].eq("tal").all()
    assert rows.set_index("del")["varde"].to_dict() == {name: round(100 * part, 1) for name, part in parts.items()}


def test_the_parts_are_the_difference_and_only_of_what_is_shown(region):
    folder = region.published / current(region.published)
    parts, gaps = (pd.read_parquet(folder / f"{name}.parquet") for name in ("uppdelning", "skillnad"))
    key = ["matt_id", "enhet_id", "periodtyp", "period"]
    whole = gaps[(gaps["indelning"] == "ingen") & (gaps["dag"] == -1)].set_index(key)
    shown = parts[(parts["utfall"] == "tal") & (parts["storhet"] == "varde")]
    sums = shown.groupby(key)["varde"].sum()
    off = sums - whole["differens"].reindex(sums.index)
    assert len(off) > 300
    assert off.abs().max() < 0.151
    assert whole["utfall"].reindex(sums.index).eq("tal").all()
    assert ((shown["varde"] * 10).round(6) % 1).eq(0).all()
    counts = shown[shown["matt_id"].isin(["pagaende", "startade"])]
    assert set(counts["del"]) == {"alder", "niva"}


def test_the_parts_of_a_curve_are_its_difference(region):
    folder = region.published / current(region.published)
    parts, gaps, means = (
        pd.read_parquet(folder / f"{name}.parquet") for name in ("uppdelning", "skillnad", "kurvskillnad")
    )
    key = ["matt_id", "enhet_id", "period", "storhet", "dag"]
    shares = gaps[(gaps["indelning"] == "ingen") & (gaps["dag"] > 0)]
    whole = pd.concat([shares.assign(storhet="andel", differens=100 * shares["differens"]), means]).set_index(key)
    told = parts[parts["storhet"] != "varde"]
    shown = told[told["utfall"] == "tal"]
    sums = shown.groupby(key)["varde"].sum()
    assert (sums - whole["differens"].reindex(sums.index)).abs().max() < 0.151
    assert whole["utfall"].reindex(sums.index).eq("tal").all()
    assert set(sums.index.droplevel(["enhet_id", "period"])) == {
        ("atergang", "andel", 90), ("atergang", "medeldagar", 90), ("atergang", "medeldagar", 365),
    }  # fmt: skip
    assert shown["metod"].str.contains("bootstrap av personer, 2000 dragningar").all()
    assert told.loc[told["utfall"] == "ej_beraknat", "orsak"].notna().all()
