"""The workshop: from delivered file to published number."""
