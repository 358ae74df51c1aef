"""六 Satisfaction callbacks: whom a quarter's sample drew, and what was answered."""

from svcq.sheets.kind import REVISION, Field, Kind
from svcq.sheets.kinds.handover_words import dated

MARKS = {
    **{mark: mark for mark in "54321"},
    **dict.fromkeys(("非常满意", "很满意", "十分满意", "五分", "very satisfied"), "5"),
    **dict.fromkeys(("满意", "比较满意", "较满意", "四分", "satisfied"), "4"),
    **dict.fromkeys(("一般", "三分", "neutral"), "3"),
    **dict.fromkeys(("不满意", "不太满意", "较不满意", "比较不满意", "两分", "二分", "dissatisfied"), "2"),
    **dict.fromkeys(("非常不满意", "很不满意", "十分不满意", "一分", "very dissatisfied"), "1"),
}
"""What offices write for a mark from 1 to 5; exports write the mark."""

KIND = Kind(
    name="callback",
    title="满意度回访记录",
    fields=(
        Field(
            "quarter", "季度", "quarter", ("回访季度", "所属季度", "季", "季度名称", "period"), required=True
        ),
        Field(
            "engineer",
            "工程师",
            "name",
            (
                *(
                    "负责工程师",
                    "维护工程师",
                    "服务工程师",
                    "责任工程师",
                    "工程师姓名",
                    "被评工程师",
                    "被评价人",
                ),
                *("被评价工程师", "engineer name"),
            ),
            longest=100,
        ),
        Field(
            "customer",
            "客户名称",
            "name",
            (
                *(
                    "客户",
                    "客户单位",
                    "单位名称",
                    "单位",
                    "医院",
                    "医院名称",
                    "医院全称",
                    "客户全称",
                    "回访医院",
                ),
                *("回访客户", "用户名称", "用户单位", "customer name", "hospital", "hospital name", "client"),
            ),
            required=True,
            longest=200,
        ),
        Field(
            "drawn_on",
            "抽样日期",
            "date",
            (*dated("抽取", "抽选", "抽中", "样本抽取"), "抽样时间", "drawn", "sampled on"),
        ),
        Field(
            "asked_on",
            "回访日期",
            "date",
            (*dated("电话回访", "满意度回访", "调查", "调研", "询问"), "回访时间", "asked", "called on"),
        ),
        Field(
            "service",
            "服务满意度",
            "int",
            (
                *(
                    "服务是否满意",
                    "对服务是否满意",
                    "对公司服务是否满意",
                    "服务满意程度",
                    "服务评分",
                    "服务得分",
                ),
                *("服务评价", "服务满意度评分", "公司服务满意度", "满意度", "service mark", "service score"),
            ),
            MARKS,
            low=1,
            high=5,
        ),
        Field(
            "attitude",
            "态度满意度",
            "int",
            (
                *(
                    "工程师态度",
                    "工程师态度是否满意",
                    "对工程师态度是否满意",
                    "工程师态度满意度",
                    "服务态度",
                    "态度",
                ),
                *("态度评分", "态度得分", "态度评价", "工程师满意度", "服务态度满意度", "attitude score"),
            ),
            MARKS,
            low=1,
            high=5,
        ),
        Field(
            "advice",
            "建议",
            "text",
            (
                "客户建议",
                "意见建议",
                "意见和建议",
                "意见与建议",
                "意见",
                "服务建议",
                "对服务的建议",
                "suggestions",
            ),
        ),
        Field(
            "unsolved",
            "遗留问题",
            "text",
            ("未解决问题", "未解决的问题", "遗留未解决问题", "遗留问题未解决", "遗留的问题", "open problems"),
        ),
        Field(
            "number",
            "回访编号",
            "id",
            ("回访号", "回访单号", "回访记录编号", "满意度回访编号", "callback", "callback number"),
            longest=400,
        ),
        Field("issue", "问题编号", "id", ("转入问题编号", "遗留问题编号", "issue number"), longest=100),
        Field("seed", "抽样种子", "int", ("种子", "随机种子", "随机数种子", "random seed")),
        REVISION,
    ),
    natural_key=("quarter", "engineer", "customer"),
    titles=("满意度", "回访", "satisfaction", "callback"),
    needs=(
        ("quarter", "engineer", "customer"),
        *(("quarter", "customer", told) for told in ("asked_on", "service", "attitude", "unsolved")),
        *(("number", told) for told in ("asked_on", "service", "attitude", "advice", "unsolved", "drawn_on")),
        *(("customer", "engineer", told) for told in ("service", "attitude")),
        ("customer", "service", "attitude"),
    ),
)
