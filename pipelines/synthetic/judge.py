"""A published target beside what was measured, and the verdict: within 10 percent or three standard errors."""

from dataclasses import dataclass

WITHIN, ERRORS = 0.10, 3.0
BY_CHANCE = 4.0  # among two hundred comparisons one or two between three and four standard errors are no surprise
SOME = "mellan tre och fyra medelfel, som någon av så här många jämförelser gör av en slump"
WHY = {
    "inflöde": "nivån följer av befolkning, vårdcentralernas andel och rikets siffror 2025, se parameters.py",
    "inflöde per diagnos": "antalen är från 2017 (F43: 2025), kvinnors andel från 2015",
    "kvinnors andel": "andelen är av personer 2015, uppmätt är startade sjukfall",
    "kvar efter": "längderna är dragna ur tabellen; en effekt av koordinering eller kort uppföljning ändrar dem",
    "bestånd": "beståndet följer av inflöde och längder, som går före",
    "säsong": "månaderna i rikets serie 2025 upprepas varje år",
    "trend": "längderna är desamma varje år, så beståndet faller som inflödet",
    "enheter": "antalet listade per vårdcentral är valt (--patients och --enheter)",
    "grad": "ingen publicerad siffra finns: ett val",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One target (None where none is published), what was measured, and its standard error."""

    del_: str
    vad: str
    target: float | None
    measured: float
    error: float
    source: str

    @property
    def deviation(self) -> float | None:
        return self.measured / self.target - 1 if self.target else None

    @property
    def within(self) -> bool:
        if self.target is None:
            return True
        return bool(abs(self.measured - self.target) <= max(WITHIN * abs(self.target), ERRORS * self.error))

    @property
    def verdict(self) -> str:
        if self.target is None:
            return f"inget mål: {WHY[self.del_]}"
        if self.within:
            return "inom"
        chance = abs(self.measured - self.target) < BY_CHANCE * self.error
        return f"avviker: {SOME if chance else WHY[self.del_]}"

    @property
    def texts(self) -> tuple[str, str, str, str, str, str, str]:
        """The row as the report shows it, decimal comma: what, target, measured, deviation, error, verdict, source."""
        deviation = "–" if self.deviation is None else f"{100 * self.deviation:+.1f} %"
        target = "–" if self.target is None else _number(self.target)
        numbers = (target, _number(self.measured), deviation, _number(self.error))
        shown = [text.replace(".", ",").replace("-", "−") for text in numbers]
        return (self.vad, shown[0], shown[1], shown[2], shown[3], self.verdict, self.source)


def _number(value: float) -> str:
    """Whole numbers from 1 000, three decimals at most below."""
    return f"{value:,.0f}".replace(",", "\u00a0") if value >= 1000 else f"{value:.3g}"


HEAD = ("jämförelse", "mål", "uppmätt", "avvikelse", "medelfel", "omdöme", "källa")
