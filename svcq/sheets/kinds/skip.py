"""四.1-2 Steps of upgrades that were done though others before them were missing: one row per forced step."""

from svcq.sheets.kind import Field, Kind
from svcq.sheets.kinds.handover_words import dated
from svcq.sheets.kinds.upgrade_words import STEPS

KIND = Kind(
    name="skip",
    title="升级跳步记录",
    fields=(
        Field(
            "upgrade",
            "升级编号",
            "id",
            ("升级单号", "升级单编号", "升级号", "升级申请单号", "upgrade no", "upgrade number"),
            required=True,
            longest=100,
        ),
        Field(
            "on", "日期", "date", (*dated("跳步", "违规", "登记"), "时间", "date", "done_on"), required=True
        ),
        Field("step", "步骤", "code", ("所做步骤", "执行步骤", "当前步骤", "进行的步骤", "step done"), STEPS),
        Field(
            "skipped",
            "跳过的步骤",
            "codes",
            (
                "跳过步骤",
                "跳步",
                "缺少的步骤",
                "缺少步骤",
                "未做的步骤",
                "未做步骤",
                "missing",
                "skipped steps",
            ),
            STEPS,
        ),
        Field("reason", "原因", "text", ("跳步原因", "原因说明", "说明", "理由", "备注", "why", "note")),
        Field(
            "by", "登记人", "name", ("跳步人", "经办人", "操作人", "处理人", "who", "by_name"), longest=100
        ),
    ),
    natural_key=("upgrade", "on", "step"),
    titles=("跳步", "skip"),
    needs=(("upgrade", "skipped"),),
)
