"""What is said at the door, and about accounts."""

SIGN_IN = "Logga in"
SIGNED_OUT = "Du har blivit utloggad. Logga in igen för att fortsätta."
SIGNED_OUT_NOW = "Du har loggat ut."
WRONG = (
    "Det gick inte att logga in. Namnet eller lösenfrasen stämmer inte, eller så har det varit för många försök. "
    "Vänta en stund och försök igen."
)
WRONG_CODE = (
    "Det gick inte att välja lösenfras. Namnet eller engångskoden stämmer inte, koden är använd eller för gammal, eller så "
    "har det varit för många försök. Vänta en stund och försök igen."
)
RULE = "{shortest}–{longest} tecken, vilka som helst. Flera ord efter varandra är bra. Det går att klistra in."
NO_ROLE_TITLE = "Ingen behörighet"
NO_ROLE = (
    "Ditt konto har ingen roll som ger tillgång till den här sidan. Kontakta den som ansvarar för Sjukvy i regionen."
)
NOT_ASSIGNED = (
    "Du är inloggad hos regionen men har ingen roll i Sjukvy, eller inget uppdrag som gäller statistik. Kontakta den som "
    "ansvarar för Sjukvy i regionen."
)
NOT_BELIEVED_TITLE = "Inloggningen gick inte att slutföra"
NOT_BELIEVED = "Svaret från regionens inloggning kunde inte godkännas. Börja om från inloggningssidan."
PROVIDER_DOWN = (
    "Regionens inloggning svarar inte. Försök igen om en stund. Är det bråttom: kontakta den som ansvarar för Sjukvy i "
    "regionen."
)
TOO_OLD_TITLE = "Sidan hade stått öppen för länge"
TOO_OLD = "Du har loggat in eller ut sedan sidan öppnades. Gå tillbaka, ladda om sidan och försök igen."
BUSY_TITLE = "Många loggar in just nu"
BUSY = "Gå tillbaka och försök igen om några sekunder."
UNAVAILABLE_TITLE = "Inloggningen kan inte prövas"
UNAVAILABLE = "Det går inte att pröva vem du är just nu. Försök igen om en stund."
LASTS = (
    "Du loggas ut efter {minutes} minuter utan aktivitet och alltid efter {hours} timmar. Sjukvy sparar bara de kakor som "
    "inloggningen kräver."
)

# of a passphrase
TOO_SHORT = "Lösenfrasen ska ha minst {shortest} tecken. Flera ord efter varandra går bra."
TOO_LONG = "Lösenfrasen får ha högst {longest} tecken."
HOLDS_NAME = "Lösenfrasen får inte innehålla produktens eller kontots namn."
REPEATS = "Lösenfrasen får inte vara samma tecken eller ord om och om igen."
IN_A_ROW = "Lösenfrasen får inte innehålla tecken i följd, som 123456 eller qwerty."
NOT_THE_SAME = "De två nya lösenfraserna är inte lika."
NOT_THE_OLD = (
    "Den nuvarande lösenfrasen stämmer inte, eller så har det varit för många försök. Vänta en stund och försök igen."
)

ROLES = {
    "verksamhetschef": "Verksamhetschef", "team": "Team", "regionteam": "Regionteam", "analytiker": "Analytiker",
    "datasteward": "Datasteward", "admin": "Administratör",
}  # fmt: skip
DEMO = "Påhittade uppgifter: välj en roll för att se vad den ser."
DEMO_ROLES = {
    "verksamhetschef": "ser och skriver om sin egen vårdcentral",
    "team": "ser och skriver om sin egen vårdcentral",
    "regionteam": "ser alla enheter",
    "analytiker": "ser alla enheter och hämtar filer, skriver inte",
    "datasteward": "ser datakvaliteten, inga mått",
    "admin": "sköter konton och roller, ser ingen statistik",
}
DEMO_NAME = "Demo {role}"

# of accounts
DONE = {
    "konto": "Kontot är upplagt.", "roll": "Rollen är given.", "bort": "Rollen är tagen och gäller inte längre.",
    "stang": "Kontot är stängt, och dess inloggningar är avslutade.", "oppna": "Kontot är öppet igen.",
    "sessioner": "Kontots alla inloggningar är avslutade.", "losen": "Lösenfrasen är bytt. Andra inloggningar är avslutade.",
}  # fmt: skip
UNKNOWN_UNIT = "Enheten finns inte i utgåvan. Välj en i listan."
NOT_ONESELF = "Du kan inte ändra ditt eget konto. En annan administratör gör det."
ACCOUNT_EXISTS = "Kontot finns redan."
NO_ACCOUNT = "Kontot finns inte."
NAME_IT = "Ange ett namn på högst {longest} tecken."
CHOOSE_ROLE = "Välj en roll i listan."
CHOOSE_UNIT, CHOOSE_NO_UNIT = "Välj den enhet som rollen gäller.", "Rollen gäller alla enheter: välj ingen enhet."
ROLE_DAYS = "Skriv dagarna som ÅÅÅÅ-MM-DD, den första först."
NOT_GIVEN = "Rollen finns inte, eller är redan tagen."

# in the terminal
CREATED = "Kontot {name} finns."
NONE_HERE = "Kontot har ingen lösenfras här."
CODE, CODE_AT = "Engångskod, gäller ett dygn och en gång: {code}", "Välj lösenfras på {address}"
SEVERAL = "Flera konton heter så: använd sidan /admin."
UNREACHED = "databasen med konton kan inte nås"
COLUMNS = ("Konto", "Namn", "Loggar in med", "Läge", "Roller (nummer)")
BY_PASSPHRASE, NO_ROLES = "lösenfras", "inga"
CLOSED, OPEN, WAITING = "stängt {day}", "öppet", "väntar på lösenfras"


def given(number: int, role: str, first: str, last: str, *, holds: bool) -> str:
    """A role as it was given; `last` is empty where there is no end."""
    ends = f"till {last}" if last else "tills vidare"
    return f"{number}: {role}, från {first} {ends}{'' if holds else ', gäller inte nu'}"
