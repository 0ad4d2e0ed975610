"""Invented names: no unit, care provider or person of these names is meant to exist."""

import numpy as np

FIRST = (
    "Trast", "Lärk", "Tärn", "Spov", "Vide", "Pors", "Sälg", "Brakveds", "Blåsipps", "Gullvive", "Harsyre", "Slån",
    "Odon", "Mård", "Utter", "Igelkotts", "Humle", "Trollslände", "Snäck", "Flint", "Kvarts", "Sidensvans",
)  # fmt: skip
SECOND = (
    "backen", "gläntan", "hagen", "lyckan", "kullen", "tjärnen", "åkern", "gärdet", "kroken", "slänten", "stigen",
)  # fmt: skip
QUARTERS = ("", "Norra ", "Södra ", "Östra ", "Västra ")
AREAS = ("Område Norr", "Område Söder", "Område Öst", "Område Väst")
REGION = "Region Påhittad"
PUBLIC_PROVIDER = "Region Påhittad, hälso- och sjukvård"


def unit_places(count: int, rng: np.random.Generator) -> list[str]:
    """`count` different places in random order; plain names first, then with a quarter, then numbered."""
    plain = [first + second for first in FIRST for second in SECOND]
    plain = [plain[place] for place in rng.permutation(len(plain))]
    rounds = range(1 + count // (len(plain) * len(QUARTERS)))
    places = (
        f"{quarter}{place}{f' {number + 1}' if number else ''}"
        for number in rounds
        for quarter in QUARTERS
        for place in plain
    )
    return [place for place, _ in zip(places, range(count), strict=False)]


def provider_name(number: int) -> str:
    """Name of the private care provider `number` (0, 1, …), told apart by its word, then by its number."""
    word = FIRST[number % len(FIRST)]
    again = number // len(FIRST)
    return f"Påhittade {word}vården{f' {again + 1}' if again else ''} AB"
