"""Published figures from elsewhere: every form as published, its peculiarities told, and never a sign as a number."""

import csv

import duckdb
import openpyxl
import pandas as pd
import pytest

from pipelines import comparison
from pipelines.comparison.load import shipped
from pipelines.deliveries import UnitListSaid
from pipelines.errors import DeliveryError
from pipelines.intake import take_in
from pipelines.settings import Settings
from schemas.figures import KEY, jamforelse
from tests.rows import enhet, write_csv

MONTHLY = ("År", "Månad", "Län", "Kommun", "Ålder", "Kön", "Ohälsotalet")
QUARTERLY = (
    "ar", "kvartal", "diagnoskapitel_kod", "diagnoskapitel_text", "antal", "andel", "antal_kvinnor", "andel_kvinnor",
    "antal_man", "andel_man",
)  # fmt: skip


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path / "data")


def month(**changes):
    row = {
        "År": "2024", "Månad": "09", "Län": "Riket", "Kommun": "Riket", "Ålder": "Samtliga 16-64 år",
        "Kön": "Kvinnor och män", "Ohälsotalet": 22.3,
    } | changes  # fmt: skip
    return [row[name] for name in MONTHLY]


def quarter(*figures, year="2010", chapter="A00-B99"):
    return [year, "3", chapter, "x", *figures]


def workbook(path, header, rows, *, above=0):
    book = openpyxl.Workbook()
    for row in (*[["Försäkringskassan"]] * above, header, *rows):
        book.active.append(row)
    book.save(path)
    return path


def text(path, header, rows, *, end="\r\n"):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=end).writerows([header, *rows])
    return path


def take(path, settings):
    (result,) = comparison.load([path], settings)
    assert result.rader_in == result.inlasta + result.dubbletter + result.karantan
    return result


def ask(settings, query):
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def table(settings):
    """What a release would publish."""
    with duckdb.connect(str(settings.warehouse)) as connection:
        return jamforelse().validate(comparison.published(connection, settings), lazy=True)


@pytest.mark.parametrize("above", [0, 2])
def test_a_monthly_export(tmp_path, settings, above):
    rows = [
        month(),
        month(Kön="Kvinnor", Ohälsotalet=27),
        month(Län="17 Värmlands län", Kommun="17 Värmlands län", Månad="9", Ohälsotalet="21,9"),
        month(Ålder="60-64 år", Ohälsotalet=".."),
    ]
    result = take(workbook(tmp_path / "vilket namn som helst.xlsx", MONTHLY, rows, above=above), settings)
    assert (result.rader_in, result.inlasta) == (4, 4)
    assert ask(
        settings, "SELECT serie, omrade, period, kon, aldersgrupp, varde, tecken FROM raw.jamforelse ORDER BY rad_nr"
    ) == [
        ("ohalsotal", "Riket", "2024-09", "alla", None, 22.3, None),
        ("ohalsotal", "Riket", "2024-09", "K", None, 27.0, None),
        ("ohalsotal", "Värmlands län", "2024-09", "alla", None, 21.9, None),
        ("ohalsotal", "Riket", "2024-09", "alla", "60-64", None, ".."),
    ]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"Kommun": "1780 Karlstad"}, ("kommun", "gäller en kommun; bara riket och län läses in")),
        ({"Län": "Norden", "Kommun": "Norden"}, ("omrade", "är varken Riket eller ett län")),
        ({"Kön": "Okänt"}, ("kon", "är varken kvinnor, män eller båda")),
        ({"Månad": "13"}, ("period", "är ingen månad eller inget kvartal")),
        ({"Ohälsotalet": "Tretton"}, ("ohälsotalet", "är inget tal")),
        ({"Ohälsotalet": None}, ("ohälsotalet", "värde saknas")),
    ],
)
def test_a_row_that_says_nothing_is_stopped_with_its_reason(tmp_path, settings, changes, rule):
    rows = [month(), month(**{"Kön": "Män"} | changes)]
    result = take(workbook(tmp_path / "fk.xlsx", MONTHLY, rows), settings)
    assert (result.inlasta, result.karantan, result.regler) == (1, 1, ((*rule, 1),))


def test_quarters_keep_signs_and_stop_stray_rows(tmp_path, settings):
    rows = [
        quarter("692", "0.68", "371", "0.59", "321", "0.83"),
        quarter("1", "0", "371", "0.59", "321", "0.83"),
        quarter("692", "0.68", "1", "0", "321", "0.83"),
        quarter("4098", "1.71", "4098", "2.68", "-", "-", chapter="O00-O99"),
        quarter("..", "..", "53", "0.04", "..", "..", chapter="-00--99"),
    ]
    result = take(text(tmp_path / "pag.csv", QUARTERLY, rows), settings)
    assert (result.inlasta, result.karantan) == (3, 2)
    assert ask(settings, "SELECT rad_nr FROM ledger.karantan ORDER BY rad_nr") == [(3,), (4,)]
    assert ask(
        settings,
        "SELECT period, kon, diagnos, varde, tecken FROM raw.jamforelse WHERE serie = 'pagaende' ORDER BY diagnos, kon",
    ) == [
        *(("2010-09", sex, "A00-B99", value, None) for sex, value in (("K", 371), ("M", 321), ("alla", 692))),
        ("2010-09", "K", "O00-O99", 4098, None),
        ("2010-09", "M", "O00-O99", None, "-"),
        ("2010-09", "alla", "O00-O99", 4098, None),
        ("2010-09", "K", "okand", 53, None),
        ("2010-09", "M", "okand", None, ".."),
        ("2010-09", "alla", "okand", None, ".."),
    ]


def test_copies_within_a_file(tmp_path, settings):
    rows = [month(), month(), month(Kön="Män"), month(Kön="Män", Ohälsotalet=1)]
    result = take(workbook(tmp_path / "fk.xlsx", MONTHLY, rows), settings)
    assert (result.inlasta, result.karantan) == (1, 3)


def test_a_newer_file_revises_and_the_same_again_changes_nothing(tmp_path, settings):
    first = workbook(tmp_path / "a.xlsx", MONTHLY, [month(), month(Kön="Kvinnor")])
    take(first, settings)
    again = take(first, settings)
    assert (again.status, again.dubbletter) == ("dubblett", 2)
    revised = take(workbook(tmp_path / "b.xlsx", MONTHLY, [month(), month(Kön="Kvinnor", Ohälsotalet=30)]), settings)
    assert (revised.inlasta, revised.dubbletter) == (1, 1)
    shown = table(settings)
    women = shown[(shown["period"] == "2024-09") & (shown["kon"] == "K")]
    assert women["varde"].tolist() == [30]
    assert "b.xlsx" in women["kalla"].item()


def test_a_damaged_or_personal_file_is_refused_and_says_no_value(tmp_path, settings):
    path = text(tmp_path / "pag.csv", QUARTERLY, [quarter("692", "0.68", "371", "0.59", "321", "0.83")])
    whole = path.read_bytes()
    for broken in (whole[:-9], whole.replace(b",321,0.83", b""), whole.replace(b",x,", b",19121212-1212,")):
        path.write_bytes(broken)
        with pytest.raises(DeliveryError) as caught:
            comparison.load([path], settings)
        assert "pag.csv" in caught.value.text
        assert "19121212" not in caught.value.text + str(ask(settings, "SELECT * FROM ledger.leverans"))
    assert ask(settings, "SELECT count(*) FROM raw.jamforelse") == [(0,)]


def test_one_command_takes_both_and_one_refusal_does_not_stop_the_other(tmp_path, settings):
    paths = [
        workbook(tmp_path / "fk.xlsx", MONTHLY, [month()]),
        write_csv(tmp_path / "enheter.csv", [enhet()]),
        write_csv(tmp_path / "annat.csv", [enhet()]),
    ]
    with pytest.raises(DeliveryError, match=r"annat\.csv"):
        take_in(paths, settings, progress=lambda *_: None, approved_by=None, unit_list=UnitListSaid())
    assert ask(settings, "SELECT (SELECT count(*) FROM raw.jamforelse), (SELECT count(*) FROM raw.enheter)") == [(1, 1)]


def test_only_the_regions_own_county_is_published_beside_riket(tmp_path, settings):
    areas = ("17 Värmlands län", "20 Dalarnas län")
    take(workbook(tmp_path / "fk.xlsx", MONTHLY, [month(Län=area, Kommun=area) for area in areas]), settings)
    assert set(table(settings)["omrade"]) == {"Riket", "Värmlands län", "Dalarnas län"}
    chosen = settings.model_copy(update={"county": "Dalarnas län"})
    assert set(table(chosen)["omrade"]) == {"Riket", "Dalarnas län"}


def test_the_shipped_figures_agree_with_each_other():
    """Known relations: totals are sums, shares lie between those of the sexes, and every figure has a source."""
    rows = shipped()
    assert rows["kalla"].str.startswith("Försäkringskassan").all()
    for _, group in rows.groupby(["serie", "period", "diagnos"], dropna=False):
        by_sex = dict(zip(group["kon"], group["varde"], strict=True))
        if len(by_sex) == 3 and group["serie"].iloc[0] == "pagaende":
            assert by_sex["alla"] == by_sex["K"] + by_sex["M"]
        elif len(by_sex) == 3:
            assert min(by_sex["K"], by_sex["M"]) < by_sex["alla"] < max(by_sex["K"], by_sex["M"])


@pytest.mark.parametrize(
    ("name", "rows", "stopped"),
    [
        ("pag-sjp-diagnos-hela-sverige.csv", 1356, 12),
        ("fk_ohalsotal_2024_11_06.xlsx", 108, 0),
        ("fk_sjukpenningtal_2024_11_06.xlsx", 756, 0),
        ("fk_pagaende_sjukfall_diagnos_2024_11_06.xlsx", 144, 0),
        ("fk_ohalsotal_2024_12.csv", 12, 0),
        ("fk_sjukpenningtal_2024_12.csv", 84, 0),
        ("fk_pagaende_sjukfall_diagnos_2024_10.csv", 36, 0),
    ],
)
def test_files_as_published(shared, settings, name, rows, stopped):
    path = shared / "reference" / "fk" / name
    result = take(path, settings)
    assert (result.rader_in, result.karantan) == (rows, stopped)
    found = ask(settings, "SELECT serie, omrade, period, kon, diagnos, aldersgrupp, varde FROM raw.jamforelse")
    assert len(set(row[:6] for row in found)) == len(found)
    if name.startswith("pag"):
        _quarters_match(path, pd.DataFrame(found, columns=[*KEY, "varde"]))
    else:
        _sums_match(path, found)


def _quarters_match(path, found):
    """Read again without the product: the one right row of every quarter and chapter."""
    plain = pd.read_csv(path, na_values=["..", "-"])
    known = plain[["antal", "antal_kvinnor", "antal_man"]].notna().all(axis=1)
    right = plain[~known | (plain["antal"] == plain["antal_kvinnor"] + plain["antal_man"])]
    for (year, at), group in right.groupby(["ar", "kvartal"]):
        mine = found[(found["serie"] == "pagaende") & (found["period"] == f"{year}-{3 * at:02d}")]
        for sex, column in (("alla", "antal"), ("K", "antal_kvinnor"), ("M", "antal_man")):
            assert mine.loc[mine["kon"] == sex, "varde"].sum() == group[column].sum()


def _sums_match(path, found):
    plain = pd.read_csv(path) if path.suffix == ".csv" else pd.read_excel(path)
    measured = next(name for name in plain if name in (*MONTHLY[-1:], "Andel", "Andel pågående sjukfall (%)")
                    or name.lower().startswith("sjukpenningtal"))  # fmt: skip
    for label, sex in (("Kvinnor och män", "alla"), ("Kvinnor", "K"), ("Män", "M")):
        expected = plain.loc[plain["Kön"] == label, measured].sum()
        assert sum(row[6] for row in found if row[3] == sex) == pytest.approx(expected)


def test_the_shipped_figures_are_those_published(shared, settings):
    """Where the publication is at hand, nothing shipped differs from it."""
    folder = shared / "reference" / "fk"
    names = ("pag-sjp-diagnos-hela-sverige.csv", "fk_sjukpenningtal_2024_12.csv", "fk_ohalsotal_2024_12.csv",
             "fk_pagaende_sjukfall_diagnos_2024_10.csv")  # fmt: skip
    comparison.load([folder / name for name in names], settings)
    columns = ", ".join(KEY)
    loaded = {row[:6]: row[6] for row in ask(settings, f"SELECT {columns}, varde FROM raw.jamforelse")}
    mine = {tuple(row[:6]): row[6] for row in shipped().astype(object).where(lambda f: f.notna(), None).values.tolist()}
    common = mine.keys() & loaded.keys()
    assert len(common) == 48
    assert {key: mine[key] for key in common} == {key: loaded[key] for key in common}
    year = pd.read_csv(folder / "fk_national_month_2024_11_2026_06.csv").query("month.str.startswith('2025')")
    started, insured = year["started_cases"].sum(), year["insured_15_69"].mean()
    of = {key[0]: value for key, value in mine.items() if key[2] == "2025-12" and key[3] == "alla"}
    assert of["startade"] == started
    assert of["startade_per_1000"] == round(1000 * started / insured)
    assert of["pagaende_per_1000"] == round(1000 * year["ongoing_cases_end_of_month"].mean() / insured)
    assert of["startade_andel"] == round(100 * year["started_F00_F99"].sum() / started, 1)
