"""七 Teams and regions (部门变动): in which of them who is from a day on, without one since ever."""

from svcq.sheets.kind import Field, Kind

KIND = Kind(
    name="unit",
    title="部门变动",
    fields=(
        Field(
            "person",
            "姓名",
            "name",
            ("员工", "员工姓名", "人员", "人员姓名", "name", "staff", "employee"),
            required=True,
            longest=100,
        ),
        Field(
            "from",
            "生效日期",
            "date",
            (
                *("生效时间", "调动日期", "调动时间", "变动日期", "变动时间", "调整日期", "转岗日期"),
                *("from date", "effective on", "effective date", "moved on"),
            ),
        ),
        Field(
            "team", "部门", "text", ("所属部门", "科室", "小组", "团队", "事业部", "department"), longest=100
        ),
        Field(
            "region", "大区", "text", ("区域", "所属大区", "所属区域", "片区", "地区", "area"), longest=100
        ),
    ),
    natural_key=("person", "from"),
    titles=("部门变动", "人员调动", "调动", "unit"),
    needs=(("person", "from", "team", "region"),),
)
