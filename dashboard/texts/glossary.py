"""The words of the product, explained for readers, and where they stand in other texts."""

import re
from collections.abc import Mapping

# what a region may set stands in braces, as a release tells it (`fakta`)
GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Aalen–Johansen", "Metod som räknar fram andelen som nått en händelse när andra händelser kan komma emellan."),
    ("Avböjt", "Patienten har tackat nej till koordinering. Räknas inte som insats."),
    ("Avslutat sjukfall", "Sjukfall där inget nytt intyg har börjat inom {glapp_dagar} dagar efter det sista."),
    (
        "Censurerad",
        "Sjukfallet följs inte längre, till exempel för att data tar slut. Det räknas med så länge det följs.",
    ),
    ("Kohort", "Sjukfall som startat under samma tolv månader och följs framåt."),
    (
        "Dolt (×)",
        "Värdet visas inte, för att skydda personer: det är litet, eller ett annat litet värde kunde räknas ut ur det.",
    ),
    ("Erbjuden", "Patienten har erbjudits koordinering. Räknas inte som insats."),
    ("Försäkringsmedicinskt team", "Verksamhetschef, läkare med försäkringsmedicinskt ansvar och rehabkoordinator."),
    ("Glapp", "Dagar mellan två intyg. Högst {glapp_dagar} hör till samma sjukfall."),
    ("Grad", "Hur stor del av arbetsförmågan som är nedsatt: 25, 50, 75 eller 100 procent."),
    ("I risk", "Sjukfall som fortfarande pågår och följs en viss dag. Visas avrundat till fem."),
    ("Insats", "Koordineringsinsats enligt lag (2019:1297), registrerad med KVÅ GC001 eller i Rehabstöd."),
    (
        "Indirekt standardisering",
        "Enhetens värde som det vore om dess patienter var som regionens i ålder (och diagnos). Jämför enheten med regionen, "
        "inte enheter med varandra.",
    ),
    ("Intervall", "Osäkerhet. Ett 95-procentigt intervall täcker det sanna värdet i 95 fall av 100."),
    ("Intyg", "Läkarintyg för sjukpenning (FK 7804, tidigare FK 7263)."),
    ("Intygsperiod", "Dagar i följd med samma grad i ett intyg. Ett intyg kan ha flera."),
    ("Kaplan–Meier", "Metod som räknar fram andelen pågående när alla avslut räknas lika."),
    (
        "Konkurrerande händelse",
        "Något som gör att den händelse som mäts inte längre kan inträffa, till exempel ålderspension.",
    ),
    ("Komplettering", "Försäkringskassans begäran om mer uppgifter i ett intyg."),
    ("Komplett", "Månad vars sena intyg har hunnit komma in. Rättas något senare blir den reviderad."),
    ("Koordineringstäckning", "Andel av målgruppen som fått en första koordineringsinsats."),
    ("Kumulativ incidens", "Andel som nått händelsen till och med en viss dag."),
    ("Kvartil", "En fjärdedel av värdena är lägre än den undre kvartilen, och en fjärdedel högre än den övre."),
    ("Kvot", "Kvinnornas värde delat med männens. 1 betyder lika."),
    ("KVÅ", "Klassifikation av vårdåtgärder. GC001 är rehabiliteringskoordinering, DV077 en plan."),
    ("Listade", "Personer som valt enheten som sin vårdcentral. Nämnaren är listade {alder_fran}–{alder_till} år."),
    ("Längd", "Sjukskrivna dagar i sjukfallet; dagar mellan intyg räknas inte."),
    ("Makulerat", "Intyg som återkallats. Räknas inte."),
    ("Median", "Det mittersta värdet: hälften är lägre och hälften högre."),
    ("Målgrupp", "Sjukfall som nått dag {malgrupp_dag}. Behovet av koordinering bedöms av människor."),
    ("Percentil", "Så stor del av enheterna har ett lägre värde. Tionde percentilen: en av tio ligger lägre."),
    ("Plan", "Sjukskrivnings- och rehabiliteringsplan (KVÅ DV077). Räknas inte som insats."),
    (
        "Preliminär",
        "Månad som fortfarande kan ändras av sena intyg: data räcker inte {sena_dagar} dagar efter dess slut.",
    ),
    ("Procentenhet", "Skillnad mellan två andelar. Från 40 till 50 procent är tio procentenheter."),
    ("Pågående sjukfall", "Sjukfall som pågår månadens sista dag. Summeras aldrig över månader."),
    ("Rehabkoordinator", "Den som ger stöd, samordnar internt och samverkar med andra för återgång i arbete."),
    (
        "Reviderad",
        "Månad med intyg eller koordinering som kommit in, rättats eller makulerats efter att den blev komplett.",
    ),
    ("Sjukfall", "Kedja av intyg för samma patient hos samma vårdgivare med högst {glapp_dagar} dagar emellan."),
    ("Skillnad", "Kvinnornas värde minus männens."),
    ("Slump", "Skillnaden kan vara slump när dess intervall rymmer noll."),
    ("Startade sjukfall", "Sjukfall vars första dag ligger i perioden."),
    (
        "Trattdiagram",
        "Enheterna efter underlag, med gränser som smalnar ju större underlaget är: så långt når slumpen för en så stor enhet.",
    ),
    ("Utfall", "Vad som registrerats när sjukfallet slutat, till exempel återgång i arbete."),
    ("Bestånd", "Läget en viss dag, till exempel pågående sjukfall. Bestånd läggs aldrig ihop över tid."),
    ("Flöde", "Det som händer under en period, till exempel startade eller avslutade sjukfall."),
    (
        "FMB",
        "Försäkringsmedicinskt beslutsstöd: Socialstyrelsens rekommendationer om hur länge sjukskrivning behövs vid olika "
        "diagnoser.",
    ),
    (
        "Kontrollgräns",
        "Gräns för vanlig variation. En punkt utanför är ovanlig och ett skäl att fråga vad som har hänt.",
    ),
    ("Omfattning", "Hur stor del av arbetstiden som patienten är sjukskriven: hel eller partiell."),
    ("Partiell sjukskrivning", "Sjukskrivning på mindre än heltid: 25, 50 eller 75 procent."),
    ("Rehabiliteringskedjan", "Försäkringskassans tidsgränser för bedömning av arbetsförmåga: dag 90, 180 och 365."),
    ("Samtycke", "Patienten har sagt ja till koordinering. Räknas inte som insats."),
    ("SGI", "Sjukpenninggrundande inkomst: den inkomst som sjukpenning räknas på."),
    (
        "Signal",
        "Något är mer än vanlig variation. Säger att något har hänt, inte vad och inte om det är bra eller dåligt.",
    ),
    (
        "Standardisering",
        "Två grupper räknas om som om de var lika gamla och hade samma diagnoser, så att det som återstår är annat än det.",
    ),
    ("Vanlig variation", "Upp- och nedgångar av den storlek som måttet brukar ha, utan särskild orsak."),
    ("Vårdgivare", "Den som driver enheten. Sjukfall kopplas aldrig över vårdgivargränsen."),
    (
        "Överspridning (φ)",
        "Hur mycket mer enheterna skiljer sig än slumpen. 1 är bara slump; är den större är trattens gränser vidgade.",
    ),
    ("Återgång i arbete", "Registrerad återgång till arbete, arbetssökande eller studier."),
)

LONGEST_ENDING = 6  # letters that a word may end with in another form: intervallet, kohorten, standardiserat
SHORTEST = 5  # letters of a word that may have another ending; a shorter one is linked only as it stands


def anchor(word: str) -> str:
    """Where a word stands on the page of words: återgång i arbete → atergang-i-arbete."""
    plain = word.lower().translate(str.maketrans("åäöé", "aaoe"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def explained(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Every word in Swedish order, with the settings of the release in its text."""
    words = sorted(GLOSSARY, key=lambda entry: entry[0].lower().translate(str.maketrans("åäö", "{|}")))
    return [(word, text.format(**facts)) for word, text in words]


def _forms(word: str) -> str:
    """A pattern of the word as it stands in a sentence. What is in brackets is a sign and no word."""
    stem = re.escape(word.partition(" (")[0].lower())
    return stem + (rf"\w{{0,{LONGEST_ENDING}}}" if len(word) >= SHORTEST else "")


_FORMS = {word: _forms(word) for word, _ in sorted(GLOSSARY, key=lambda entry: -len(entry[0]))}
_ANY = re.compile(rf"\b(?:{'|'.join(f'({form})' for form in _FORMS.values())})\b", re.IGNORECASE)


def parted(text: str, told: set[str]) -> list[tuple[str, str]]:
    """The text in pieces, (piece, anchor of the word that it is); no anchor between them. Words that are in `told` are
    passed over, and those that are found come into it: in texts that share it each word is found once."""
    names, pieces, at = list(_FORMS), [], 0
    for found in _ANY.finditer(text):
        word = names[(found.lastindex or 1) - 1]
        if word not in told:
            told.add(word)
            pieces += [(text[at : found.start()], ""), (found.group(), anchor(word))]
            at = found.end()
    return [(piece, name) for piece, name in (*pieces, (text[at:], "")) if piece]
