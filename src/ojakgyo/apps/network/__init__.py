"""Who knows enough to endanger whom: cells' members, lines, places and links; the snapshot the watch computes on."""
