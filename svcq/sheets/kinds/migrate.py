"""五 Data migrations of hospitals, one row per migration."""

from svcq.sheets.kind import REVISION, Field, Kind
from svcq.sheets.kinds.handover_words import dated

KIND = Kind(
    name="migration",
    title="数据迁移登记表",
    fields=(
        Field(
            "number",
            "迁移编号",
            "id",
            (
                *(
                    "迁移单号",
                    "迁移号",
                    "迁移单编号",
                    "数据迁移编号",
                    "迁移登记编号",
                    "迁移记录编号",
                    "单号",
                    "编号",
                ),
                *("migration", "migration no", "migration number", "migration id"),
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
                    "迁移医院",
                ),
                *("用户名称", "用户单位", "customer name", "hospital", "hospital name", "client"),
            ),
            required=True,
            longest=200,
        ),
        Field(
            "system",
            "系统",
            "text",
            ("系统名称", "迁移系统", "业务系统", "产品", "迁移内容", "迁移数据库", "数据库"),
            longest=500,
        ),
        Field(
            "engineer",
            "工程师",
            "name",
            (
                *(
                    "迁移工程师",
                    "迁移人",
                    "迁移人员",
                    "迁移负责人",
                    "负责工程师",
                    "维护工程师",
                    "实施人",
                    "操作人",
                ),
                *("执行人", "经办人", "处理人", "migrated by", "done by"),
            ),
            longest=100,
        ),
        Field(
            "done_on",
            "迁移日期",
            "date",
            (
                *dated("数据迁移", "迁移完成", "实际迁移"),
                "迁移时间",
                "migrated",
                "migrated on",
                "migration date",
            ),
        ),
        Field(
            "reindexed_on",
            "重建索引日期",
            "date",
            (
                *dated("索引重建", "重新建立索引", "重新建索引", "建立索引", "建索引", "索引建立"),
                *("重建索引时间", "重建索引", "索引重建", "索引日期", "reindexed", "indexes rebuilt"),
            ),
        ),
        Field(
            "registered_on",
            "登记日期",
            "date",
            (*dated("迁移登记", "POIS登记", "数据迁移登记"), "登记时间", "录入日期", "registered"),
        ),
        REVISION,
    ),
    natural_key=("customer", "system", "done_on"),
    titles=("迁移", "migration"),
    needs=tuple((named, told) for named in ("number", "customer") for told in ("done_on", "reindexed_on")),
)
