"""The learner's turn: exercises, and what a wrong answer reveals."""
