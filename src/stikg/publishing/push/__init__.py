"""Publishing to a SPARQL server: compared, staged beside what is there, swapped, verified."""

from stikg.publishing.push.content import Digest, Release, read_release
from stikg.publishing.push.description import Published, read_published
from stikg.publishing.push.plan import Change, Plan, make_plan, staged_lists
from stikg.publishing.push.pushing import plan_withdrawal, push, withdraw
from stikg.publishing.push.report import report_plan, report_status
from stikg.publishing.push.staging import Progress

__all__ = [
    "Change",
    "Digest",
    "Plan",
    "Progress",
    "Published",
    "Release",
    "make_plan",
    "plan_withdrawal",
    "push",
    "read_published",
    "read_release",
    "report_plan",
    "report_status",
    "staged_lists",
    "withdraw",
]
