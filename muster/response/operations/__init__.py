"""Activation, levels, tasks, the log, the command board and replay."""
