"""五.3 December checks that were held: which year, when, by whom."""

from svcq.sheets.kind import Field, Kind

KIND = Kind(
    name="migration_check",
    title="数据迁移抽查记录",
    fields=(
        Field(
            "year",
            "抽查年度",
            "int",
            ("年度", "年份", "迁移年度", "所属年度", "check year"),
            required=True,
            low=1950,
            high=2199,
        ),
        Field(
            "on",
            "检查日期",
            "date",
            ("检查时间", "抽查日期", "抽查时间", "年度抽查日期", "checked on", "checked_on"),
            required=True,
        ),
        Field("by", "检查人", "name", ("抽查人", "检查人员", "抽查人员", "checked by"), longest=100),
        Field("note", "备注", "text", ("说明", "检查情况", "抽查情况", "notes", "remark")),
    ),
    natural_key=("year", "on"),
    titles=("迁移抽查", "年度抽查", "december check", "migration check"),
    needs=(("year", "on"),),
)
