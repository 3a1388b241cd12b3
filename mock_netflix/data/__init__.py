"""How a state comes to be: fixture files and their schema, and the pictures that go with titles."""
