"""Pictures as server-made SVG: pure functions of numbers and ready words; no style, no script."""
