"""What the components say, by component."""
