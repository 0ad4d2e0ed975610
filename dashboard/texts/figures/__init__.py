"""What the figures say: titles, summaries, headings of tables, notes and how to read."""
