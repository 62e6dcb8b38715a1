"""Private questions, for who must carry nothing: true answers kept sealed, each question put once, any wrong answer duress.

What is heard is judged here and written down above, in `contact.answering`, where windows are kept.
"""
