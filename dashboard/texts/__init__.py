"""Swedish: numbers, dates, states, sentences, help and glossary. No Dash, no database."""
