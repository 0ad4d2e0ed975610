"""Help, accessibility and privacy texts: (heading, paragraphs)."""

Sections = tuple[tuple[str, tuple[str, ...]], ...]

HELP: Sections = (
    (
        "Börja här",
        (
            "Översikt visar läget för en enhet och en månad: kvinnor och män sida vid sida, skillnaden i ord, och högst tre "
            "saker att ta upp.",
            "Välj enhet och månad överst. Valet står i adressen: spara den eller skicka den till en kollega.",
        ),
    ),
    (
        "Vilken period visas?",
        (
            "Pågående sjukfall visas per månad. Startade sjukfall visas per kön för kvartal och tolv månader, eftersom en "
            "månad oftast har för få. Återgång och koordinering gäller sjukfall som startat under tolv månader. Perioden "
            "står vid varje värde.",
        ),
    ),
    (
        "Större än slumpen eller kan vara slump?",
        (
            "Varje skillnad har ett 95-procentigt intervall. Rymmer det noll kan skillnaden vara slump (○). Annars är den "
            "större än slumpen (●). Att en skillnad är större än slumpen säger inte varför den finns.",
        ),
    ),
    (
        "Vad är en signal?",
        (
            "Mått som har ett eget värde varje kvartal följs mot sin vanliga nivå och variation. Tolvmånadersvärden och "
            "kurvor följs inte, eftersom de överlappar varandra. En signal är ett kvartal utanför gränserna, sju i rad åt "
            "samma håll eller på samma sida, eller två av tre nära en gräns. Utan signal är förändringen vanlig variation. "
            "Utanför gränserna är inte detsamma som fel: det är ett skäl att fråga.",
        ),
    ),
    (
        "När avviker en enhet?",
        (
            "Jämför enheter visar varje vårdcentral vid sitt underlag, justerad för vilka den har listade (återgång och "
            "koordinering: vilka sjukfall den har), och hur långt från regionen en så stor enhet hamnar av slump. En enhet "
            "avviker först när den ligger utanför de yttre gränserna två år i rad och det står sig fast många värden prövas. "
            "Utanför gräns är inte detsamma som fel. Det finns ingen topplista: platsen bland andra visas bara som ett "
            "intervall.",
        ),
    ),
    (
        "Varför är värden dolda?",
        (
            "Ett kryss (×) betyder att värdet bygger på för få personer, eller att ett annat litet värde annars hade gått "
            "att räkna ut. De två går med avsikt inte att skilja åt. Dolt betyder aldrig noll.",
        ),
    ),
    (
        "Varför stämmer det inte med andra källor?",
        (
            "Försäkringskassan räknar betald ersättning från ungefär dag 15. Intygsstatistik räknar alla sjukfall som "
            "funnits någon dag under månaden. Sjukvy räknar pågående sjukfall månadens sista dag, med samma regel för vad "
            "som är ett sjukfall som Intygsstatistik.",
            "Ett tal som är dolt här kan stå där: Intygsstatistik visar små tal för den egna enheten. I dess statistik för "
            "region och riket blir det som bygger på för få i stället 0, och då blir summorna för låga. Sjukvy döljer samma "
            "tal för alla och skriver aldrig 0 för det som är dolt. Hur mycket som är dolt står på sidan Datakvalitet.",
        ),
    ),
    (
        "Månadsmötet",
        (
            "Månadsuppföljning följer mötets dagordning. Mötesläge visar en punkt i taget: bläddra med piltangenterna eller "
            "Page Up och Page Down, lämna med Esc. Ett beslut säger vad, vem, när och vilket mått som ska visa det. "
            "Det blir en linje i måttets diagram, och tre månader senare står måttet på dagordningen. "
            "Rapporten på en sida finns som webbsida, PDF, bilder (PPTX) och Excel.",
        ),
    ),
    (
        "Spara, skriv ut, ladda ner",
        (
            "Varje sida kan skrivas ut eller sparas som PDF med knappen Skriv ut; tabellerna följer med. Varje diagram kan "
            "laddas ner som bild, som Excel och som CSV med samma värden som på sidan. Bilden är en SVG-fil, som går att "
            "klistra in i dokument och presentationer. CSV för program har punkt som decimaltecken och uppgifterna om "
            "enhet, månad och utgåva i egna kolumner. Alla filer säger vilken enhet, månad och utgåva de gäller.",
        ),
    ),
)

PRIVACY: Sections = (
    (
        "Vad visas?",
        (
            "Bara sammanräknade uppgifter. Programmet som visar sidorna har inte tillgång till uppgifter om enskilda: de "
            "ligger i en annan fil som det aldrig öppnar.",
        ),
    ),
    (
        "Vad behandlas innan dess?",
        (
            "Regionen levererar pseudonymiserade uppgifter om intyg och koordineringsinsatser. De är fortfarande "
            "personuppgifter. Personnummer stoppar en leverans. Namn, adress, läkare och fritext ingår inte.",
        ),
    ),
    (
        "Vad sparas av det som skrivs?",
        (
            "Beslut, åtgärder och kommentarer från månadsmötet sparas med vem som skrev, när, och hela sin historik. De är "
            "allmän handling. Skriv aldrig uppgifter om enskilda patienter: personnummer, adresser och telefonnummer stoppas, "
            "och ett namn måste bekräftas.",
        ),
    ),
    (
        "Vad sparas om den som använder Sjukvy?",
        (
            "Konto, roller och inloggningar, och en granskningslogg: vem som har loggat in, sett en enhet, hämtat en fil, "
            "skrivit eller nekats, när och från vilken adress. Loggen sparas i minst fem år och innehåller inga siffror ur "
            "statistiken.",
        ),
    ),
    (
        "Hur skyddas små grupper?",
        (
            "Värden som bygger på få personer döljs innan statistiken publiceras, tillsammans med de värden som de annars "
            "kunde räknas ut ur. En utgåva där ett litet värde går att räkna ut publiceras inte.",
        ),
    ),
)
