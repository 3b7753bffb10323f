"""The only place that knows everyone: puts the features together and starts them."""
