"""What a network learns from: data sets, the features made of their points, and scores."""
