"""Columns of a table as arrays, without an object for every row."""

from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray


def columns(rows: QuerySet[Any], **dtypes: str) -> dict[str, NDArray[Any]]:
    """Field name -> array, in the order of `rows`.

    Parameters
    ----------
    rows : any queryset; its ordering is kept.
    dtypes : field name = numpy dtype; null must not occur in a field of whole numbers.
    """
    found = list(rows.values_list(*dtypes))
    return {
        name: np.fromiter((row[place] for row in found), dtype=dtype, count=len(found))
        for place, (name, dtype) in enumerate(dtypes.items())
    }
