"""Exposure around one person: what would follow if that person were taken now, and after one planned act. Never stored."""
