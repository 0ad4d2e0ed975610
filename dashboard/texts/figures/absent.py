"""Which vårdcentraler lack a rehabkoordinator, in words."""

FOUND = "{lacking} av {asked} vårdcentraler saknar rehabkoordinator i {when}."
LACKING = "Utan rehabkoordinator: {names}."
NONE_LACKING = "Ingen av dem saknar rehabkoordinator."
NOTHING_TO_SHOW = "Ingen vårdcentral att visa i {when}."
FIRST, COLUMN, UNIT = "Vårdcentral", "Rehabkoordinator", "finns eller saknas"
LACKS = {True: "saknas", False: "finns"}
READING = ("Bara vårdcentraler som du har tillgång till visas.", "Talet gäller inte personer i vården.")
METHOD = "Uppgift från regionen, ingen skattning."
