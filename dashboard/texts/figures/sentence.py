"""What the one sentence of a measure is made of."""

from collections.abc import Sequence

from dashboard.texts.numbers import listed

PRELIMINARY = "Siffrorna är preliminära."
ENDINGS = {True: "Skillnaden är större än slumpen.", False: "Skillnaden kan vara slump."}
OF_ALL = {True: "Skillnaderna är större än slumpen.", False: "Skillnaderna kan vara slump."}
SILENT = {
    "dolt": "{what}: värdet visas inte, eftersom det bygger på för få personer eller skyddar ett annat litet värde.",
    "ej_beraknat": "{what}: värdet kan inte beräknas.",
}
COHORT = "sjukfall som {cohort} {when}"
SHARES = "{name}, {unit} bland sjukfall som startade {when}"
STATES = "{name}, dag {day} bland sjukfall som startade {when}"
COMMONEST = ", vanligast är"
SHARE_OF = "{share} av {count}{limits}"
FIRST_SEX = "Av {count} {cohort} hos {sex} {verb} {share} {phrase}{limits}"
OTHER_SEX = "av {count} hos {sex} {share}{limits}"
SIZE = "{count} hos {sex}"


def mixed(larger: Sequence[str], unsure: Sequence[str], *, all_others: bool) -> str:
    """Which differences are larger than chance, and which may be chance; `all_others` where those are all the rest."""
    rest = "övriga" if all_others else listed(unsure)
    return f"Skillnaden är större än slumpen för {listed(larger)}; för {rest} kan den vara slump."
