"""What a validation found: findings, and the report that holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from stikg.terms import Term


class Severity(StrEnum):
    """How bad a finding is; only errors stop a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where it stands, and how to mend it.

    ``check`` is the rule that found it: a shape as CURIE, or the name of a structural rule or of a
    query in queries/checks. ``path`` is the property as CURIE; ``file`` is relative to the root;
    ``component`` is SHACL's name for the kind of constraint.
    """

    check: str
    message: str
    severity: Severity = Severity.ERROR
    focus: Term | None = None
    path: str = ""
    value: Term | None = None
    file: str = ""
    line: int | None = None
    remedy: str = ""
    component: str = "sh:SPARQLConstraintComponent"

    @property
    def where(self) -> str:
        """File and line, as far as they are known."""
        return f"{self.file}:{self.line}" if self.file and self.line else self.file

    @property
    def sort_key(self) -> tuple[str, int, str, str, str, str]:
        """Order of findings: by file, line, rule, and what is wrong."""
        focus = self.focus.n3() if self.focus else ""
        value = self.value.n3() if self.value else ""
        return (self.file, self.line or 0, self.check, focus, self.path, f"{value} {self.message}")


@dataclass(frozen=True)
class Report:
    """Every finding in order, and the names of all rules that were tried.

    >>> report = Report.of([Finding("without-label", "no label", Severity.WARNING)], ["typo"])
    >>> report.conforms, report.checks
    (True, ('typo', 'without-label'))
    """

    findings: tuple[Finding, ...] = ()
    checks: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, findings: Iterable[Finding], checks: Iterable[str]) -> Report:
        """Return the report of findings in any order, each kept once."""
        ordered = sorted(set(findings), key=lambda finding: finding.sort_key)
        names = {*checks, *(finding.check for finding in ordered)}
        return cls(tuple(ordered), tuple(sorted(names)))

    @property
    def conforms(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    @property
    def summary(self) -> str:
        """Number of findings by severity, in words."""
        counts = Counter(finding.severity for finding in self.findings)
        parts = [
            f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
            for severity in (Severity.ERROR, Severity.WARNING)
            if counts[severity]
        ]
        if counts[Severity.INFO]:
            parts.append(f"{counts[Severity.INFO]} for information")
        return ", ".join(parts) or "nothing found"
