"""Ask the processor for a record before it is needed: a node is queued long before its links are read."""

from typing import Any, Final

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


def _prefetch(typing: Any, records: Any, place: Any) -> Any:
    """Fetch `records[place]` for reading; nothing else happens."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, given[0])
        pointer = builder.bitcast(builder.gep(array.data, [given[1]]), ir.IntType(8).as_pointer())
        whole = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer(), whole, whole, whole])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(fetch, [pointer, whole(0), whole(3), whole(1)])
        return context.get_dummy_value()

    return types.void(records, types.uint64), code


prefetch: Final[Any] = intrinsic(_prefetch)
