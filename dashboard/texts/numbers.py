"""Numbers, shares and dates as Swedish readers expect them."""

from collections.abc import Sequence

NBSP = "\u00a0"
MINUS = "\u2212"
HIDDEN, MISSING, NONE = "×", "..", "–"
SPOKEN = {HIDDEN: "dolt", MISSING: "uppgift saknas", NONE: "inget att redovisa"}
WORDS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def number(value: float, decimals: int = 0) -> str:
    """1234.5 → 1 234,5 with a non-breaking space, and a true minus."""
    text = f"{abs(value):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{text}" if round(value, decimals) < 0 else text


def signed(value: float, decimals: int = 0) -> str:
    text = number(value, decimals)
    return text if text.startswith(MINUS) or round(value, decimals) == 0 else f"+{text}"


def percent_decimals(n: float | None) -> int:
    """One decimal from a hundred cases, else whole percent."""
    return 1 if n is not None and n >= 100 else 0


def percent(share: float, n: float | None, decimals: int | None = None) -> str:
    """A share as percent; `decimals` where values stand side by side and must look alike."""
    return f"{number(100 * share, percent_decimals(n) if decimals is None else decimals)}{NBSP}%"


def interval(low: float | None, high: float | None, decimals: int) -> str:
    """(12,1–14,9), or nothing where there is no interval. Limits below zero are joined with "till"."""
    if low is None or high is None:
        return ""
    joint = " till " if low < 0 or high < 0 else "–"
    return f"({number(low, decimals)}{joint}{number(high, decimals)})"


def month(period: str) -> str:
    """2026-10 → oktober 2026."""
    year, at = period.split("-")
    return f"{MONTHS[int(at) - 1]} {year}"


def quarter(period: str) -> str:
    """2026-09 → kvartal 3 2026."""
    year, at = period.split("-")
    return f"kvartal {(int(at) + 2) // 3} {year}"


def twelve_months(period: str) -> str:
    """2026-09 → oktober 2025–september 2026."""
    year, at = map(int, period.split("-"))
    first = year * 12 + at - 12
    return f"{MONTHS[first % 12]} {first // 12}–{month(period)}"


def twelve_months_short(period: str) -> str:
    """2026-09 → okt 2025–sep 2026."""
    return "–".join(f"{part.split()[0][:3]} {part.split()[1]}" for part in twelve_months(period).split("–"))


def period_text(kind: str, period: str) -> str:
    return {"manad": month, "kvartal": quarter, "r12": twelve_months}[kind](period)


def during(kind: str, period: str) -> str:
    """As in a sentence: i oktober 2026, kvartal 3 2026, oktober 2025–september 2026."""
    return f"i {month(period)}" if kind == "manad" else period_text(kind, period)


def period_short(kind: str, period: str) -> str:
    """For axes and tables: 2026-10, 2026 kv 3."""
    if kind == "kvartal":
        year, at = period.split("-")
        return f"{year} kv {(int(at) + 2) // 3}"
    return period


def in_sentence(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it is a code (F00–F99)."""
    return label if label[1:2].isdigit() else f"{label[:1].lower()}{label[1:]}"


def listed(words: Sequence[str]) -> str:
    """ett, två och tre."""
    return f"{', '.join(words[:-1])} och {words[-1]}" if len(words) > 1 else "".join(words)


def in_words(count: int) -> str:
    """två, tre … tolv, and figures beyond."""
    return WORDS[count] if count < len(WORDS) else number(count)


def counted_word(count: int, one: str, more: str, first: str = "En") -> str:
    """En signal, Två signaler: a sentence begins with it."""
    return f"{first} {one}" if count == 1 else f"{in_words(count).capitalize()} {more}"


def months_later(period: str, months: int) -> str:
    """2026-10 and 3 → 2027-01."""
    year, at = map(int, period.split("-"))
    count = year * 12 + at - 1 + months
    return f"{count // 12}-{count % 12 + 1:02d}"
