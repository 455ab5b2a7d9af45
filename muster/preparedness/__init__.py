"""Before: plans, exercises, training, stock."""
