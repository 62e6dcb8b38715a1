"""The romaniser against words whose Latin form is published or agreed."""

import re

import pytest

from ojakgyo.domain.names.romanise import romanise

KNOWN = """
구미 gumi 영동 yeongdong 백암 baegam 옥천 okcheon 합덕 hapdeok 호법 hobeop 월곶 wolgot 벚꽃 beotkkot
한밭 hanbat 구리 guri 설악 seorak 칠곡 chilgok 임실 imsil 울릉 ulleung 대관령 daegwallyeong
백마 baengma 종로 jongno 왕십리 wangsimni 별내 byeollae 신라 silla 속리산 songnisan 독립문 dongnimmun
극락전 geungnakjeon 촉석루 chokseongnu
해돋이 haedoji 같이 gachi 좋고 joko 놓다 nota 낳지 nachi 많아 mana 싫다 silta 좋소 joso
묵호 mukho 집현전 jiphyeonjeon 오죽헌 ojukheon
압구정 apgujeong 낙동강 nakdonggang 죽변 jukbyeon 낙성대 nakseongdae 합정 hapjeong 팔당 paldang
샛별 saetbyeol 울산 ulsan 안압지 anapji 남한산성 namhansanseong 화랑대 hwarangdae 광희문 gwanghuimun
값 gap 값이 gapsi 닭 dak 여덟 yeodeol 삶 sam 앉다 anda 꽃망울 kkonmangul 빗방울 bitbangul 햇무리 haenmuri
버들 beodeul 여울 yeoul 해바라기 haebaragi 소나기 sonagi 두루미 durumi 노을 noeul 서리 seori 하늘 haneul
보람 boram 나래 narae 다솜 dasom 까치 kkachi 모래 morae 갈매 galmae 민들레 mindeulle 물레 mulle 개울 gaeul
들꽃 deulkkot 바람 baram
"""


@pytest.mark.parametrize(("word", "latin"), re.findall(r"([가-힣]+) ([a-z]+)", KNOWN))
def test_a_word_is_written_as_it_is_said(word, latin):
    assert romanise(word) == latin


@pytest.mark.parametrize("text", ["kkachi", "까 치", "ㄲㅊ", "까치3"])
def test_what_is_no_whole_korean_word_is_refused(text):
    with pytest.raises(ValueError, match="syllable"):
        romanise(text)
