"""Wrong engines that the tests must see: a table for each room of the engine, and what tries the rows out."""
