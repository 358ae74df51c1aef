"""四 What offices write where a hospital's programs are upgraded: answers, steps, and the second call."""

ANSWERS = {
    "是": "yes",
    **dict.fromkeys(("肯定", "肯定答复", "明确肯定", "认可", "满意", "正常", "良好", "y"), "yes"),
    "否": "no",
    **dict.fromkeys(("否定", "否定答复", "不认可", "不满意", "不正常", "不是", "n"), "no"),
    "不明确": "unclear",
    **dict.fromkeys(
        ("未明确", "不确定", "未确定", "不清楚", "不肯定", "未肯定", "含糊", "无明确答复", "未明确答复"),
        "unclear",
    ),
    **dict.fromkeys(("没有明确答复", "无肯定答复", "没有肯定答复", "未得到肯定答复", "待确认"), "unclear"),
    **dict.fromkeys(("not clear", "unsure", "uncertain"), "unclear"),
}
"""四.4: what the hospital says when it is called."""
STABLE = {
    **dict.fromkeys(("稳定", "运行稳定", "基本稳定", "正常", "运行正常", "stable"), "yes"),
    **dict.fromkeys(("不稳定", "运行不稳定", "不太稳定", "不正常", "unstable"), "no"),
}
SOLVED = {
    **dict.fromkeys(("已解决", "解决", "全部解决", "已全部解决", "已解决完", "均已解决", "都已解决"), "yes"),
    **dict.fromkeys(("solved", "all solved", "无遗留问题", "没有问题"), "yes"),
    **dict.fromkeys(("未解决", "没解决", "没有解决", "未全部解决", "部分解决", "未解决完", "没解决完"), "no"),
    **dict.fromkeys(("not solved", "partly", "有遗留问题"), "no"),
}
ARRANGED = {
    **dict.fromkeys(("已安排", "有安排", "有明确安排", "已明确", "明确", "已明确安排", "arranged"), "yes"),
    **dict.fromkeys(("未安排", "无安排", "没有安排", "无明确安排", "未明确", "不明确", "没有明确安排"), "no"),
}
STEPS = {
    "申请": "apply",
    **dict.fromkeys(("升级申请", "提出申请", "申报", "application"), "apply"),
    "安排": "arrange",
    **dict.fromkeys(("升级安排", "安排人员", "安排升级人员", "arrangement"), "arrange"),
    "方案": "plan",
    **dict.fromkeys(("升级方案", "方案提交", "提交方案", "升级计划", "计划"), "plan"),
    "测试": "test",
    **dict.fromkeys(("测试库升级", "升级测试", "testing"), "test"),
    "客户认可": "approve",
    **dict.fromkeys(("认可", "客户确认", "客户同意", "approval"), "approve"),
    "升级": "done",
    **dict.fromkeys(("正式升级", "正式库升级", "实施升级", "升级实施", "upgrade"), "done"),
    "报告": "report",
    **dict.fromkeys(("升级报告", "报告提交", "提交报告"), "report"),
    "回访": "callback",
    **dict.fromkeys(("升级回访", "电话回访", "call"), "callback"),
}
"""四.1-2: how offices call the steps of an upgrade."""


def again(*words: str) -> tuple[str, ...]:
    """Each word of the first call as the word of the second."""
    return tuple(f"{second}{word}" for word in words for second in ("二次", "第二次", "再次"))
