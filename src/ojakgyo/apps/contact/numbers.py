"""Phone numbers in E.164, from however a modem or a person writes them."""

from enum import StrEnum

import phonenumbers

from ojakgyo.domain.errors import Refused


class Country(StrEnum):
    """Where a number without a country is dialled."""

    CHINA = "CN"
    KOREA = "KR"
    NORTH = "KP"


def e164(written: str, country: Country | None = None) -> str | None:
    """The number in E.164; None for a sender's name, a short code or what needs a country to be understood."""
    try:
        parsed = phonenumbers.parse(written, None if country is None else country.value)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def understood(written: str, country: Country) -> str:
    """What an officer typed, in E.164: with + as it stands, else as it is dialled in this country. No number: ``Refused``."""
    number = e164(written.strip(), country)
    if number is None or not phonenumbers.is_possible_number(phonenumbers.parse(number, None)):
        raise Refused("contact.number_unreadable")
    return number


def possible(written: str, *, at_most: int = 3) -> tuple[str, ...]:
    """What a written number may stand for, the likeliest first: 010-1234-5678, 86 138… without its plus, 0082 10…"""
    found: dict[str, bool] = {}
    for number in (*(e164(written, country) for country in Country), e164(f"+{written.strip()}")):
        if number is not None:
            parsed = phonenumbers.parse(number, None)
            if phonenumbers.is_possible_number(parsed):
                found.setdefault(number, phonenumbers.is_valid_number(parsed))
    return tuple(sorted(found, key=lambda number: not found[number])[:at_most])
