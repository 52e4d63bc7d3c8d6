"""The playground: a network and its data side by side, trained live."""
