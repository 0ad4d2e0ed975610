"""What stands in the tiles, in the table of the month and in that of decisions."""

# a measure
MONTH_HEADINGS = ("Mått", "Kvinnor", "Män", "Skillnad", "Utveckling", "Variation")
REGION, REGION_IN_ROW = "Regionen {value}", "regionen {value}"

# decisions and actions
DECISION_HEADINGS = ("Mötet om", "Vad", "Vem", "Klart senast", "Mått", "Status")
LATE = "Försenad ({status})"
EXPECTED = "Väntat: {effect}"


def version(when: str, who: str, status: str, text: str, responsible: str, by: str) -> str:
    """One version of a decision or an action in a sentence; `responsible` and `by` are empty where they are not said."""
    parts = [text, f"ansvarig {responsible}" if responsible else "", f"klart senast {by}" if by else ""]
    return f"{when} UTC, {who}: {status.lower()}. {'; '.join(part for part in parts if part)}"
