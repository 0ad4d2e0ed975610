"""What writer and reader of a release must agree on besides its tables."""

FORMAT = "10"  # raised when a published table changes so that an older reader or an older release would not do
NUMBER = "enhet_nr"  # a unit's number within one release, in its database only: what readers look units up by
FRONT, ALL_SIZES = "oversikt", 0  # in the table `skydd`: what the first page shows, and units of every size
BLOCK = "16384"  # bytes, the least: a page asks for a few rows of one unit, and whole blocks are read for them
