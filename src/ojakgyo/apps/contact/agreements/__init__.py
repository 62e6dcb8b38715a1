"""What is agreed with a helper beforehand: when to be in touch, how to be warned, who would notice, what to do then."""
