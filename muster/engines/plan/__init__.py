"""The plan language: what a plan says, and the one meaning of it."""
