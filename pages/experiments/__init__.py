"""The page of sweeps: one or two settings varied, several seeds each, side by side with their spread."""
