import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojakgyo.domain.cards.digits import digits_of, spoken

WORDS = {
    "0": ("공", "영", "령", "빵"),
    "1": ("일", "하나"),
    "2": ("이", "둘"),
    "3": ("삼", "셋"),
    "4": ("사", "넷"),
    "5": ("오", "다섯"),
    "6": ("육", "륙", "여섯"),
    "7": ("칠", "일곱"),
    "8": ("팔", "여덟", "여덜"),
    "9": ("구", "아홉"),
}
numerals = st.lists(st.sampled_from([(word, digit) for digit, words in WORDS.items() for word in words]), min_size=1)
six = st.text("0123456789", min_size=6, max_size=6)


@pytest.mark.parametrize(
    "text",
    [
        "482193",
        "쌀 48원, 21근 93위안",
        "4 8 2 1 9 3",
        "48.21-93",
        "４８２１９３",  # fullwidth
        "٤٨٢١٩٣",  # Arabic-Indic
        "۴۸۲۱۹۳",  # Persian
        "४८२१९३",  # Devanagari
        "④⑧②①⑨③",
        "4️⃣8️⃣2️⃣1️⃣9️⃣3️⃣",
        "𝟒𝟖𝟐𝟏𝟗𝟑",
        "넷 팔 둘 하나 아홉 삼",
        "사팔이일구삼",
        "사 팔, 이 일. 구 삼",
        "넷여덟둘하나아홉셋",
        "四八二一九三",
        "大米四八元，二一斤九三元",
        "４８ 二一 93",
        "大米48元，一共21斤93元",
    ],
)
def test_the_same_six_digits_are_found_however_they_are_written(text):
    assert digits_of(text) == digits_of(unicodedata.normalize("NFD", text)) == "482193"


@pytest.mark.parametrize(
    "text",
    [
        "이 쌀은 48원이고 일이 많아 21근, 오늘 93위안",
        "오일장에서 사과 48, 구이 21, 공구 93",
        "이 48 일 21 사 93",
        "하나 더: 48 둘 다 21 그리고 93",
    ],
)
def test_korean_words_that_sound_like_numbers_add_nothing_among_real_digits(text):
    assert digits_of(text) == "482193"


@pytest.mark.parametrize("text", ["", " ", "이 일은 오늘 구했다", "사과 팔아요", "네", "hello", "VIII", "☎️❤️", "\ud800"])
def test_a_text_without_digits_has_none(text):
    assert digits_of(text) == ""


def test_a_weight_in_chinese_is_no_digit():
    assert digits_of("48元 三斤两 21 两 93") == "482193"


def test_both_chinese_noughts_are_digits():
    assert digits_of("四〇二零九三") == digits_of("4 〇 2 零 93") == "402093"


@given(numerals, st.sampled_from(["", " ", ", ", "\n"]))
def test_any_row_of_korean_numerals_can_be_told_apart(chosen, between):
    text = between.join(word for word, _ in chosen)
    assert digits_of(text) == "".join(digit for _, digit in chosen)


@given(six, st.sampled_from(["ko", "zh"]))
def test_what_is_read_aloud_is_heard_again(digits, tongue):
    assert digits_of(spoken(digits, tongue)) == digits


def test_digits_are_read_out_as_soldiers_count_or_as_chinese_says_them_on_the_phone():
    assert spoken("0123456789") == "공 하나 둘 삼 넷 오 여섯 칠 팔 아홉"
    assert spoken("0123456789", "zh") == "零 幺 二 三 四 五 六 七 八 九"


def test_the_chinese_one_of_the_phone_is_one():
    assert digits_of("幺七零幺") == digits_of("大米幺元, 七零 幺") == digits_of("幺 7 0 幺") == "1701"


@given(st.text(st.characters(codec=None)))
def test_any_text_gives_plain_digits_and_never_an_error(text):
    found = digits_of(text)
    assert found == "" or (found.isascii() and found.isdecimal())
