"""What `ojak import` asks of an open vault. An officer acts, with keys that the password opens for this one command."""

import base64
from collections.abc import Iterator
from typing import Final

from ojakgyo.apps.intake import actions, queries, staging
from ojakgyo.apps.intake.content import Content, Tried, layouts_for
from ojakgyo.apps.intake.values import Undoing
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.intake.drafts import Finding
from ojakgyo.domain.values import ids
from ojakgyo.domain.values.ids import BatchId
from ojakgyo.runner.door import Handler, Said
from ojakgyo.runner.seating import seated


def read(asked: Said) -> Iterator[Said]:
    """Read a file and try it out; kept sealed. Letters that are not sure are shown, and not taken.

    A dry run is forgotten as soon as it is tried, and stands in the chronicle like any other: who asks whose phones and
    names are here is seen to have asked, and how many rows.
    """
    written = base64.b64decode(asked["file"])
    with seated(asked) as desk:
        content = staging.read(desk, written, name=asked["name"], encoding=asked.get("encoding") or None)
        if content.chosen is None:
            for view in content.previews:
                yield {"encoding": view.encoding, "lines": view.lines}
            raise Refused("intake.unsure")
        layouts = layouts_for(content, asked["map"]) if asked.get("map") else content.layouts
        content, _ = staging.tried(desk, content, layouts)
        tried = content.tried or Tried({}, (), 0, 0)
        batch = actions.keep_content(desk, content)
        if asked.get("dry_run"):
            actions.drop_batch(desk, batch=batch)
        yield from map(_said, tried.findings)  # answered only when it is on record
        kept = {} if asked.get("dry_run") else {"batch": ids.text("b", batch)}
        yield {**kept, **_counts(content, tried)}


def apply(asked: Said) -> Iterator[Said]:
    """Write all that the dry run said."""
    with seated(asked) as desk:
        line = queries.batch(desk, actions.apply_batch(desk, batch=_batch(asked)))
        yield {
            "batch": asked["batch"],
            "people": line.people,
            "lines": line.lines,
            "links": line.links,
            "cells": line.cells,
        }


def undo(asked: Said) -> Iterator[Said]:
    """Take a batch back; what stays is said one by one, with every reason."""
    with seated(asked) as desk:
        found: Undoing = actions.undo_batch(desk, batch=_batch(asked))
        for each in found.kept:
            name = getattr(each.called, "en", each.called)
            yield {"kept": each.sort.value, "called": name, "why": [why.value for why in each.why]}
        yield {"batch": asked["batch"], "removed": found.removed, "kept": len(found.kept)}


def _said(each: Finding) -> Said:
    spot, other = each.spot, each.other
    at = {"sheet": spot.sheet, "row": spot.row, "column": spot.letter}
    see = {"sheet": other.sheet, "row": other.row, "column": other.letter} if other else None
    return {**at, "found": each.code, "severity": each.severity.value, "see": see}


def _counts(content: Content, tried: Tried) -> Said:
    said = {"rows": tried.rows, "left_out": tried.left_out, "hidden_rows": tried.hidden_rows}
    return {
        **said,
        "encoding": content.chosen,
        "counts": {name: count for name, count in tried.counts.items() if count},
    }


def _batch(asked: Said) -> BatchId:
    try:
        return BatchId(ids.parse_kind("b", str(asked.get("batch", ""))))
    except ValueError:
        raise Refused("house.not_found") from None


HANDLERS: Final[dict[str, Handler]] = {"import": read, "import-apply": apply, "import-undo": undo}
