"""Groups, steps and units beside each other: rows in, order, words and cells out."""

from dashboard.figures.apart import apart, of_count
from dashboard.figures.contrasts import contrasts
from dashboard.figures.groups import bars, both_sexes, dumbbell, highest
from dashboard.figures.groups_figure import Frame, Item
from dashboard.figures.selection import selection
from dashboard.figures.units import units
from schemas.measures import MEASURES

FRAME = Frame(
    name="x", measure="startade", question="Fråga?", subject="Ämne", unit="per 1 000", counted="sjukfall",
    subtitle="u", notes=(), method="m",
)  # fmt: skip
HIDDEN = {"utfall": "dolt", "kvot_utfall": "dolt", "antal": None, "varde": None, "nedre": None, "ovre": None}


def row(value, **changes):
    known = {
        "utfall": "tal",
        "kvot_utfall": "tal",
        "antal": 10.0,
        "varde": value,
        "nedre": value - 1,
        "ovre": value + 1,
    }
    return known | changes


def gap(low, high):
    names = ("kvot", "kvot_nedre", "kvot_ovre")
    said = {"differens": (low + high) / 2, "differens_nedre": low, "differens_ovre": high}
    return {"utfall": "tal", **said, **dict.fromkeys(names)}


def item(label, women, men, difference=None):
    by_sex = {"K": HIDDEN if women is None else row(women), "M": HIDDEN if men is None else row(men)}
    return Item(label=label, by_sex=by_sex, gap=difference)


def test_the_largest_difference_comes_first_and_hidden_groups_last():
    content = dumbbell(FRAME, [item("Liten", 5, 4, gap(-1, 3)), item("Dold", 9, None), item("Stor", 20, 8, gap(6, 18))])
    assert [name for name, _ in content.table.rows] == ["Stor", "Liten", "Dold"]
    assert content.title == ("Störst skillnad: Stor: kvinnor 20,0, män 8,0 per 1 000; skillnaden är större än slumpen.")
    drawn = content.figure["data"][0]["y"]
    assert [label.split()[-1] for label in drawn] == ["●", "○"], "the ring says whether it may be chance"
    assert not any("Dold" in label for label in drawn)


def test_a_group_that_may_be_chance_is_said_to():
    assert "kan vara slump" in both_sexes(item("A", 5, 4, gap(-1, 3)), "procent")
    assert both_sexes(item("A", 5, 4), "procent") == "A: kvinnor 5,0, män 4,0 procent."
    assert both_sexes(item("A", 5, None), "procent") == "A: kvinnor 5,0 procent; värdet för män visas inte."
    assert both_sexes(item("A", None, None), "procent") == "A: värdet visas inte."


def test_bars_keep_their_order_and_hidden_is_a_cross_and_never_zero():
    items = [item("Ett", None, 3), item("Två", 6, 2)]
    content = bars(FRAME, items, title=highest(items, "per 1 000"))
    assert content.title == "Störst grupp hos kvinnor två (6,0 per 1 000) och hos män ett (3,0 per 1 000)."
    women = content.figure["data"][0]
    assert women["name"] == "Kvinnor"
    assert women["x"] == [None, 6]
    assert dict(content.table.rows)["Ett"][1].text == "×"
    assert "kvinnor dolt" in content.summary


def test_nothing_to_draw_is_said_and_not_drawn():
    content = bars(FRAME, [item("Ett", None, None)], title=highest([], "per 1 000"))
    assert content.figure is None
    assert "för få personer" in content.state
    assert content.title == "Värdena visas inte."


def shares_of(measure, values):
    """Published rows of the whole and of every share; None is hidden."""
    rows = [row(40.0, matt_id=measure.whole, kon=sex, antal=100.0) for sex in "KM"]
    for share, value in zip(measure.shares, values, strict=True):
        rows += [(HIDDEN if value is None else row(value)) | {"matt_id": share.id, "kon": sex} for sex in "KM"]
    return rows


def test_steps_keep_their_order_after_the_whole_and_a_hidden_one_is_a_cross():
    measure = MEASURES["kaskad"]
    gaps = [gap(-1, 3) | {"matt_id": "kaskad.insats"}]
    content = selection(measure, "2026-06", shares_of(measure, (80, None, 40, 20, 10)), gaps, "VC", "Källa.")
    assert content.figure["data"][0]["x"] == [100, 80, None, 40, 20, 10]
    assert dict(content.table.rows)["Samtycke"][0].text == "×"
    assert content.title == "Insats: kvinnor 40,0, män 40,0 procent av målgruppen; skillnaden kan vara slump."


def test_other_kinds_stand_with_the_commonest_first_and_the_hidden_last():
    measure = MEASURES["erbjudande"]
    for values, order in (((4, 60), ["Inte erbjudna", "Tackat nej"]), ((70, None), ["Tackat nej", "Inte erbjudna"])):
        content = selection(measure, "2026-06", shares_of(measure, values), [], "VC", "Källa.")
        assert [name for name, _ in content.table.rows] == order
    assert content.title == "Inte erbjudna: värdet visas inte."


def parted(period, **parts):
    return [
        {"period": period, "periodtyp": "r12", "del": name, "metod": "m", "orsak": None}
        | ({"utfall": "dolt", "varde": None, "nedre": None, "ovre": None} if value is None else
           {"utfall": "tal", "varde": value, "nedre": value - 1, "ovre": value + 1})
        for name, value in parts.items()
    ]  # fmt: skip


def test_a_difference_and_its_parts_are_said_with_sign_and_never_after_the_chosen_month():
    share = MEASURES["andel_partiell"]
    rows = parted("2026-03", alder=-0.5, diagnos=2.0, niva=1.0) + parted("2026-06", alder=None, diagnos=None, niva=None)
    gaps = [gap(1, 4) | {"period": period} for period in ("2026-03", "2026-06", "2026-09")]
    content = apart(of_count(share), "2026-03", rows[:3], gaps, "VC", "Källa.")
    assert content.title == (
        "Kvinnor minus män: +2,5 procentenheter, varav olika ålder −0,5, olika diagnoser +2,0 och resten +1,0; resten kan "
        "vara slump."
    )
    sure = apart(of_count(share), "2026-03", parted("2026-03", alder=0.0, diagnos=0.0, niva=2.5), gaps, "VC", "Källa.")
    assert sure.title.endswith("och resten +2,5; resten är större än slumpen.")
    assert [name for name, _ in content.table.rows] == ["2026-03"]
    assert [cell.text for cell in content.table.rows[0][1]][::3] == ["+2,5", "−0,5", "+2,0", "+1,0"]
    later = apart(of_count(share), "2026-06", rows, gaps, "VC", "Källa.")
    assert later.title.endswith("kan inte delas upp.")
    assert [cell.text for cell in later.table.rows[0][1]][3:6] == ["×"] * 3
    assert [trace["y"] for trace in later.figure["data"]] == [[2.5, 2.5], [-0.5, None], [2.0, None], [1.0, None]]


def test_units_are_ordered_by_size_and_the_own_is_marked_and_compared_in_words():
    def unit(name, size, women, men):
        about = {"enhet_id": name, "namn": f"Vårdcentralen {name}", "namnare": size}
        return [row(women, kon="K", **about), row(men, kon="M", **about)]

    rows = unit("Hög", 100, 99, 1) + unit("Stor", 900, 10, 5) + unit("Egen", 400, 20, 5)
    region = {"K": row(10, namn="R"), "M": row(5, namn="R")}
    content = units(MEASURES["pagaende"], "manad", "2026-10", rows, region, "Egen", "per 1 000", "Källa.")
    assert [name.split()[-1] for name, _ in content.table.rows] == ["Stor", "Egen", "Hög", "Regionen"]
    assert content.title == "Vårdcentralen Egen: kvinnor 20,0 (regionen 10,0), män 5,0 (regionen 5,0) per 1 000."
    assert "slumpen" not in content.title, "the verdict is the funnel's"
    assert content.figure["layout"]["yaxis"]["ticktext"][1] == "<b>▸ Egen</b>"


def test_every_measure_in_one_table_with_hidden_missing_and_sure_apart():
    measures = [MEASURES[name] for name in ("pagaende", "startade", "atergang")]
    whole = [row(20, kon="K"), row(10, kon="M")]
    hidden = [HIDDEN | {"kon": "K"}, HIDDEN | {"kon": "M"}]
    sure = gap(5, 15) | {"period": "2026-09", "dag": -1}
    parts = {one["del"]: one for one in parted("2026-09", alder=0.5, niva=9.5)}
    content = contrasts(
        [(measures[0], "manad", "2026-09", whole, [sure], parts), (measures[1], "r12", "2026-09", hidden, [], {}),
         (measures[2], "r12", "2026-09", whole, [], {}),
         (MEASURES["hel_deltid"], "r12", "2026-09", whole, [gap(-0.03, 0.23) | {"period": "2026-09", "dag": 28}], {})]
    )  # fmt: skip
    cells = [[cell.text for cell in row_cells] for _, row_cells in content.rows]
    assert cells[0] == ["20,0", "10,0", "+10,0 ●", "+0,5 ○", "–", "+9,5 ●", "+5,0", "+15,0", "september 2026"]
    assert cells[1][:6] == ["×", "×", "×", "–", "–", "–"]
    assert cells[2][2:8] == ["..", "–", "–", "–", "..", ".."]
    assert content.rows[3][0] == "Hel och partiell, procent dag 28, partiell (25–75 procent)"
    assert cells[3][:8] == ["20,0", "10,0", "+10,0 ○", "–", "–", "–", "−3,0", "+23,0"]


def test_an_interval_with_one_limit_reaches_one_way():
    one = Item(label="Ett", by_sex={"K": row(3, ovre=None), "M": row(2)}, gap=None)
    women = bars(FRAME, [one], title="t").figure["data"][0]["error_x"]
    assert (women["array"], women["arrayminus"]) == ([0], [1])
