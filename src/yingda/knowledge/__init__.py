"""What the shop knows: the beauty graph and its answers."""
