"""After: reviews, improvement, stand-down."""
