"""What every work area stands on."""
