"""What the pages say, by page."""
