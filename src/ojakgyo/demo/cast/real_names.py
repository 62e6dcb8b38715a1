"""What the helpers of the practice world are called: names that nobody bears, for trying to see one.

No Korean family has one of these names, and the given ones are no words. Each is noted as invented in both languages.
"""

from typing import Final

FAMILY: Final = tuple("갸냐댜랴먀뱌샤쟈")
GIVEN: Final = ("도렴", "라솜", "미붐", "보녈", "서뇰", "우겸", "자륨", "하뎐")
NOTE: Final = "연습용으로 지어낸 이름입니다.\nInvented for practice."


def real_name(place: int) -> str:
    """The name of the helper at this place of the list; no two are the same."""
    return f"{FAMILY[place % len(FAMILY)]}{GIVEN[place // len(FAMILY)]}"
