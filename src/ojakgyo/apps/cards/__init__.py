"""Cards of one-time codes: their state and their owner's number, under two keys; only `reading` opens both."""
