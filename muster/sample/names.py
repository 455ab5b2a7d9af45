"""Invented names: of people, of communities, and telephone numbers that cannot be rung.

A person's name is a surname and one or two characters drawn by chance; that somebody somewhere is called the same
cannot be excluded, that anybody is meant can. Stems of places are two characters drawn by chance, without those that
make the name of a real place that is widely known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_SURNAMES = (
    "王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 黄Huang 赵Zhao 吴Wu 周Zhou 徐Xu 孙Sun 马Ma 朱Zhu 胡Hu 郭Guo "
    "何He 林Lin 高Gao 罗Luo 郑Zheng 梁Liang 谢Xie 宋Song 唐Tang 许Xu 韩Han 邓Deng 冯Feng 曹Cao 彭Peng 曾Zeng "
    "肖Xiao 田Tian 董Dong 潘Pan 袁Yuan 蔡Cai 蒋Jiang 余Yu 于Yu 杜Du 叶Ye 程Cheng 魏Wei 苏Su 吕Lyu 丁Ding "
    "任Ren 卢Lu 姚Yao 沈Shen 钟Zhong 姜Jiang 崔Cui 谭Tan 陆Lu 范Fan 汪Wang 廖Liao 石Shi 金Jin 韦Wei 贾Jia "
    "夏Xia 付Fu 方Fang 邹Zou 熊Xiong 白Bai 孟Meng 秦Qin 邱Qiu 侯Hou 江Jiang 尹Yin 薛Xue 闫Yan 段Duan 雷Lei "
    "龙Long 黎Li 史Shi 陶Tao 贺He 毛Mao 郝Hao 顾Gu 龚Gong 邵Shao"
)
_GIVEN = (
    "伟Wei 芳Fang 娜Na 敏Min 静Jing 丽Li 强Qiang 磊Lei 洋Yang 艳Yan 勇Yong 军Jun 杰Jie 娟Juan 涛Tao 超Chao "
    "明Ming 霞Xia 秀Xiu 刚Gang 平Ping 辉Hui 鹏Peng 华Hua 红Hong 玉Yu 兰Lan 燕Yan 玲Ling 桂Gui 文Wen 凤Feng "
    "云Yun 建Jian 国Guo 志Zhi 海Hai 斌Bin 波Bo 宁Ning 东Dong 亮Liang 健Jian 飞Fei 林Lin 春Chun 梅Mei 雪Xue "
    "晨Chen 欣Xin 宇Yu 浩Hao 博Bo 睿Rui 佳Jia 思Si 雨Yu 晓Xiao 昊Hao 瑞Rui 轩Xuan 琪Qi 萍Ping 松Song 青Qing "
    "岚Lan 远Yuan 舟Zhou 彤Tong 岩Yan 川Chuan 旭Xu 清Qing 宏Hong 立Li 振Zhen 庆Qing 永Yong 长Chang 福Fu "
    "祥Xiang 安An 康Kang 新Xin 锋Feng 毅Yi 凯Kai 峰Feng 翔Xiang 慧Hui"
)
_FIRST = (
    "枫feng 柏bai 桐tong 松song 槐huai 梅mei 兰lan 荷he 菱ling 竹zhu 青qing 碧bi 翠cui 金jin 银yin 玉yu "
    "石shi 云yun 霞xia 虹hong 雪xue 霜shuang 晨chen 星xing 月yue 鹭lu 燕yan 泉quan 潮chao 汐xi 帆fan 绣xiu "
    "花hua 麦mai 稻dao 桑sang 茶cha 陶tao 琴qin 棋qi 书shu"
)
_SECOND = (
    "溪xi 岭ling 湾wan 桥qiao 坊fang 园yuan 里li 渡du 浦pu 塘tang 坪ping 坡po 峰feng 谷gu 林lin 亭ting "
    "阁ge 台tai 巷xiang 门men 村cun 庄zhuang 井jing 滩tan 港gang 埠bu 堤di 田tian 城cheng 屿yu 泽ze 洼wa "
    "岩yan 崖ya 麓lu 坞wu 栈zhan 墩dun"
)
_REAL = (  # said like a real place that is widely known
    "Jinmen Yulin Tongcheng Qingtian Qingpu Shilin Lanxi Yuxi Huaxi Yuntai Xiapu Hongqiao Hetang Shifeng Yunyan "
    "Jinwan Jintai Shitai Yutian Yunxi Yuncheng Shicheng Jinping Yumen Shimen Jinxi Songxi Zhuxi Qingcheng "
    "Quangang Yungang Heze Fengqiao Qingyan Lanping Yuecheng Jincheng Yincheng Yucheng Shiwan Jintang Meili "
    "Jintian Chaling Meilin Jinfeng Yunmen Xingtai Yantai Tongling Songyuan Qingyuan Baicheng Taoyuan Shiyan "
    "Fengtai Heyuan Yuelu Shuangcheng Xiacheng Lantian Hetian Jintan Yunlin Huadu Taocheng Lucheng Meicheng "
    "Xuecheng Cuiping Jingang Tongxiang Tongli Jinyuan Huacheng"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A character or two and how it is said."""

    zh: str
    en: str


def _table(text: str) -> tuple[Word, ...]:
    return tuple(Word(entry[0], entry[1:]) for entry in text.split())


SURNAMES: Final = _table(_SURNAMES)
GIVEN: Final = _table(_GIVEN)
REAL: Final = frozenset(_REAL.split())
FIRST: Final = _table(_FIRST)
SECOND: Final = _table(_SECOND)
SHARE_OF_TWO: Final = 0.8  # of given names, those with two characters
PHONE_PREFIX: Final = "154-0"  # no operator was ever assigned the prefix 154


def people_names(count: int, chance: np.random.Generator) -> list[Word]:
    """Names of people, common surnames more often; the English form is the surname first, in pinyin without tones."""
    weight = 1 / (np.arange(len(SURNAMES)) + 4.0)
    surnames = chance.choice(len(SURNAMES), count, p=weight / weight.sum()).tolist()
    given = chance.integers(0, len(GIVEN), (count, 2)).tolist()
    two = (chance.random(count) < SHARE_OF_TWO).tolist()
    return [
        _person(SURNAMES[surname], [GIVEN[first], GIVEN[second]] if both else [GIVEN[first]])
        for surname, (first, second), both in zip(surnames, given, two, strict=True)
    ]


def _person(surname: Word, given: list[Word]) -> Word:
    said = "".join(word.en for word in given).capitalize()
    return Word(surname.zh + "".join(word.zh for word in given), f"{surname.en} {said}")


def stems(count: int, chance: np.random.Generator) -> list[Word]:
    """Different names of places, at most about 1,500; no two are written or said the same."""
    every = [
        Word(first.zh + second.zh, (first.en + second.en).capitalize())
        for first in FIRST
        for second in SECOND
        if first.en != second.en
    ]
    said = list({word.en: word for word in every if word.en not in REAL}.values())
    return [said[number] for number in chance.permutation(len(said))[:count].tolist()]


def phone(number: int) -> str:
    """An eleven-digit number in the form of a mobile telephone's that nobody can have; `number` is below 10,000,000."""
    return f"{PHONE_PREFIX}{number // 10_000:03d}-{number % 10_000:04d}"
