"""A run: defined by an experiment, recorded frame by frame, rewound to any of them."""
