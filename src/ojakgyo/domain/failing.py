"""How a failure is written down: its code or type and where it arose, never its words, which may quote what it met."""

from ojakgyo.domain.errors import OjakError


def code_of(error: BaseException) -> str:
    """A code of the registry, else the name of the error's type."""
    return error.code if isinstance(error, OjakError) else type(error).__name__


def where(error: BaseException) -> str:
    """Code and the innermost place of this house it passed through, such as `KeyError queries.py:120`."""
    place, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "ojakgyo" in name.split("/"):
            place = " " + "/".join(name.split("/")[-2:]) + f":{trace.tb_lineno}"
        trace = trace.tb_next
    return code_of(error) + place
