"""The doors of a child that is handed something by pipe: shut, it opens no file, writes none, and ends by itself."""

import resource
from typing import Final

STREAMS: Final = 3
"""Those that it came with: input, output, errors."""


def shut(*, seconds: int, memory: int | None = None) -> None:
    """Shut them, for good. Whatever is still to be imported or read for the first time comes before.

    Parameters
    ----------
    seconds : of computing; the parent ends it by the clock a little later.
    memory : bytes of addresses; None: as much as there is.
    """
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: STREAMS,
    }
    if memory is not None:
        limits[resource.RLIMIT_AS] = memory
    for kind, limit in limits.items():
        resource.setrlimit(kind, (limit, limit))
