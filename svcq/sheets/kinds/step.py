"""三 The work on problems (处理过程), one row per step; also a worklog with a row per step, and logs of events.

A row may say what its problem needs besides: whoever has only this sheet has the problems in it too.
"""

from dataclasses import replace

from svcq.sheets.kind import Field, Kind
from svcq.sheets.kinds import issue
from svcq.sheets.text import normalise

RESULTS = {
    "已解决": "solved",
    **dict.fromkeys(
        ("解决", "完成", "已完成", "已处理", "处理完成", "处理完毕", "已修复", "已修改"), "solved"
    ),
    **dict.fromkeys(("resolved", "fixed", "done", "completed"), "solved"),
    "解决待观察": "watch",
    **dict.fromkeys(("待观察", "已解决待观察", "解决并观察", "观察", "观察中", "watching"), "watch"),
    "带回提交开发": "to_dev",
    **dict.fromkeys(
        ("提交开发", "带回开发", "已提交开发", "带回公司开发", "转开发", "提交研发", "转研发"), "to_dev"
    ),
    **dict.fromkeys(("to development",), "to_dev"),
    "带回查": "to_check",
    **dict.fromkeys(
        ("带回查看", "带回检查", "带回排查", "带回公司查", "带回查找原因", "to be checked"), "to_check"
    ),
}

OWN = (
    Field(
        "issue",
        "问题编号",
        "id",
        (
            *issue.KIND.field("number").synonyms,
            *("number", "case", "case id", "case number", "incident", "incident number", "sr number"),
            "case:concept:name",
        ),
        longest=100,
    ),
    Field(
        "on",
        "处理日期",
        "moment",
        (
            *(
                "处理时间",
                "日期",
                "时间",
                "工作日期",
                "跟进日期",
                "跟进时间",
                "跟踪日期",
                "操作时间",
                "服务日期",
            ),
            *("date", "done on", "timestamp", "event time", "complete timestamp", "time:timestamp"),
        ),
        required=True,
    ),
    Field(
        "by",
        "处理人",
        "name",
        (
            *(
                "处理人员",
                "处理工程师",
                "经办人",
                "操作人",
                "实施人",
                "解决人",
                "跟进人",
                "服务人员",
                "跟踪人",
            ),
            *("done by", "handler", "handled by", "owner", "resource", "actor", "org:resource"),
        ),
        longest=100,
    ),
    Field(
        "what",
        "处理过程",
        "text",
        (
            *("处理内容", "处理情况", "处理说明", "处理方法", "处理措施", "处理方式", "处理经过", "处理记录"),
            *("解决方案", "解决方法", "解决过程", "解决情况", "工作内容", "跟进情况", "过程", "内容"),
            *("step", "action", "activity", "work done", "event", "concept:name"),
        ),
        longest=10_000,
        instead="result",
    ),
    Field("result", "处理结果", "code", ("结果", "解决结果", "处理状态", "outcome"), RESULTS),
)
_TAKEN = {normalise(word) for one in OWN for word in (one.key, one.header, *one.synonyms)}
ABOUT = tuple(
    replace(
        one,
        synonyms=tuple(word for word in one.synonyms if normalise(word) not in _TAKEN),
        required=False,
        written=False,
    )
    for one in issue.KIND.fields
    if one.key not in ("number", "revision")
)
"""What a row may say of the problem it is about."""
WORDS = ("title", "description")

KIND = Kind(
    name="step",
    title="处理过程",
    fields=(*OWN, *ABOUT),
    natural_key=("issue", "on", "by", "what"),
    titles=("处理过程", "处理记录", "步骤", "steps"),
    needs=tuple(
        (about, "on", said)
        for about in ("issue", *WORDS)
        for said in (("what", "result", "by") if about == "issue" else ("what", "result"))
    ),
    carried=(*WORDS, "issue", "customer", "reported_on"),
)
