"""The monthly review as it is written: what is saved, frozen and followed up."""
