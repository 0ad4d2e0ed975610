"""The door: who gets in, how they stay in, and what happens to everybody else."""
