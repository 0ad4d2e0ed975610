"""What the scripts of the browser say: `{…}` is filled in there."""

from dashboard.texts import states

SAID = {
    "laddar": states.LOADING,
    "kopierad": "Länken är kopierad.",
    "ej_kopierad": "Kopiera adressen ur adressfältet.",
    # the meeting, one item at a time
    "motet": "Mötesläge",
    "punkt": "Punkt {at} av {all}: {title}",
    "lamna": "Punkt {at} av {all} – lämna mötesläget",
    # the end of a session
    "inloggning": "Inloggning",
    "snart_ute": "Du loggas snart ut för att ingenting har hänt på länge.",
    "sista": "Din inloggning tar snart slut och går inte att förlänga. Spara det du skriver.",
    "ute": "Du har blivit utloggad. Det du har skrivit i ett formulär finns kvar i den här fliken när du loggar in igen.",
    "logga_in": "Logga in",
    "fortsatt": "Fortsätt vara inloggad",
    "stang": "Stäng",
    # what is written
    "inget_svar": "Servern svarar inte. Det du skrev är kvar: försök igen.",
    "ej_sparat": "Det gick inte att spara. Ladda om sidan och försök igen.",
}
