"""The groups of the national reports again, in plain Python and written from the rules, one sjukfall at a time."""

from datetime import date, timedelta

from tests.oracle.sjukfall import Rules, certified, days, last_day, month_ends

LENGTHS = (0, 15, 31, 61, 91, 181, 365, 731)
AGES = (16, 21, 26, 31, 36, 41, 46, 51, 56, 61, 66)
CERTIFICATES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
DAYS_SO_FAR = (1, 91, 181, 366)
CHAPTERS = {"F438A": "F00-F99", "m54.5": "M00-M99"}
SECTIONS = {"F438A": "F40-F48", "m54.5": "M50-M54"}
FORM = {"FK7804", "LISJP", "FK7263"}


def place(lows: tuple[int, ...], value: int) -> int:
    """Which group: the number of lower bounds that the value reaches, less one."""
    return sum(low <= value for low in lows) - 1


def begun(chain: list[dict], day: date) -> list[dict]:
    return [row for row in chain if row["fran"] <= day]


def under(chains: list[list[dict]], rules: Rules) -> list[tuple]:
    """(month, unit, sex, chapter, section, age, degree, length, certificates) of every case that some day of the month
    belongs to, each grouped."""
    rows = []
    for chain in chains:
        for end in month_ends(rules):
            inside = begun(chain, end)
            if not inside or last_day(chain) < end.replace(day=1):
                continue
            row, until = inside[-1], last_day(inside)
            counted = begun(chain, until)
            if rules.low <= row["alder"] <= rules.high:
                rows.append(
                    (f"{end:%Y-%m}", row["enhet_id"], row["kon"], CHAPTERS.get(row["diagnos"], "okand"),
                     SECTIONS.get(row["diagnos"], "okand"), place(AGES, row["alder"]), str(row["grad"]),
                     place(LENGTHS, len(certified(counted))),
                     place(CERTIFICATES, len({one["intyg_id"] for one in counted})))
                )  # fmt: skip
    return sorted(rows)


def open_on(chains: list[list[dict]], rules: Rules, on: int) -> list[tuple]:
    """(month, unit, sex, degree, days so far, grouped) of every case open on a day of the month."""
    rows = []
    for chain in chains:
        for end in month_ends(rules):
            day = end.replace(day=on)
            inside = begun(chain, day)
            if not inside or last_day(chain) < day:
                continue
            row, so_far = inside[-1], [one for one in certified(inside) if one <= day]
            if rules.low <= row["alder"] <= rules.high:
                rows.append(
                    (f"{end:%Y-%m}", row["enhet_id"], row["kon"], str(row["grad"]), place(DAYS_SO_FAR, len(so_far)))
                )
    return sorted(rows)


def reached(chains: list[list[dict]], rules: Rules, number: int) -> list[tuple]:
    """(month, unit, sex, chapter) of every case in the month of its number-th certified day."""
    months = {f"{end:%Y-%m}" for end in month_ends(rules)}
    rows = []
    for chain in chains:
        when = sorted(certified(chain))[number - 1 : number]
        for day in when:
            row = [one for one in chain if one["fran"] <= day <= one["tom"]][-1]
            if f"{day:%Y-%m}" in months and rules.low <= row["alder"] <= rules.high:
                rows.append((f"{day:%Y-%m}", row["enhet_id"], row["kon"], CHAPTERS.get(row["diagnos"], "okand")))
    return sorted(rows)


def faults(chains: list[list[dict]]) -> list[tuple]:
    """(unit, month, kind) of every period that covers days again, or makes more than 100 percent on its first day."""
    rows = []
    for chain in chains:
        for at, row in enumerate(chain):
            month, before = f"{row['fran']:%Y-%m}", chain[:at]
            covered = set().union(*(days(one["fran"], one["tom"]) for one in before)) if before else set()
            if not days(row["fran"], row["tom"]) & covered:
                continue
            rows.append((row["enhet_id"], month, "överlappar ett tidigare intyg"))
            if sum(one["grad"] for one in chain if one["fran"] <= row["fran"] <= one["tom"]) > 100:
                rows.append((row["enhet_id"], month, "grad över 100 tillsammans"))
    return sorted(rows)


def completed(certificates: dict[str, dict], messages: list[dict], rules: Rules) -> list[tuple]:
    """(month, unit, sex, type, asked for more) of every certificate by its first period's first day."""
    asked = {row["intyg_id"] for row in messages if row["amne"] == "KOMPLT"}
    months = {f"{end:%Y-%m}" for end in month_ends(rules)}
    rows = []
    for name, row in certificates.items():
        kind = row["typ"].strip().upper().replace("-", "")
        said = "fk7804" if kind in FORM else "ag" if kind.startswith("AG") else "okand"
        month = f"{row['fran']:%Y-%m}"
        if month in months and rules.low <= row["alder"] <= rules.high:
            rows.append((month, row["enhet_id"], row["kon"], said, name in asked))
    return sorted(rows)


def topics(certificates: dict[str, dict], messages: list[dict], rules: Rules) -> list[tuple]:
    """(month, unit, sex, topic, question) of every message about a known certificate."""
    last = rules.data_tom + timedelta(days=1)
    rows = []
    for message in messages:
        row = certificates.get(message["intyg_id"])
        if row and rules.data_fran <= message["datum"] < last and rules.low <= row["alder"] <= rules.high:
            question = (message["fraga"] if message["fraga"] in {"1", "32"} else "okand") or "okand"
            about = question if message["amne"] == "KOMPLT" else None
            rows.append((f"{message['datum']:%Y-%m}", message["enhet_id"], row["kon"], message["amne"], about))
    return sorted(rows, key=str)
