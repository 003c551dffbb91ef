"""Publishing: release files, the JSON-LD context, and the pages that describe the graph."""

from stikg.publishing.context import CONTEXT_FILE, make_context, read_context
from stikg.publishing.release import export

__all__ = ["CONTEXT_FILE", "export", "make_context", "read_context"]
