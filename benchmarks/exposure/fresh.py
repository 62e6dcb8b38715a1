"""A new process that asks once, run as a file so that nothing else has been imported: seconds and memory of it.

python fresh.py NETWORK.npz ENGINE SEED...
"""

import json
import sys
import time
from pathlib import Path

BEGAN = time.perf_counter()


def resident(which: str = "VmRSS") -> int:
    """Bytes this process holds now, or held at most (VmHWM)."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.split(which + ":")[1].split()[0])


def main(path: str, engine: str, *seeds: str) -> None:
    import numpy as np

    from ojakgyo.domain.exposure.cascade import cascade
    from ojakgyo.domain.exposure.deadlines import deadlines
    from ojakgyo.domain.exposure.laws import Exponential, Lognormal, Weibull
    from ojakgyo.domain.exposure.network import Network
    from ojakgyo.domain.exposure.seeds import Seed

    imported, bare = time.perf_counter(), resident()
    laws = (Exponential(24.0), Weibull(0.7, 18.0), Lognormal(72.0, 1.0), Exponential(12.0))
    with np.load(path) as file:
        network = Network(**{name: file[name] for name in file.files}, laws=laws)
    taken = [Seed(node=int(node), probability=1.0) for node in seeds]
    read, holding = time.perf_counter(), resident()
    found = cascade(network, taken, draws=4_096, horizon=72.0, key=1, engine=engine)  # type: ignore[arg-type]
    deadlines(found, 0.01)
    ended = time.perf_counter()
    spent = {"import_s": imported - BEGAN, "read_s": read - imported, "first_s": ended - read}
    print(json.dumps({**spent, "bare": bare, "holding": holding, "after": resident(), "most": resident("VmHWM")}))


if __name__ == "__main__":
    main(*sys.argv[1:])
