"""三.4: entries of a hospital's own problem list beside our issues: what each side says of them, and what that makes."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from svcq.rules._problem_words import words
from svcq.rules.issue_request import about
from svcq.rules.matching import name_key

SETTLED = (
    *(
        "已解决",
        "解决",
        "已完成",
        "完成",
        "已关闭",
        "关闭",
        "已处理",
        "处理完毕",
        "已结束",
        "结束",
        "已修复",
        "修复",
        "正常",
        "好了",
        *(
            "解决了",
            "完成了",
            "修好了",
            "处理好了",
            "已经解决",
            "已处理完",
            "处理完",
            "处理完成",
            "已办结",
            "办结",
            "完结",
            "已完结",
            "已修改",
            "已更新",
            "已上线",
        ),
        *("是", "√", "✓", "✔"),
    ),
    *("closed", "solved", "resolved", "done", "fixed", "completed", "finished", "yes", "y"),
)
UNSETTLED = (
    *(
        "未解决",
        "未完成",
        "未关闭",
        "未处理",
        "未修复",
        "处理中",
        "解决中",
        "进行中",
        "待处理",
        "待解决",
        "待观察",
        "跟踪",
        "跟踪中",
        "暂缓",
        *(
            "观察中",
            "解决待观察",
            "带回提交开发",
            "带回查",
            "没解决",
            "没有解决",
            "无法解决",
            "暂未解决",
            "尚未解决",
        ),
        *("否", "×", "✗", "✘"),
    ),
    *("待定", "开发中", "测试中", "部分解决", "未开始", "受理", "已受理", "重新打开"),
    *(
        "open",
        "pending",
        "new",
        "in progress",
        "unsolved",
        "unresolved",
        "reopened",
        "on hold",
        "waiting",
        "no",
        "n",
    ),
)
_KNOWN: Mapping[str, bool] = {
    **{name_key(word): True for word in SETTLED},
    **{name_key(word): False for word in UNSETTLED},
}


_BREAK = re.compile(r"[()\[\],;:/|、。\d]")


def settled(status: str | None) -> bool | None:
    """Whether the hospital's words for a status say that the problem is solved; None if they say neither.

    Of several words the one that says no counts: 已解决，待观察 is not solved.
    """
    pieces = _BREAK.split(unicodedata.normalize("NFKC", status or ""))
    said = {_KNOWN.get(name_key(piece)) for piece in pieces}
    return False if False in said else True if True in said else None


def verdict(certain: bool, state: str, status: str | None) -> str:
    """What a pair is: `doubtful`, `status_differs`, or `matched`. `state`: of our issue; `status`: theirs."""
    if not certain:
        return "doubtful"
    theirs = settled(status)
    return "matched" if theirs is None or theirs == (state == "closed") else "status_differs"


_SHORT = 3
"""Meanings: a title of fewer names a matter, but hardly what is wrong with it."""


def wording(title: str | None, description: str | None, customer: str) -> str:
    """What a problem says beside the other side's: its title, and where that is short its description too.

    The hospital's name before it is left out: it is that of every problem, and often one side only writes it.
    """
    said = title or ""
    said = about(said, customer) or said
    telling = {word.name for word in words(said) if word.kind != "faint"}
    return said if len(telling) >= _SHORT else " ".join(filter(None, (said, description)))


def entry_key(title: str, on: date | None) -> str:
    """An entry of the hospital's list as it is remembered: its words as they are compared, and its day."""
    return f"{name_key(title)} {on}" if on else name_key(title)


def entry(key: str) -> tuple[str, date | None]:
    """The words, as they are compared, and the day of an entry that is remembered as `key`."""
    said, _, day = key.partition(" ")
    return said, date.fromisoformat(day) if day else None
