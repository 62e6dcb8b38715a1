"""The small values everything is said in: ids, instants, actors."""
