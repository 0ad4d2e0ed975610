"""What writer and reader of a release must agree on besides its tables."""

FORMAT = "7"  # raised when a published table changes so that an older reader or an older release would not do
