"""How each kind of question is answered, by walking the graph. Pure."""
