"""S City: fictional people, places, stock and plans around a real curve."""
