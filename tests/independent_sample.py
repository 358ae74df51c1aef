"""一 and 三 The sample hand-over table and worklog, read a second time: their sheets as rows with machine headers."""

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.independent import day_in
from tests.independent_common import Row, is_day

HANDOVER = {
    "移交编号": "number",
    "项目编号": "project_number",
    "项目名称": "project",
    "客户名称": "customer",
    "期次": "phase",
    "模块内容": "modules",
    "项目经理": "project_manager",
    "客户经理": "account_manager",
    "验收日期": "accepted_on",
    "递交日期移交申请单": "application_on",
    "递交日期工作底稿": "worklog_on",
    "递交日期验收文档": "documents_on",
    "移交确认情况结论": "decision",
    "移交确认情况确认日期": "decided_on",
    "移交确认情况确认人": "decided_by",
    "移交确认情况预计移交日期": "expected_on",
    "移交确认情况原因": "reason",
    "免费维护期开始": "free_from",
    "免费维护期结束": "free_until",
    "登记日期": "registered_on",
    "告知书发送日期": "notice_on",
    "告知书确认日期": "receipt_on",
}
FOLLOW_UP = {
    "移交编号": "handover",
    "日期": "on",
    "跟踪人": "by",
    "结论": "decision",
    "预计移交日期": "expected_on",
    "跟踪情况": "note",
}
ISSUE = {
    "问题编号": "number",
    "客户名称": "customer",
    "系统": "system",
    "模块": "module",
    "问题标题": "title",
    "工程师": "engineer",
    "提出人": "reported_by",
    "提出日期": "reported_on",
    "优先级": "priority",
    "开发需求需求号": "request",
    "开发需求需求登记日期": "request_on",
    "测试部提交测试日期": "tested_by_test_dept_on",
    "测试部测试结果日期": "test_result_on",
    "测试部结果反馈日期": "passed_on",
    "督促日期": "urged_on",
    "关闭（系统自动关闭的不填）关闭日期": "closed_on",
    "关闭（系统自动关闭的不填）关闭人": "closed_by",
    "关闭（系统自动关闭的不填）关闭原因": "close_reason",
    "重新打开日期": "reopened_on",
}
STEP = {"问题编号": "issue", "处理日期": "on", "处理人": "by", "处理过程": "what", "处理结果": "result"}
LEAVE = {"姓名": "person", "开始日期": "from", "结束日期": "until", "类别": "kind"}
CHECK = {
    "月份": "month",
    "客户名称": "customer",
    "记录抽查日期": "records_on",
    "请假抽查日期": "leave_on",
    "索取清单日期": "list_asked_on",
    "核对日期": "reconciled_on",
}
MEANT = {
    "符合": "eligible",
    "暂不符合": "not_eligible",
    "已解决": "solved",
    "解决待观察": "watch",
    "带回提交开发": "to_dev",
    "带回查": "to_check",
    "优先": "yes",
    "普通": "no",
}
SHEETS = {
    "项目移交信息表": HANDOVER,
    "跟踪记录": FOLLOW_UP,
    "工作底稿": ISSUE,
    "处理过程": STEP,
    "请假记录": LEAVE,
    "抽查记录": CHECK,
}


def read_book(path: Path) -> dict[str, list[Row]]:
    """Sheet -> its rows, with the keys of SHEETS; sheets of which it knows nothing are left out."""
    book = load_workbook(path, data_only=True)
    return {name: _rows(book[name], SHEETS[name]) for name in book.sheetnames if name in SHEETS}


def _rows(sheet: Worksheet, headers: dict[str, str]) -> list[Row]:
    """Everything below the header until a line whose first cell begins with 备注."""
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row - 1, area.max_row):
            for column in range(area.min_col - 1, area.max_col):
                lines[row][column] = lines[area.min_row - 1][area.min_col - 1]
    two = lines[1] != lines[2] and any(a == b for a, b in zip(lines[1], lines[2], strict=True) if a)
    names = [str(a) if a == b or not two else f"{a}{b}" for a, b in zip(lines[1], lines[2], strict=True)]
    keys = [headers.get(name) for name in names]
    found = []
    for line in lines[3 if two else 2 :]:
        if str(line[0]).startswith("备注"):
            break
        found.append({key: _value(key, cell) for key, cell in zip(keys, line, strict=True) if key})
    return found


def _value(key: str, cell: object) -> object:
    text = "" if cell is None else str(cell).strip()
    if text in ("", "/"):
        return None
    return day_in(cell) if is_day(key) else MEANT.get(text, text)
