"""What a letter to a team says."""

from dashboard.texts.numbers import counted_word

SUBJECT = "Sjukvy: underlaget för {month} är klart"
PAGE = "Mötets sida: {address}"
ATTACHED = "Rapporten är bifogad. Får spridas: internt."


def late(count: int) -> str:
    return (
        f"{counted_word(count, 'beslut eller åtgärd är försenat', 'beslut eller åtgärder är försenade', first='Ett')}."
    )


def to_follow_up(count: int) -> str:
    return f"{counted_word(count, 'beslut', 'beslut', first='Ett')} ska följas upp på mötet."
