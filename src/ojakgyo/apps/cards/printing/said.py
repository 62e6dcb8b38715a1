"""What the sheet of habits says, in Korean, Chinese and English: nobody is named, no desk, no organisation.

What is to be done under pressure is missing on purpose: that is told aloud.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Listed = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences, and between them lines of columns."""

    head: str
    lines: tuple[str | Listed, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    lead: str
    sections: tuple[Section, ...]


HEADS: Final = ("A, a, I, 가, ㄱ, 甲", "B, b, II, 나, ㄴ, 乙", "C, c, III, 다, ㄷ, 丙")
EXAMPLE: Final = (
    ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
    ("52", "18", "07", "93", "41", "60", "26", "79", "84", "35"),
)
"""An invented row: 4, 8 and 0 are looked up."""
MEANINGS: Final[Mapping[str, tuple[Listed, ...]]] = {
    "ko": (
        ("0", "잘 있음"),
        ("1", "늦지만 잘 있음", "+ 연락하지 않을 날수, 두 자리"),
        ("3", "위험이 가까움, 숨어 지냄"),
        ("4", "데리러 와야 함"),
        ("6", "돈이나 물건을 받음", "+ 약속한 대로 액수, 한 자리에서 네 자리"),
        ("7", "넘겨줌", "+ 그 사람의 두 자리 번호"),
        ("8", "사람이 도착함", "+ 그 사람의 두 자리 번호"),
    ),
    "zh": (
        ("0", "平安"),
        ("1", "晚了，但平安", "+ 多少天不联系，两位"),
        ("3", "危险临近，先躲起来"),
        ("4", "需要来接"),
        ("6", "收到钱或东西", "+ 按约定写数目，一位到四位"),
        ("7", "已经交出", "+ 那个人的两位号码"),
        ("8", "人到了", "+ 那个人的两位号码"),
    ),
    "en": (
        ("0", "all well"),
        ("1", "delayed, but well", "+ how many days without contact, two digits"),
        ("3", "danger is near, I lie low"),
        ("4", "I need to be picked up"),
        ("6", "money or goods received", "+ the amount as agreed, one to four digits"),
        ("7", "handed over", "+ the two digits of that person"),
        ("8", "somebody arrived", "+ the two digits of that person"),
    ),
}
"""Digit, meaning and what may follow it: the words of the sheet, and of the page the number is told by."""
ANSWERS: Final[Mapping[str, tuple[str, str, str]]] = {
    "ko": ("알았음", "모두 멈추고 숨어 지낼 것", "오지 말 것"),
    "zh": ("知道了", "全部停下，躲起来", "不要来"),
    "en": ("noted", "lie low: stop everything", "do not come"),
}
"""In the order of `codebook.WORDS`."""


def language(wanted: str) -> str:
    """Of an officer's language the one that a helper is taught in here."""
    return next((each for each in MEANINGS if wanted.startswith(each)), "en")


SHEETS: Final = {
    "ko": Sheet(
        "표 쓰는 법",
        "안전한 곳에서 읽고 외운 다음 태우십시오. 몸에 지니지 말고, 표와 한곳에 두지 마십시오.",
        (
            Section(
                "1. 표에서 찾기",
                (
                    "맨 위에 남은 줄만 씁니다. 그 줄에서 차례로 세 번 찾습니다. 내 번호의 첫째 숫자, 내 "
                    "번호의 둘째 숫자, 전할 말의 숫자입니다. 한 번에 두 자리씩 모두 여섯 자리가 됩니다.",
                    *EXAMPLE,
                    "위는 지어낸 줄입니다. 내 번호가 48이고 0을 전하면 41 84 52입니다.",
                    "찾은 숫자는 값처럼 글에 섞어 적습니다. 보기: 쌀 41원, 콩 84원, 소금 52원. 그 글에 다른 "
                    "숫자는 쓰지 않습니다.",
                    "글을 다 적으면 보내기 전에 그 줄을 뜯어 없앱니다. 한 번 쓴 줄은 다시 쓰지 않습니다.",
                    "내 번호는 어디에도 적지 않고 아무에게도 말하지 않습니다.",
                ),
            ),
            Section(
                "2. 전할 말",
                (
                    *MEANINGS["ko"],
                    "+ 뒤의 숫자는 붙이지 않아도 됩니다. 붙일 때는 한 자리마다 같은 줄에서 찾습니다. 2, 5, 9는 "
                    "쓰지 않습니다.",
                ),
            ),
            Section(
                "3. 돌아오는 답과 물음",
                (
                    "답은 맨 위에 남은 줄의 세 칸 가운데 한 칸에 있는 두 자리 숫자입니다. 칸의 순서는 표마다 "
                    "다르니 머리글자를 보십시오.",
                    (HEADS[0], ANSWERS["ko"][0]),
                    (HEADS[1], ANSWERS["ko"][1]),
                    (HEADS[2], ANSWERS["ko"][2]),
                    "다른 답은 없습니다. 어디로 가라는 답도 없습니다. 그 세 칸에 없는 숫자를 대는 사람은 다른 "
                    "사람이니 끊으십시오. 답을 들은 줄도 뜯어 없앱니다.",
                    "7.20, 7-20, 7/20처럼 적힌 칸은 다음 연락입니다. 그날부터 7일 뒤, 내가 있는 곳의 시계로 20시라는 "
                    "뜻입니다.",
                    "전화로 위에서 둘째나 셋째 줄과 숫자 하나를 물을 수 있습니다. 묻기 전에 맨 윗줄의 답 알았음을 대지 "
                    "않으면 끊으십시오. 아무것도 미리 뜯지 말고, 물은 줄에서 내 번호의 두 숫자와 물은 숫자를 찾아 여섯 "
                    "자리로 답한 뒤에, 맨 위부터 그 줄까지 뜯어 없앱니다.",
                ),
            ),
            Section(
                "4. 전화 습관",
                (
                    "한 번에 60초를 넘기지 않습니다. 한곳에서 한 번만 쓰고 바로 자리를 옮깁니다.",
                    "쓰지 않을 때는 배터리를 빼 둡니다. 쓸 곳에 가서 켜고, 그 자리에서 끕니다.",
                    "집이나 집 가까이에서는 절대로 걸지 않습니다.",
                    "말보다 글을 보냅니다. 보낸 글과 통화 기록은 바로 지웁니다.",
                    "울리지 않아야 할 전화가 울리면 받지 않습니다. 약속한 때가 아니면 아무도 걸지 않습니다.",
                    "약속한 때를 놓쳤으면 서두르지 말고 다음 때를 기다립니다. 신호가 안 잡히는 날은 흔합니다.",
                    "표를 잃었거나 남이 보았으면 찾으러 돌아가지 말고, 되는 길로 되도록 빨리 알립니다.",
                ),
            ),
        ),
    ),
    "zh": Sheet(
        "表的用法",
        "在安全的地方看完、记住，然后烧掉。不要带在身上，不要和表放在一起。",
        (
            Section(
                "1. 查表",
                (
                    ""
                    "只用最上面剩下的那一行。在这一行里依次查三次：本人数字的第一位，本人数字的第二位，要说的话的数字。每次得两位数，一共六位。",
                    *EXAMPLE,
                    "上面是编造的一行。本人数字是48，要说0，就是 41 84 52。",
                    "把查到的数字当作价钱写进一句话里。例如：大米41元，黄豆84元，食盐52元。这句话里不要写别的数字。",
                    "写好以后，先把那一行撕下来毁掉，再发出去。用过的行不再用。",
                    "本人数字哪里都不写，对谁都不说。",
                ),
            ),
            Section(
                "2. 要说的话",
                (
                    *MEANINGS["zh"],
                    "+ 后面的数字可以不加。要加，每一位都在同一行里查。2、5、9 不用。",
                ),
            ),
            Section(
                "3. 回话和问话",
                (
                    "回话是最上面剩下那一行的三格之一里的两位数。三格的次序每张表都不同，要看格子上头的字。",
                    (HEADS[0], ANSWERS["zh"][0]),
                    (HEADS[1], ANSWERS["zh"][1]),
                    (HEADS[2], ANSWERS["zh"][2]),
                    ""
                    "没有别的回话，也没有叫你去哪里的回话。说的数字不在这三格里，就是别人，马上挂断。听过回话的那一行也撕掉。",
                    "写成 7.20、7-20 或 7/20 的那一格是下次联系：从当天算起7天以后，按你所在地的钟，20点。",
                    "电话里可能问你从上面数第二行或第三行，再加一个数字。问以前必须先说出最上面那一行的“知道了”，没有说就挂断。"
                    "什么都不要先撕，在问到的那一行里查本人数字的两位和问的数字，答六位，答完再从最上面撕到那一行，毁掉。",
                ),
            ),
            Section(
                "4. 用电话的习惯",
                (
                    "每次不超过60秒。一个地方只用一次，用完马上离开。",
                    "不用的时候取出电池。到了要用的地方再开机，当场关机。",
                    "绝不在家里或家附近打电话。",
                    "能发短信就不说话。发出的短信和通话记录马上删掉。",
                    "不该响的电话响了，不要接。不是约好的时间，谁也不会打来。",
                    "错过了约好的时间，不要着急，等下一次。没有信号的日子很常见。",
                    "表丢了，或者被人看见了，不要回去找，尽快用能用的办法说一声。",
                ),
            ),
        ),
    ),
    "en": Sheet(
        "How to use the list",
        "Read this where you are safe, learn it, then burn it. Never carry it. Never keep it beside the list.",
        (
            Section(
                "1. Looking up",
                (
                    "Use the top line that is left, no other. Look up three times in that line, one after the "
                    "other: the first digit of your own number, its second digit, then the digit of what you "
                    "want to say. Each gives two digits, six together.",
                    *EXAMPLE,
                    "This line is invented. With the own number 48 and 0 to say: 41 84 52.",
                    "Write the digits into a sentence as prices: rice 41, beans 84, salt 52. No other digit "
                    "stands in that text.",
                    "When the text is written, tear the line off and destroy it BEFORE you send. A line is never "
                    "used twice.",
                    "Your own number is written nowhere and told to nobody.",
                ),
            ),
            Section(
                "2. What you can say",
                (
                    *MEANINGS["en"],
                    "What follows a + may be left out. Each of its digits is looked up in the same line. 2, 5 and "
                    "9 are never sent.",
                ),
            ),
            Section(
                "3. What you are answered, and asked",
                (
                    "An answer is the two digits in one of three columns of the top line that is left. Their "
                    "order differs from list to list: look at the head.",
                    (HEADS[0], ANSWERS["en"][0]),
                    (HEADS[1], ANSWERS["en"][1]),
                    (HEADS[2], ANSWERS["en"][2]),
                    "There is no other answer, and none that tells you to go somewhere. Digits that do not stand "
                    "in these three columns come from somebody else: hang up. Tear off the line whose answer you "
                    "heard, too.",
                    "A column like 7.20, 7-20 or 7/20 is the next contact: 7 days from that day, at 20 by the clock "
                    "where you are.",
                    'Whoever asks you by voice for the second or third line and a digit first says the answer "noted" '
                    "of the top line; if not, hang up. Tear nothing off yet: in the line asked for look up your own "
                    "number and that digit, say the six digits, then tear off from the top down to that line.",
                ),
            ),
            Section(
                "4. The phone",
                (
                    "Never longer than 60 seconds. One place, one call; then move on at once.",
                    "Battery out while it is not used. Switch on where you use it, switch off there.",
                    "Never call from home, nor from near it.",
                    "Write rather than speak. Delete what was sent and the list of calls at once.",
                    "Never answer when a phone rings that should be silent. Nobody calls outside the time agreed.",
                    "A time missed is no reason to hurry: wait for the next. Days without a signal are common.",
                    "If the list is lost, or somebody saw it: do not go back for it. Say so by any way, as soon "
                    "as you can.",
                ),
            ),
        ),
    ),
}
