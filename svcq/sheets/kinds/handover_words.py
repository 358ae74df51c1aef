"""一 What offices write where a project is handed over: decisions, and the day of something."""

DECISIONS = {
    "符合移交条件": "eligible",
    **dict.fromkeys(("符合", "可移交", "可以移交", "同意移交", "已确认移交", "确认移交"), "eligible"),
    **dict.fromkeys(("同意", "通过", "合格", "是", "可", "可以", "满足", "yes", "y"), "eligible"),
    "不符合移交条件": "not_eligible",
    **dict.fromkeys(("不符合", "不可移交", "不可以移交", "不能移交", "未符合移交条件"), "not_eligible"),
    **dict.fromkeys(("暂不移交", "暂缓移交", "暂不可移交", "暂不符合", "暂缓", "不同意移交"), "not_eligible"),
    **dict.fromkeys(
        ("不同意", "不通过", "未通过", "不合格", "否", "不可", "不满足", "no", "n", "not eligible"),
        "not_eligible",
    ),
}
"""What offices write for a decision."""
ENDS = ("日期", "时间", "日")
"""How they call the day of something."""


def dated(*acts: str) -> tuple[str, ...]:
    """Each act with every word for its day."""
    return tuple(f"{act}{end}" for act in acts for end in ENDS)
