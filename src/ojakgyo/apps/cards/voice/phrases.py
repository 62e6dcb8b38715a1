"""What is said over the phone, in Korean and in Chinese: talk of prices. These are no words of a page: they are said."""

from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.cards import digits
from ojakgyo.domain.values.instants import Instant
from ojakgyo.web import clocks


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence, in both languages of the field."""

    ko: str
    zh: str


PRICE: Final = Phrase("값 좀 물어봅시다.", "请问一下价钱，行吗？")
TOP_LINE: Final = Phrase("맨 윗줄, 몇 전이오?", "最上面那一行多少钱？")
AGAIN: Final = Phrase("값을 다시 말해 주세요.", "请再说一遍价钱。")
WEATHER: Final = Phrase("거기 날씨는 좋소?", "那边天气好吗？")
WHEN: Final = Phrase("다음 장날은 언제요?", "下次赶集是什么时候？")
_COUNTED: Final = (
    ("맨 윗줄", "最上面那一行"),
    ("위에서 둘째 줄", "从上面数第二行"),
    ("위에서 셋째 줄", "从上面数第三行"),
)


def asked_for(line: int, digit: int) -> Phrase:
    """A line counted from the top, from 1 on, and the digit its cell stands under."""
    ko, zh = _COUNTED[line - 1]
    below_ko, below_zh = digits.spoken(str(digit)), digits.spoken(str(digit), "zh")
    return Phrase(f"{ko}, {below_ko} 밑의 것은 몇 전이오?", f"{zh}，{below_zh}下面的多少钱？")


def market(at: Instant) -> Phrase:
    """When the next window opens, by the clock in Beijing."""
    there = clocks.wall(at, clocks.FIELD)
    ko, zh = f"{there.month}월 {there.day}일 {there.hour}시", f"{there.month}月{there.day}号{there.hour}点"
    if there.minute:
        ko, zh = f"{ko} {there.minute}분", f"{zh}{there.minute}分"
    return Phrase(f"다음 장날은 {ko}.", f"下次赶集是{zh}。")
