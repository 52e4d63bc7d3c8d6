"""What of a run can be taken along: as a file to go on with, as numbers, as code and as pictures."""
