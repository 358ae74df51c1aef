"""三 A sample log of events as another tool writes it out: one row per update of a case, days like 16/11/2026 09:05."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

HEADERS = (
    *("number", "incident_state", "sys_updated_at", "opened_at", "assigned_to", "location"),
    *("category", "subcategory", "priority"),
)
CASES = 12
CATEGORIES = (
    ("Registration", "Queue"),
    ("Billing", "Insurance"),
    ("Pharmacy", "Stock"),
    ("Laboratory", "Reports"),
    ("Imaging", "Archive"),
)
PRIORITIES = ("2 - High", "3 - Moderate", "3 - Moderate", "4 - Low")
STORIES = (
    ("New", "Active", "Resolved", "Closed"),
    ("New", "Active", "Awaiting User Info", "Active", "Resolved", "Closed"),
    ("New", "Active", "Awaiting Vendor", "Active", "Resolved"),
    ("New", "Active"),
)
"""The states through which one case after the other goes."""


def write(random: Random, path: Path) -> None:
    """Twelve cases and the updates of each, mixed as time goes by."""
    rows = []
    for case in range(CASES):
        opened = at = datetime(2026, 9, 14, 8, 30) + timedelta(minutes=random.randrange(60 * 24 * 50))
        place, who = f"Clinic {random.randint(1, 3)}", f"Resolver {random.randint(11, 14)}"
        kind, priority = random.choice(CATEGORIES), random.choice(PRIORITIES)
        for state in STORIES[case % len(STORIES)]:
            shown = [f"{one.day}/{one.month}/{one:%Y %H:%M}" for one in (at, opened)]
            by = "?" if state == "New" else who
            rows.append((at, (f"INC{case + 1:07d}", state, *shown, by, place, *kind, priority)))
            at += timedelta(minutes=random.randrange(30, 60 * 24 * 3))
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEADERS)
    out.writerows(row for _, row in sorted(rows))
    path.write_bytes(text.getvalue().encode())
