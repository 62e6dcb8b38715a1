"""What may leave the desk: one's own cells as a workbook, a table or JSON, once, for what two officers have signed."""
