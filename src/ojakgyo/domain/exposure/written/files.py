"""Networks and seeds in a file that anybody may write and check: docs/reference/exposure-files.md, version 1.

In come JSON values or arrays, already read; out come a network and its seeds, or a refusal that names the place. Nothing is
guessed and nothing is left out in silence: what cannot be right is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isclose
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ojakgyo.domain.errors import Refused
from ojakgyo.domain.exposure.arrays import Floats, Truths, Whole
from ojakgyo.domain.exposure.laws import KINDS, Empirical, Exponential, Immediate, Law, Lognormal, Weibull, endangering
from ojakgyo.domain.exposure.network import MOST_LAWS, MOST_NODES, Network, network_of
from ojakgyo.domain.exposure.seeds import Seed
from ojakgyo.domain.exposure.written.parsed import LARGEST, Document, Object, parsed, whole
from ojakgyo.domain.facts import LinkKind

NETWORK: Final = "ojakgyo-exposure-network"
SEEDS: Final = "ojakgyo-exposure-seeds"
CASE: Final = "ojakgyo-exposure-case"
"""A network, its seeds and what is known of the answer, in one file: both commands take their part of it."""
VERSION: Final = 1
HOURS: Final = 1e9
"""No time in a file is longer, before or after t0: a hundred thousand years."""
BRIEFEST: Final = 1e-9
MOST_SEEDS: Final = (1 << 16) - 1
_SHAPES: Final = (0.1, 100.0)
_SIGMAS: Final = (1e-6, 10.0)
"""Beyond these a table of delays is not exact any more, and no law of this world lies there."""
_ROUNDING: Final = 1e-9

Arrays = Mapping[str, npt.NDArray[Any]]
Place = Callable[[str, int], str]
"""Where the value of a field stands in the file, for a refusal."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NetworkFile:
    """`self_links`: links of a node to itself; they say nothing and are left out."""

    network: Network
    self_links: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeedsFile:
    """`clear_until`: float64 [n], hours of each node's last authenticated contact, ``-inf`` = none; None = of nobody."""

    seeds: tuple[Seed, ...]
    clear_until: Floats | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Links:
    """As they stand in the file, by ids."""

    source: Whole
    target: Whole
    probability: Floats
    law: Whole
    id: Whole | None
    mutual: Truths | None


# A network ------------------------------------------------------------------------------------------------------------


def network_in(document: Document) -> NetworkFile:
    """The network of a JSON file, or of a case. What is wrong in it: ``Refused``."""
    top = _document(document, NETWORK, "network", frozenset({"nodes", "laws", "links"}))
    nodes = [whole(each, LARGEST, "", f"nodes[{place}]") for place, each in enumerate(top.items("nodes"))]
    laws = _laws(top.items("laws") if top.has("laws") else [])
    links, laws = _listed(top.items("links"), laws)
    return _built(np.array(nodes, dtype=np.int64), links, laws, lambda field, place: f"links[{place}].{field}")


_LINK: Final = frozenset({"id", "source", "target", "probability", "law", "kind", "age_days", "mutual"})


def _listed(listed: Sequence[Document], laws: tuple[Law, ...]) -> tuple[_Links, tuple[Law, ...]]:
    """Links as arrays, and the laws with those of the kinds that are used behind them."""
    columns: tuple[list[int], list[int], list[float], list[int], list[int], list[bool]] = ([], [], [], [], [], [])
    source, target, probability, law, ids, mutual = columns
    own, kinds = len(laws), dict[LinkKind, int]()
    for place, raw in enumerate(listed):
        link = Object(raw, f"links[{place}]", _LINK)
        source.append(link.whole("source"))
        target.append(link.whole("target"))
        ids.append(link.whole("id", default=place))
        mutual.append(link.flag("mutual"))
        if link.has("kind"):
            kind = _kind(link)
            law.append(kinds.setdefault(kind, own + len(kinds)))
            probability.append(endangering(kind, link.number("age_days", least=0.0, most=HOURS)))
        elif link.has("age_days"):
            raise Refused("network.file_lacks", at=link.place("kind"))
        else:
            law.append(link.whole("law"))
            probability.append(link.number("probability", least=0.0, most=1.0))
            if law[-1] >= own:
                raise Refused("network.file_law", at=link.place("law"))
    made = _Links(
        source=np.array(source, dtype=np.int64),
        target=np.array(target, dtype=np.int64),
        probability=np.array(probability, dtype=np.float64),
        law=np.array(law, dtype=np.int64),
        id=np.array(ids, dtype=np.int64),
        mutual=np.array(mutual, dtype=np.bool_),
    )
    return made, (*laws, *(KINDS[kind].law for kind in kinds))


def _kind(link: Object) -> LinkKind:
    for key in ("probability", "law"):
        if link.has(key):  # a kind has both, and two answers are none
            raise Refused("network.file_key", at=link.place(key))
    try:
        return LinkKind(link.word("kind"))
    except ValueError:
        raise Refused("network.file_word", at=link.place("kind")) from None


NUMBERS: Final = {
    "nodes": "iu",
    "source": "iu",
    "target": "iu",
    "law": "iu",
    "id": "iu",
    "probability": "fiu",
    "mutual": "b",
}
TEXTS: Final = ("format", "laws", "note")
_OPTIONAL: Final = frozenset({"id", "mutual", "note"})


def checked_shapes(headers: Mapping[str, tuple[tuple[int, ...], np.dtype[Any]]]) -> int:
    """How many links an npz file says it has, from its headers alone. A shape or type the format has not: ``Refused``."""
    known = {*NUMBERS, *TEXTS, "version"}
    for name, (shape, dtype) in headers.items():
        if name not in known:
            raise Refused("network.file_key", at=name if name.isidentifier() and name.isascii() else "?")
        kinds = NUMBERS.get(name, "iu" if name == "version" else "U")
        if dtype.kind not in kinds or len(shape) != (name in NUMBERS):
            raise Refused("network.file_kind", at=name)
    for name in sorted(known - _OPTIONAL - set(headers)):
        raise Refused("network.file_lacks", at=name)
    links = headers["source"][0][0]
    for name in (name for name in NUMBERS if name in headers and name != "nodes"):
        if headers[name][0][0] != links:
            raise Refused("network.file_kind", at=name)
    return links


def network_of_arrays(arrays: Arrays) -> NetworkFile:
    """The network of an npz file. What is wrong in it: ``Refused``."""
    checked_shapes({name: (array.shape, array.dtype) for name, array in arrays.items()})
    if str(arrays["format"]) != NETWORK:
        raise Refused("network.file_format", at="format")
    _need_version(int(arrays["version"]))

    def column(name: str) -> Whole:
        array = arrays[name]
        if array.size and array.dtype.kind == "u" and int(array.max()) > LARGEST:
            raise Refused("network.file_number", at=f"{name}[{int(array.argmax())}]")
        return array.astype(np.int64, copy=False)

    links = _Links(
        source=column("source"),
        target=column("target"),
        probability=arrays["probability"].astype(np.float64, copy=False),
        law=column("law"),
        id=column("id") if "id" in arrays else None,
        mutual=arrays.get("mutual"),
    )
    told = parsed(str(arrays["laws"]))
    if type(told) is not list:
        raise Refused("network.file_kind", at="laws")
    return _built(column("nodes"), links, _laws(told), lambda field, place: f"{field}[{place}]")


def _built(nodes: Whole, links: _Links, laws: tuple[Law, ...], at: Place) -> NetworkFile:
    if nodes.size > MOST_NODES:
        raise Refused("network.file_large", at="nodes")
    if len(laws) > MOST_LAWS:
        raise Refused("network.file_law", at="laws")
    _none(nodes < 0, "network.file_number", lambda _, place: f"nodes[{place}]", "nodes")
    _once(nodes, lambda _, place: f"nodes[{place}]", "nodes")
    _none(~((links.probability >= 0.0) & (links.probability <= 1.0)), "network.file_number", at, "probability")
    _none((links.law < 0) | (links.law >= len(laws)), "network.file_law", at, "law")
    ids = np.arange(links.source.size, dtype=np.int64) if links.id is None else links.id
    if links.id is not None:
        _none(ids < 0, "network.file_number", at, "id")
        _once(ids, at, "id")
    back = np.flatnonzero(links.mutual) if links.mutual is not None else np.empty(0, np.int64)

    def both(column: npt.NDArray[Any], other: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.concatenate((column, other[back])) if back.size else column

    network, missing = network_of(
        nodes,
        source=both(links.source, links.target),
        target=both(links.target, links.source),
        probability=both(links.probability, links.probability),
        law=both(links.law, links.law),
        links=both(ids, ids),
        laws=laws,
    )
    if missing:
        for name, ends in (("source", links.source), ("target", links.target)):
            _none(~_among(network.nodes, ends), "network.file_node", at, name)
    return NetworkFile(network=network, self_links=int(np.count_nonzero(links.source == links.target)))


def _none(wrong: Truths, code: str, at: Place, field: str) -> None:
    """Refuse the first of these."""
    if wrong.any():
        raise Refused(code, at=at(field, int(np.argmax(wrong))))


def _once(ids: Whole, at: Place, field: str) -> None:
    """Refuse the first that stands there already."""
    order = np.argsort(ids, kind="stable")
    again = order[1:][ids[order][1:] == ids[order][:-1]]
    if again.size:
        raise Refused("network.file_twice", at=at(field, int(again.min())))


def _among(rising: Whole, wanted: Whole) -> Truths:
    if not rising.size:
        return np.zeros(wanted.shape, np.bool_)
    return np.asarray(rising[np.minimum(np.searchsorted(rising, wanted), rising.size - 1)] == wanted)


# Laws of delay --------------------------------------------------------------------------------------------------------


def _laws(listed: Sequence[Document]) -> tuple[Law, ...]:
    return tuple(_law(raw, f"laws[{place}]") for place, raw in enumerate(listed))


_KEYS: Final = {
    "immediate": frozenset[str](),
    "exponential": frozenset({"mean_hours"}),
    "weibull": frozenset({"shape", "scale_hours"}),
    "lognormal": frozenset({"median_hours", "sigma"}),
    "empirical": frozenset({"hours", "shares"}),
}
_ANY: Final = frozenset({"law", "after_hours"})


def _law(raw: Document, at: str) -> Law:
    word = Object(raw, at, _ANY.union(*_KEYS.values())).word("law")
    if word not in _KEYS:
        raise Refused("network.file_word", at=f"{at}.law")
    held = Object(raw, at, _ANY | _KEYS[word])
    after = held.number("after_hours", least=0.0, most=HOURS, default=0.0)
    if word == "immediate":
        return Immediate(after)
    if word == "exponential":
        return Exponential(_hours(held, "mean_hours"), after)
    if word == "weibull":
        return Weibull(held.number("shape", least=_SHAPES[0], most=_SHAPES[1]), _hours(held, "scale_hours"), after)
    if word == "lognormal":
        return Lognormal(_hours(held, "median_hours"), held.number("sigma", least=_SIGMAS[0], most=_SIGMAS[1]), after)
    return _measured(held, after)


def _hours(held: Object, key: str) -> float:
    return held.number(key, least=BRIEFEST, most=HOURS)


def _measured(held: Object, after: float) -> Empirical:
    hours = held.numbers("hours", least=0.0, most=HOURS)
    shares = held.numbers("shares", least=0.0, most=1.0)
    try:
        return Empirical(tuple(after + each for each in hours), shares)
    except ValueError:
        raise Refused("network.file_shares", at=held.at) from None


# Seeds ----------------------------------------------------------------------------------------------------------------


def seeds_in(document: Document, network: Network) -> SeedsFile:
    """The seeds of a JSON file, or of a case. Nodes that are not in the network, and what else is wrong: ``Refused``."""
    top = _document(document, SEEDS, "seeds", frozenset({"seeds", "last_contacts"}))
    listed = top.items("seeds")
    if len(listed) > MOST_SEEDS:
        raise Refused("network.file_large", at="seeds")
    seeds = tuple(_seed(raw, f"seeds[{place}]") for place, raw in enumerate(listed))
    _places(network, [seed.node for seed in seeds], "seeds[{}].node")
    told = top.items("last_contacts") if top.has("last_contacts") else []
    if not told:
        return SeedsFile(seeds=seeds, clear_until=None)
    held = [Object(raw, f"last_contacts[{place}]", frozenset({"node", "hours"})) for place, raw in enumerate(told)]
    places = _places(network, [each.whole("node") for each in held], "last_contacts[{}].node")
    clear = np.full(network.nodes.size, -np.inf)
    clear[places] = [each.number("hours", least=-HOURS, most=HOURS) for each in held]
    return SeedsFile(seeds=seeds, clear_until=clear)


def _places(network: Network, named: Sequence[int], at: str) -> Whole:
    """Where each stands in the network; each must, and once."""
    ids = np.array(named, dtype=np.int64)
    _none(~_among(network.nodes, ids), "network.file_node", lambda form, place: form.format(place), at)
    _once(ids, lambda form, place: form.format(place), at)
    return network.places(ids)


def need_nodes(network: Network, named: Sequence[int]) -> None:
    """Each is a node of the network, and named once: else ``Refused``."""
    inside = [node for node in named if 0 <= node <= LARGEST]
    if len(inside) != len(named):
        raise Refused("network.file_node", at="node")
    _places(network, named, "node[{}]")


def _seed(raw: Document, at: str) -> Seed:
    held = Object(raw, at, frozenset({"node", "probability", "taken_hours", "taken"}))
    node, probability = held.whole("node"), held.number("probability", least=0.0, most=1.0)
    if not held.has("taken"):
        instant = held.number("taken_hours", least=-HOURS, most=HOURS, default=0.0)
        return Seed(node=node, probability=probability, edges=(instant, instant))
    if held.has("taken_hours"):
        raise Refused("network.file_key", at=held.place("taken_hours"))
    law = Object(held.raw["taken"], held.place("taken"), frozenset({"edges_hours", "weights"}))
    edges = law.numbers("edges_hours", least=-HOURS, most=HOURS)
    weights = law.numbers("weights", least=0.0, most=1.0)
    rising = all(early <= late for early, late in pairwise(edges))
    if len(edges) != len(weights) + 1 or not rising or not isclose(sum(weights), 1.0, abs_tol=_ROUNDING):
        raise Refused("network.file_shares", at=law.at)
    return Seed(node=node, probability=probability, edges=edges, weights=weights)


# Every file -----------------------------------------------------------------------------------------------------------


def _document(document: Document, form: str, part: str, keys: frozenset[str]) -> Object:
    """The top of a file of this format, or of that part of a case. Another format or version: ``Refused``."""
    if type(document) is dict and document.get("format") == CASE:
        _need_version(document.get("version"))
        if part not in document:
            raise Refused("network.file_lacks", at=part)
        document = document[part]
    if type(document) is not dict or document.get("format") != form:
        raise Refused("network.file_format", at="format")
    _need_version(document.get("version"))
    return Object(document, "", keys | {"format", "version", "note"})


def _need_version(found: Any) -> None:
    if type(found) is not int or found != VERSION:
        raise Refused("network.file_format", at="version")
