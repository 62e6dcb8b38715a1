"""Paper in, and the little that goes out."""

from ojakgyo.domain.facts.declaring import Fact, fact
from ojakgyo.domain.facts.vocabulary import ExportFormat
from ojakgyo.domain.values.ids import BatchId, CellId, TokenId


@fact("intake.file_staged")
class FileStaged(Fact):
    """A file was read and checked; nothing of it counts yet."""

    batch: BatchId
    rows: int
    findings: int


@fact("intake.batch_applied")
class BatchApplied(Fact):
    batch: BatchId
    people: int
    lines: int
    links: int
    cells: int


@fact("intake.batch_undone")
class BatchUndone(Fact):
    """What nothing later referred to is gone; the rest was kept."""

    batch: BatchId
    removed: int
    kept: int


@fact("intake.batch_dropped")
class BatchDropped(Fact):
    """A file that was read and not applied is forgotten."""

    batch: BatchId


@fact("intake.cells_exported")
class CellsExported(Fact):
    """Two officers took what one of them may read out of the desk: one cell of the file, and how many people it holds."""

    request: TokenId
    cell: CellId
    people: int
    format: ExportFormat
