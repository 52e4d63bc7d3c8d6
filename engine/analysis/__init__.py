"""Looking at a network: its gradients checked, its stuck units found, its loss surface measured."""
