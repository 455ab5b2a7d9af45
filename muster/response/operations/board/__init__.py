"""What the command board shows at one moment of one operation."""
