"""Where rows lie: the encrypted database, its connections, and the one place that holds the keys of this process."""
