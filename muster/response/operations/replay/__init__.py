"""A recorded epidemic through a plan: an operation in replay mode, driven day by day through the same services."""
