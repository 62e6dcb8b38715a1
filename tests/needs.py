"""What a test needs and this machine may not have."""

import os

import pytest


def missing(program: str) -> None:
    """Skipped by hand; a failure where everything must run."""
    if os.environ.get("CI"):
        pytest.fail(f"{program} is not installed", pytrace=False)
    pytest.skip(f"needs {program}")
