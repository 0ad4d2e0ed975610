"""The faults of real extracts, one declaration each: what it does to some rows, and what must come of it when loaded."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.synthetic import columns as c

MAIN, FIRST, SECOND = 0, 1, 2  # the delivery itself, and the two that follow it
FIRST_KNOWN, SECOND_KNOWN = 5, 12  # days after the period in which the sender knew what they hold
UNKNOWN_UNIT = "SE0000000009-0009"
YEARS = 10
SHIFT = -40
INSATS = {"handelse": "", "reko_status": ""}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where faulty rows are made: the last day of the period, and the number of the first new id."""

    last: np.datetime64
    number: int


Deliveries = dict[int, pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One fault. `share` of the eligible rows have it; `make` turns them into the rows of each delivery, `replaces` says
    that they stand instead of the clean row. The rest is what one of them leads to when all deliveries are loaded."""

    name: str
    extract: str
    share: float
    make: Callable[[pd.DataFrame, Place], Deliveries]
    expected: str
    replaces: bool = False
    karantan: int = 0
    dubbletter: int = 0
    utelamnade: int = 0
    extra_perioder: int = 0


def _days(frame: pd.DataFrame, name: str) -> NDArray[np.datetime64]:
    return frame[name].to_numpy().astype("M8[D]")


def _new(frame: pd.DataFrame, place: Place, **changes) -> pd.DataFrame:
    """The rows under ids of their own."""
    key = "intyg_id" if "intyg_id" in frame else "handelse_id"
    ids = c.identities("x", place.number + np.arange(len(frame))).to_pylist()
    return frame.assign(**{key: ids}, **changes)


def _moved(frame: pd.DataFrame, days: int, *names: str) -> dict[str, np.ndarray]:
    shift = np.timedelta64(days, "D")
    return {name: np.datetime_as_string((_days(frame, name) + shift).astype("M8[D]")) for name in names}


def _known(place: Place, days: int) -> str:
    return f"{place.last + np.timedelta64(days, 'D')}T09:00:00"


def _years_off(frame: pd.DataFrame, years: int) -> np.ndarray:
    """The same text but for the year; 29 February becomes the 28th."""
    texts = frame["tom"].astype(str)
    moved = (texts.str.slice(0, 4).astype(int) + years).astype(str) + texts.str.slice(4)
    return moved.str.replace("-02-29", "-02-28").to_numpy()


def revoked_before(frame: pd.DataFrame, place: Place) -> Deliveries:
    wrong = _new(frame, place, **_moved(frame, SHIFT, "fran", "tom"))
    earlier = np.datetime_as_string(frame["kand_fran"].to_numpy().astype("M8[s]") - np.timedelta64(1, "h"))
    return {MAIN: wrong.assign(handelse="makulerat", kand_fran=earlier), FIRST: wrong}


def revoked_after(frame: pd.DataFrame, place: Place) -> Deliveries:
    wrong = _new(frame, place, **_moved(frame, SHIFT, "fran", "tom"))
    return {MAIN: wrong, FIRST: wrong.assign(handelse="makulerat", kand_fran=_known(place, FIRST_KNOWN))}


def replaced(frame: pd.DataFrame, place: Place) -> Deliveries:
    known = _known(place, FIRST_KNOWN)
    new = _new(frame, place, kand_fran=known, ersatter_intyg_id=frame["intyg_id"])
    return {FIRST: pd.concat([frame.assign(handelse="ersatt", kand_fran=known), new], ignore_index=True)}


def wrong_year_corrected(frame: pd.DataFrame, place: Place) -> Deliveries:
    right = frame.assign(kand_fran=_known(place, FIRST_KNOWN))
    return {MAIN: frame.assign(tom=_years_off(frame, YEARS)), FIRST: right}


def wrong_year_left(frame: pd.DataFrame, place: Place) -> Deliveries:
    return {MAIN: _new(frame, place, tom=_years_off(frame, YEARS))}


def reversed_dates(frame: pd.DataFrame, place: Place) -> Deliveries:
    return {MAIN: _new(frame, place, tom=_years_off(frame, -1))}


def impossible_date(frame: pd.DataFrame, place: Place) -> Deliveries:
    return {MAIN: _new(frame, place, fran=frame["fran"].astype(str).str.slice(0, 4) + "-02-30")}


def overlapping(frame: pd.DataFrame, place: Place) -> Deliveries:
    return {MAIN: _new(frame, place, **_moved(frame, 1, "fran"))}


def late(frame: pd.DataFrame, place: Place) -> Deliveries:
    return {FIRST: frame.assign(kand_fran=_known(place, FIRST_KNOWN))}


def corrected(frame: pd.DataFrame, place: Place) -> Deliveries:
    wrong = frame.assign(diagnos="Z999", grad=np.where(frame["grad"] == "100", "50", "100"))
    return {MAIN: wrong, SECOND: frame.assign(kand_fran=_known(place, SECOND_KNOWN))}


def unknown_unit(frame: pd.DataFrame, _: Place) -> Deliveries:
    return {MAIN: frame.assign(enhet_id=UNKNOWN_UNIT)}


def again(frame: pd.DataFrame, _: Place) -> Deliveries:
    return {SECOND: frame}


def twice_in_file(frame: pd.DataFrame, _: Place) -> Deliveries:
    return {MAIN: frame}


def double_coded(frame: pd.DataFrame, place: Place) -> Deliveries:
    return {MAIN: _new(frame, place, kva_koder="GC001|ZV503", **INSATS)}


def revoked_event(frame: pd.DataFrame, place: Place) -> Deliveries:
    wrong = _new(frame, place, kva_koder="GC001", **INSATS, **_moved(frame, -1, "datum"))
    return {MAIN: wrong, FIRST: wrong.assign(handelse_status="makulerat", kand_fran=_known(place, FIRST_KNOWN))}


NOTHING = "Ändrar inget sjukfall."
KINDS = (
    Kind(name="makulerat_fore", extract="intyg", share=0.003, make=revoked_before,
         expected="Makuleringen kommer före intyget, som aldrig räknas."),
    Kind(name="makulerat_efter", extract="intyg", share=0.004, make=revoked_after,
         expected="Intyget räknas inte när makuleringen är inläst."),
    Kind(name="ersatt", extract="intyg", share=0.005, make=replaced, extra_perioder=1,
         expected="Ersatta intyg ligger kvar enligt den nationella regeln; det nya har samma dagar. " + NOTHING),
    Kind(name="fel_slutar_rattat", extract="intyg", share=0.003, make=wrong_year_corrected, replaces=True,
         expected="Slutår tio år fel tills rättelsen är inläst. " + NOTHING),
    Kind(name="fel_slutar_kvar", extract="intyg", share=0.002, make=wrong_year_left, utelamnade=1,
         expected="Perioden slutar mer än fem år fram och utelämnas."),
    Kind(name="tom_fore_fran", extract="intyg", share=0.002, make=reversed_dates, karantan=1,
         expected="Raden hamnar i karantän."),
    Kind(name="omojligt_datum", extract="intyg", share=0.001, make=impossible_date, karantan=1,
         expected="Raden hamnar i karantän."),
    Kind(name="overlapp", extract="intyg", share=0.01, make=overlapping, extra_perioder=1,
         expected="Dagarna räknas en gång. " + NOTHING),
    Kind(name="sent_intyg", extract="intyg", share=0.015, make=late, replaces=True,
         expected="Saknas i den första leveransen. " + NOTHING),
    Kind(name="rattat_intyg", extract="intyg", share=0.005, make=corrected, replaces=True,
         expected="Fel diagnos och grad tills den andra tilläggsleveransen är inläst. " + NOTHING),
    Kind(name="okand_enhet", extract="intyg", share=0.004, make=unknown_unit, replaces=True,
         expected="Perioden räknas till okänd enhet. " + NOTHING),
    Kind(name="levererat_igen", extract="intyg", share=0.01, make=again, dubbletter=1,
         expected="Raden räknas som dubblett."),
    Kind(name="dubbelt_i_filen", extract="intyg", share=0.002, make=twice_in_file, karantan=1,
         expected="Den andra raden hamnar i karantän."),
    Kind(name="dubbelkodad_insats", extract="koordinering", share=0.05, make=double_coded,
         expected="Två rader är en händelse."),
    Kind(name="sen_insats", extract="koordinering", share=0.03, make=late, replaces=True,
         expected="Saknas i den första leveransen."),
    Kind(name="makulerad_insats", extract="koordinering", share=0.02, make=revoked_event,
         expected="Händelsen räknas inte när makuleringen är inläst."),
)  # fmt: skip
