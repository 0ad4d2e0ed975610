"""The accessibility statement: what lagen (2018:1937) and Digg's regulations ask such a page to hold."""

from dashboard.texts.help import Sections

ASSESSED = "2026-11-28"  # of the service itself and of this text; changed with the tests that the assessment rests on
REPORT = "https://www.digg.se/tdosanmalan"

STATEMENT: Sections = (
    (
        "Vem ansvarar, och för vad?",
        (
            "Redogörelsen gäller webbtjänsten Sjukvy. Den region som använder Sjukvy står bakom tjänsten, vill att så många "
            "som möjligt ska kunna använda den, och kompletterar sidan med sitt namn och sina kontaktvägar.",
        ),
    ),
    (
        "Hur tillgänglig är tjänsten?",
        (
            "Tjänsten är delvis förenlig med lagen om tillgänglighet till digital offentlig service. Den är byggd för WCAG 2.2 "
            "nivå AA. Kända brister står nedan.",
            "Varje diagram har en rubrik som säger vad det visar, en beskrivning i ord och en tabell med samma värden. Allt "
            "går att nå med tangentbord, med synlig fokus. Sidorna går att läsa vid 320 pixlars bredd, med 200 procents text "
            "och eget radavstånd, med nedtonad rörelse och med få färger. Kvinnor och män skiljs åt av linje och form och "
            "inte bara av färg.",
        ),
    ),
    (
        "Vad är inte tillgängligt, eller inte prövat?",
        (
            "Skärmläsare: tjänsten är inte prövad för hand med NVDA, JAWS eller VoiceOver. Webbläsare: den är prövad i "
            "Chromium men inte i Safari och Firefox. Skäl: det återstår att göra.",
            "Nedladdade filer: Excel, CSV, presentationer och bilder är inte granskade mot EN 301 549. Månadsrapporten som PDF "
            "är taggad (PDF/UA-1) men inte prövad för hand; en sida som sparas som PDF från webbläsaren saknar säkra taggar. "
            "Samma värden finns på sidorna.",
            "Breda tabeller rullar i sidled på smala skärmar. De går att nå och rulla med tangentbord.",
        ),
    ),
    (
        "Oskäligt betungande anpassning, och innehåll utanför lagen",
        (
            "Inget innehåll är undantaget som oskäligt betungande (12 §). Inget innehåll ligger utanför lagen (9 §): tjänsten "
            "har varken kartor, filmer eller innehåll från andra.",
        ),
    ),
    (
        "Hur har vi prövat?",
        (
            "Leverantörens självskattning. Varje sida prövas med axe-core (WCAG 2.2 A och AA, och god praxis) vid 1280 och "
            "320 pixlars bredd: som den öppnas, med alla rutor öppna, med dolda värden och när något går fel. Tangentbord, "
            "textstorlek, textavstånd, kontraster och storleken på det som går att trycka på prövas också automatiskt, vid "
            "varje ändring.",
            f"Bedömningen gjordes {ASSESSED} och redogörelsen uppdaterades {ASSESSED}.",
        ),
    ),
    (
        "Säg till om något inte fungerar",
        (
            "Hittar du en brist, eller behöver du innehållet på ett annat sätt: kontakta den som ansvarar för Sjukvy i din "
            "region. Du får svar på hur och när det går att lösa.",
        ),
    ),
    (
        "Tillsyn",
        (
            "Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd med hur din synpunkt har "
            f"hanterats kan du anmäla det till Digg: {REPORT}",
        ),
    ),
)
