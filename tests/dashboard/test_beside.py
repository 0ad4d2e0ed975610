"""Groups, steps and units beside each other: rows in, order, words and cells out."""

from dashboard.figures.cascade import cascade
from dashboard.figures.contrasts import contrasts
from dashboard.figures.groups import Frame, Item, bars, both_sexes, dumbbell, highest
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
    assert both_sexes(item("A", 5, None), "procent") == "A: värdet visas inte."


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


def test_a_cascade_is_percent_of_the_first_step():
    steps = MEASURES["kaskad"].steps
    rows = [
        {"period": "2026-06", "kon": sex, "steg": step.id, "ordning": at, "utfall": "tal", "antal": 100 - 20 * at,
         "andel": 1 - 0.2 * at, "nedre": max(0, 0.9 - 0.2 * at), "ovre": 1 - 0.2 * at}
        for at, step in enumerate(steps)
        for sex in "KM"
    ]  # fmt: skip
    rows[4] |= dict.fromkeys(("antal", "andel", "nedre", "ovre")) | {"utfall": "dolt"}
    content = cascade(MEASURES["kaskad"], rows, "VC", "Källa.")
    assert content.figure["data"][1]["x"][:3] == [100, 80, 60]
    assert dict(content.table.rows)["Samtycke"][0].text == "×"
    assert content.title.startswith("Insats: kvinnor 40,0, män 40,0 procent av målgruppen")


def test_units_are_ordered_by_size_and_the_own_is_marked_and_compared_in_words():
    def unit(name, size, women, men):
        about = {"enhet_id": name, "namn": f"Vårdcentralen {name}", "namnare": size}
        return [row(women, kon="K", **about), row(men, kon="M", **about)]

    rows = unit("Hög", 100, 99, 1) + unit("Stor", 900, 10, 5) + unit("Egen", 400, 20, 5)
    region = {"K": row(10, namn="R"), "M": row(5, namn="R")}
    content = units(MEASURES["pagaende"], "manad", "2026-10", rows, region, "Egen", "per 1 000", "Källa.")
    assert [name.split()[-1] for name, _ in content.table.rows] == ["Stor", "Egen", "Hög", "Regionen"]
    assert content.title == "Vårdcentralen Egen jämfört med regionen: kvinnor högre än slumpen, män inom slumpen."
    assert content.figure["layout"]["yaxis"]["ticktext"][1] == "<b>▸ Egen</b>"


def test_every_measure_in_one_table_with_hidden_missing_and_sure_apart():
    measures = [MEASURES[name] for name in ("pagaende", "startade", "atergang")]
    whole = [row(20, kon="K"), row(10, kon="M")]
    hidden = [HIDDEN | {"kon": "K"}, HIDDEN | {"kon": "M"}]
    sure = gap(5, 15) | {"period": "2026-09", "dag": -1}
    content = contrasts(
        [(measures[0], "manad", "2026-09", whole, [sure]), (measures[1], "r12", "2026-09", hidden, []),
         (measures[2], "r12", "2026-09", whole, [])]
    )  # fmt: skip
    cells = [[cell.text for cell in row_cells] for _, row_cells in content.rows]
    assert cells[0][1:5] == ["20,0", "10,0", "+10,0", "+5,0"]
    assert cells[0][-1] == "● ja"
    assert set(cells[1][1:6]) == {"×"}
    assert cells[2][3:6] == ["..", "..", ".."]
    assert [row_cells[-1] for row_cells in cells[1:]] == ["–", "–"]


def test_an_interval_with_one_limit_reaches_one_way():
    one = Item(label="Ett", by_sex={"K": row(3, ovre=None), "M": row(2)}, gap=None)
    women = bars(FRAME, [one], title="t").figure["data"][0]["error_x"]
    assert (women["array"], women["arrayminus"]) == ([0], [1])
