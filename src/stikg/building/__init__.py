"""Building: files → validated, inferred, compiled dataset."""

from stikg.building.build import BuildResult, Progress, build, validate

__all__ = ["BuildResult", "Progress", "build", "validate"]
