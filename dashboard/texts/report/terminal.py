"""What the commands about reports and mail say to a person in a terminal."""

WRITING, WRITTEN = "Skriver rapporter", "{count} filer ligger i {folder}."
SENDING, NOTHING = "Skickar", "Inget att skicka."
KEPT = "Valet är sparat."
UNKNOWN_FORMAT = "okänt format: {formats}"
NO_SERVER = "ange smtp_host och smtp_from i config/region.toml"
UNKNOWN_UNIT = "enheten finns inte i utgåvan"
UNREACHED = "databasen för det som skrivs och granskningsloggen kan inte nås"
