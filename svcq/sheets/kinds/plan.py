"""三 Development plans (实施、维护或上线计划), which a request has to belong to."""

from svcq.sheets.kind import Field, Kind

ACTIVE = {
    "是": "yes",
    **dict.fromkeys(("有效", "活动", "活动中", "进行中", "启用", "active"), "yes"),
    "否": "no",
    **dict.fromkeys(("无效", "失效", "已关闭", "关闭", "已结束", "停用", "inactive", "closed"), "no"),
}

KIND = Kind(
    name="plan",
    title="开发计划",
    fields=(
        Field(
            "number",
            "计划编号",
            "id",
            ("计划号", "计划编码", "计划名称", "计划", "编号", "plan", "plan no", "plan number"),
            required=True,
            longest=100,
        ),
        Field(
            "active", "有效", "flag", ("是否有效", "活动", "是否活动", "状态", "计划状态", "活动状态"), ACTIVE
        ),
        Field(
            "completion_on",
            "完成日期",
            "date",
            ("完成时间", "计划完成日期", "计划完成时间", "预计完成日期", "completion", "completion date"),
        ),
        Field(
            "release_on",
            "发布日期",
            "date",
            ("发布时间", "计划发布日期", "计划发布时间", "预计发布日期", "release", "release date"),
        ),
    ),
    natural_key=("number",),
    titles=("计划", "开发计划", "实施计划", "维护计划", "上线计划", "plan"),
    needs=(("number", "active"), ("number", "completion_on"), ("number", "release_on")),
)
