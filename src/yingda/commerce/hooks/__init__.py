"""What shops tell us by themselves: signed, each delivery once, published as events."""
