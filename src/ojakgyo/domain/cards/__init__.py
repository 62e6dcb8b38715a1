"""Cards: rows of one-time digits that keep a helper's call short and tell the desk who holds the phone.

Three hands, kept apart: rows are drawn from the state (`codebook`), the own number is held elsewhere (`own_number`),
and only a reading needs both (`decode`). A card is no paper of identity: it says nothing about who somebody is.
"""
