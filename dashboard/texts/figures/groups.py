"""Groups beside each other, in words."""

BARS = (
    "Varje par av staplar är en grupp. Strecken vid staplarnas ändar visar osäkerheten.",
    "Titeln och tabellen säger om skillnaden mellan kvinnor och män är större än slumpen.",
)
DUMBBELL = (
    "Ringen är kvinnor och fyrkanten män; strecket mellan dem är skillnaden. Störst skillnad står överst.",
    "Fylld punkt efter namnet betyder att skillnaden är större än slumpen, tom att den kan vara slump.",
)
NONE_SHOWN = "Värdena visas inte."
NOT_SHOWN = "{label}: värdet visas inte."
ONE_SEX = "{label}: {known} {value} {unit}; värdet för {other} visas inte."
BOTH = "{label}: kvinnor {women}, män {men} {unit}{ending}."
LARGEST_GAP = "Störst skillnad: {said}"
SUMMARY = "Diagram. {subject}, {unit}."
GROUP = "Grupp"


def highest(groups: list[str]) -> str:
    """Störst grupp hos kvinnor psykiska diagnoser (12,3) och hos män rörelseorganen (9,8)."""
    return f"Störst grupp hos {' och hos '.join(groups)}." if groups else NONE_SHOWN
