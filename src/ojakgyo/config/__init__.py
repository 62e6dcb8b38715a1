"""Where the house is put together: settings, the clock, the addresses."""
