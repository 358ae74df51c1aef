"""The words of headers: which field of a kind a header means, and in which unit."""

import re
from functools import lru_cache

from svcq.sheets import text
from svcq.sheets.kind import Field, Kind
from svcq.sheets.options import ReadOptions

_NOTE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SCALES = {
    "": 1,
    "元": 1,
    "人民币": 1,
    "人民币元": 1,
    "rmb": 1,
    "cny": 1,
    "yuan": 1,
    "元人民币": 1,
    "万元": 10_000,
    "人民币万元": 10_000,
    "万元人民币": 10_000,
    "万": 10_000,
}
"""What a money column's unit is worth in CNY; another unit is another column."""
_TAXES = frozenset(("含税", "不含税", "大写", "小写"))
_HARMLESS = re.compile(
    r"必填项?|必录|必须|非必填|选填|可选|可空|可为空|可不填|下拉选择|公历|阳历|唯一|(?:自动|系统)生成|手工?填写?|精确到[日天]|全称|文本|文本格式|日期格式|格式|\d{1,2}|"
    r"(?:日期)?(?:格式)?(?:为|是|如|例|例如|示例|形如)?(?:y{2,4}年?m{1,2}月?d{1,2}日?(?:h.*)?|年月日(?:时分秒?)?|"
    r"[dm]{1,2}[dm]{1,2}y{2,4}|\d{4}年?\d{1,2}月?\d{1,2}日?)(?:格式)?|"
)
"""Notes that say how to fill a column in; any other (预计, 应, 原, 对方) makes it another column."""
_WHOSE = frozenset(("医院", "医院全称", "单位全称", "姓名", "人员"))
"""Harmless in the header of a name."""
_NEUTRAL = re.compile(
    r".*(?:信息|情况|资料|明细|概况|记录|管理|内容|跟踪|部分|表|台账|清单|名单|统计|进度|流程|节点)|日期|时间|基本|"
    r"(?:维护|服务|合同)?(?:期限|周期|期间|期)"
)
"""Words over several columns that say nothing about what one of them means."""
_OTHER = re.compile(
    r".*(?:计划|预|拟|目标|应|原|旧|对方|[上下去前本明]一?[期次年季月]|变更|历史|参考|估|未|非|免费|质保|样|示例).*|"
    r"客户方?|医院方?|院方|[甲乙]方|他方|用户"
)
"""Words over several columns that make other columns of them."""
_SHORT = re.compile(
    r".{1,2}|(?:开始|起始|生效|起|结束|到期|终止|截止|止|签订|提醒|完成)?(?:日期|时间|日)|(?:总|合计)?金额|名称"
)
"""Second lines that mean something only together with the first."""

normalise = lru_cache(maxsize=20_000)(text.normalise)


class Matcher:
    """The headers of one kind, prepared for look-up."""

    def __init__(self, kind: Kind, options: ReadOptions) -> None:
        self.kind = kind
        self.said = {
            normalise(header): (key,) if isinstance(key, str) else key
            for header, key in options.headers.items()
        }
        self.fixed = options.constants.keys()
        """What every row says alike: no other column is taken for it."""
        self.known: dict[str, Field] = {}
        for one in reversed(kind.fields):
            self._know(one, *one.synonyms)
        for one in kind.fields:
            self._know(one, one.key)
        for one in kind.fields:
            self._know(one, one.header)

    def _know(self, one: Field, *names: str) -> None:
        """Take names for a field. What is only read is not guessed from a program's words where the user maps headers.

        Logs have columns called priority or customer that mean something of their own.
        """
        for name in names:
            if one.written or not self.said or not name.isascii():
                self.known[normalise(name)] = one

    def match(self, top: str, bottom: str) -> tuple[tuple[str, ...], int, bool]:
        """Field keys (`-`: left out), CNY per unit, whether the user said so; no key if no header is known."""
        both: tuple[str, ...] = (
            (top + bottom, bottom + top, bottom, top) if top and bottom else (top or bottom,)
        )
        for header in both:
            if (keys := self.said.get(normalise(header))) is not None:
                return (
                    keys,
                    self._scale(header, self.kind.field(keys[0])) or 1 if "-" not in keys else 1,
                    True,
                )
        if top and bottom:
            both = both[:3] if self.is_neutral(top, bottom) else both[:2]
        for header in both:
            if (one := self._field(header)) is not None and one[0].key not in self.fixed:
                return (one[0].key,), one[1], False
        return (), 1, False

    def is_neutral(self, top: str, bottom: str) -> bool:
        """Whether the words over several columns leave the meaning of the one below as it is.

        质保期 over 开始日期 and 计划 over 敲章日期 do not; 合同信息 over 开始日期, 流转 over 敲章日期 and 提醒日期
        over 邮件提醒日期 do.
        """
        group = normalise(top)
        if not makes_other(top) and _SHORT.fullmatch(normalise(bottom)) is None:
            return True
        return (
            group in normalise(bottom)
            or group in self.kind.titles
            or len(group) > 12
            or re.search(r"[:：\d]", top) is not None
            or _NEUTRAL.fullmatch(group) is not None
            or (not makes_other(top) and self._same(top, bottom))
        )

    def _same(self, one: str, other: str) -> bool:
        """Whether two headers mean the same field by themselves (移交结论 over 结论)."""
        fields = self._field(one), self._field(other)
        return fields[0] is not None and fields[1] is not None and fields[0][0] is fields[1][0]

    def names_unit(self, header: str) -> bool:
        """Whether the header of a money column itself says in which unit its amounts are."""
        notes = {normalise(note).removeprefix("单位") for note in _NOTE.findall(header)}
        return normalise(header).endswith("万元") or any(note and note in _SCALES for note in notes)

    def _field(self, header: str) -> tuple[Field, int] | None:
        found = self.known.get(normalise(header))
        if found is not None:
            return found, 1
        bare = normalise(_NOTE.sub("", header))
        found = self.known.get(bare)
        if found is None and bare.endswith("万元"):
            found = self.known.get(bare.removesuffix("万元"))
        if found is None:
            return None
        if found.type not in ("text", "money"):
            notes = [note for note in _NOTE.findall(header) if not _is_harmless(note)]
            if notes and not (found.type == "name" and all(normalise(note) in _WHOSE for note in notes)):
                return None
        scale = self._scale(header, found)
        return (found, scale) if scale else None

    def _scale(self, header: str, one: Field) -> int:
        """CNY per unit that the header's note says; 0 for a unit that is not CNY and for a note not known."""
        if one.type != "money":
            return 1
        notes = [note for note in _NOTE.findall(header) if not _is_harmless(note)]
        units = [normalise(note).removeprefix("单位") for note in notes]
        units = [unit for unit in units if unit not in _TAXES]
        if not units:
            return 10_000 if normalise(header).endswith("万元") else 1
        scales = {_SCALES.get(unit, 0) for unit in units}
        return scales.pop() if len(scales) == 1 else 0


def makes_other(group: str) -> bool:
    """Whether words over several columns make other columns of them (计划, 对方, 上期)."""
    return _OTHER.fullmatch(normalise(group)) is not None


def _is_harmless(note: str) -> bool:
    return _HARMLESS.fullmatch(normalise(note)) is not None


_UNIT = re.compile(
    r"单位\s*[:：]?\s*[为是]?\s*([^\s,，;；、。()（）\[\]【】:：]+)|"
    r"[(（\[【]\s*(?:金额)?\s*[:：]?\s*(万元|万)\s*[)）\]】]|以\s*(万元)\s*(?:计|为单位)"
)
_TEN_THOUSANDS = re.compile(r"(?<![\d.一二三四五六七八九十百千两几])万元")
_MONEY = re.compile(
    r".{0,4}[元圆币]|.{0,3}元/.*|[十百千万亿]+|美金|美刀|rmb|cny|usd|eur|hkd|jpy|.{0,3}[$¥￥€£].{0,3}", re.I
)


def unit_in(words: str) -> int | None:
    """CNY per unit that the words above a table name (单位：万元); None: no unit of money, 0: one not understood."""
    found: int | None = None
    for one in _UNIT.finditer(words):
        unit = one[1] or one[2] or one[3]
        if len(unit) <= 12 and _MONEY.fullmatch(unit):
            scale = _SCALES.get(normalise(unit), 0)
            if found is not None and found != scale:
                return 0
            found = scale
    return 0 if found is None and _TEN_THOUSANDS.search(words.replace(" ", "")) else found
