"""Phone numbers in E.164, from however a modem or a person writes them."""

import phonenumbers


def e164(written: str) -> str | None:
    """The number in E.164; None for a sender's name, a short code or what needs a country to be understood."""
    try:
        parsed = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
