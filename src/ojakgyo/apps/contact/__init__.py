"""What comes in: messages, contact plans and windows, warning routes, and whether the desk can hear."""
