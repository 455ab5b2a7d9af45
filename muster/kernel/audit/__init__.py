"""The tamper-evident log and its witnesses."""
