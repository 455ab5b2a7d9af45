"""The stock that a plan may count on."""
