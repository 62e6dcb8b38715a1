"""What to do first: whom to tell, how and by when, and what it saves. Computed anew, never stored."""
