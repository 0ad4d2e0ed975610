"""What the month's page says of the deliveries."""

STOPPED = "Rader i karantän, hela regionen: {kinds}."
NONE_STOPPED = "Inga rader är i karantän."
FAULTS = "Intygsperioder med fel i {when}: {kinds}."
NO_FAULTS = "Inga kända fel i enhetens intyg i {when}."
