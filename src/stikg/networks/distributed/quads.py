"""N-Quads as Parquet by Spark, for files that one machine would take too long for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stikg.networks.distributed.sessions import without_advice
from stikg.networks.distributed.tables import refuse_existing
from stikg.serialisation.columns import COLUMNS
from stikg.serialisation.streamed import appear_whole

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def convert_quads(spark: SparkSession, files: Sequence[str], path: Path) -> int:
    """Write the quads of N-Quads files into a folder of Parquet files; return their number.

    The rows are sorted by predicate, subject, object and graph through all files of the folder, so
    that who asks for some predicates reads some files. Workers need stikg and pyarrow, and have to
    see ``files`` and the folder around ``path``.

    :raises OutputError: if there is something of that name, or it cannot be written.
    :raises EndpointError: if a line is no N-Quads: Spark then names its words.
    """
    refuse_existing(path)
    schema = ", ".join(f"{column} string" for column in COLUMNS)
    lines = spark.read.text([str(file) for file in files])
    with without_advice():
        quads = lines.mapInArrow(_parse, schema)
    in_order = quads.orderBy("predicate", "subject", "object", "graph")
    with appear_whole(path.resolve()) as place:
        in_order.write.option("compression", "zstd").parquet(str(place))
        return int(spark.read.parquet(str(place)).count())


def _parse(batches: Iterable[Any]) -> Iterator[Any]:
    """Parse batches of lines, on a worker."""
    from stikg.serialisation.columns import batches_of_lines

    yield from batches_of_lines(batch.column(0).to_pylist() for batch in batches)
