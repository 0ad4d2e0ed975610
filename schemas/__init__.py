"""What exists: delivered extracts, tables, dimensions and measures. Declares, never computes."""
