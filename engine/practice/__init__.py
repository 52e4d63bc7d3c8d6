"""The learner works it out: exercises, and what a wrong answer tells."""
