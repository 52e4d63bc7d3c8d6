"""Long sweeps with random and hostile input; a small sample of each runs with the tests."""
