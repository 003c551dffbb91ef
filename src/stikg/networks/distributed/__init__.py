"""Networks that outgrow one machine, measured by Apache Spark.

The only package that imports pyspark, and only when it is asked to compute. The graph algorithms
are those of GraphX, which Spark itself brings, called in its own process: no Python runs on the
cluster to measure a network.
"""

from stikg.networks.distributed.frames import Frames, frames_of, read_frames
from stikg.networks.distributed.measuring import (
    SPARK_MEASURES,
    community_frame,
    component_frame,
    count,
    measure_frame,
)
from stikg.networks.distributed.quads import convert_quads
from stikg.networks.distributed.sessions import read_settings, spark_session
from stikg.networks.distributed.tables import refuse_existing, table_of, write_frame

__all__ = [
    "SPARK_MEASURES",
    "Frames",
    "community_frame",
    "component_frame",
    "convert_quads",
    "count",
    "frames_of",
    "measure_frame",
    "read_frames",
    "read_settings",
    "refuse_existing",
    "spark_session",
    "table_of",
    "write_frame",
]
