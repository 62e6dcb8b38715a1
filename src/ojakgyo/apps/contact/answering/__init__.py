"""The answer to a private question: judged by the cards, and a sign of life like any other."""
