"""Reference figures from R and from publishers, run against our functions; `python -m tests.reference.run DIR`."""
