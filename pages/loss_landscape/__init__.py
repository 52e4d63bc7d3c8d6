"""The loss of the playground's network on a plane through its weights, with the path that training took."""
