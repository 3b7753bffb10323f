"""The beauty graph: what is known of cosmetic ingredients and products, and answers from it."""
