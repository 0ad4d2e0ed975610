"""From a published number back to the deliveries that it is made of."""

from pipelines.access import reading
from pipelines.deliveries.account import month_of, unit_of
from pipelines.errors import CheckError
from pipelines.releases import current, read_manifest, releases
from pipelines.settings import Settings
from schemas.extracts import EXTRACTS
from schemas.measures import MEASURES

HEAD = ("leverans", "extrakt", "fil", "avsändare", "mottagen", "sha256", "rader")


def lineage(
    settings: Settings,
    release: str | None,
    *,
    measure: str | None = None,
    unit: str | None = None,
    month: str | None = None,
) -> tuple[str, list[tuple[str, ...]]]:
    """The release and, under a heading, its deliveries: of one measure the extracts that it needs, of a unit and a month
    (both may be left out) those whose rows stand there, with how many. Raises CheckError for what does not exist."""
    name = release or current(settings.published)
    if name is None or name not in releases(settings.published):
        raise CheckError("Utgåvan finns inte.", advice="Se vilka som finns: sjukvy status")
    if measure is not None and measure not in MEASURES:
        raise CheckError(f"Måttet {measure} finns inte.", faults=sorted(MEASURES))
    listed = read_manifest(settings.published / name).get("deliveries", [])
    wanted = {*MEASURES[measure].requires, "intyg", "enheter"} if measure else None
    chosen = [one for one in listed if wanted is None or one["extrakt"] in wanted]
    counts = _rows_there(settings, {one["extrakt"] for one in chosen}, unit, month) if unit or month else None
    rows = []
    for one in chosen:
        found = one["inlasta"] if counts is None else counts.get((one["leverans_nr"], one["extrakt"]), 0)
        if counts is None or found:
            shown = (one["leverans_nr"], one["extrakt"], one["filnamn"], one["avsandare"] or "", one["mottagen"])
            rows.append((*map(str, shown), one["sha256"][:12], str(found)))
    return name, [HEAD, *rows]


def _rows_there(
    settings: Settings, extracts: set[str], unit: str | None, month: str | None
) -> dict[tuple[int, str], int]:
    """(delivery, extract) → rows that stand there now and that the unit and month have."""
    found: dict[tuple[int, str], int] = {}
    with reading(settings) as connection:
        for extract in sorted(extracts & EXTRACTS.keys()):
            rows = connection.execute(
                f"""SELECT leverans_nr, count(*) FROM raw.{extract} WHERE indragen_av IS NULL
                    AND ($unit IS NULL OR {unit_of(extract)} = upper($unit))
                    AND ($month IS NULL OR {month_of(extract)} IN ($month, 'alla')) GROUP BY leverans_nr""",
                {"unit": unit, "month": month},
            ).fetchall()
            found |= {(number, extract): count for number, count in rows}
    return found
