"""`ojak exposure` on files: the answers known on paper, every wrong file named, and the same numbers from both engines."""

import json
import random
import re
import signal
import subprocess
import sys
import time
import zipfile
from math import exp, isclose, sqrt
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from ojakgyo.cli import exposed, exposure, networks
from ojakgyo.cli.memory import Memory
from ojakgyo.domain.errors import Refused
from ojakgyo.domain.exposure.drawing import engines
from ojakgyo.domain.exposure.written import files
from ojakgyo.domain.exposure.written.parsed import parsed

CASES = sorted((Path(__file__).parents[1] / "vectors" / "exposure").glob("*.json"))
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "exposure-files.md"
SAMPLES = 100_000
FASTER = engines.of(None).name
PLENTY = Memory(1 << 34, 0)
DIAMOND = next(case for case in CASES if case.stem == "diamond")

app = typer.Typer()
exposure.add_to(app)


def ojak(*words):
    """A command in this process: exit code, JSON lines, prose."""
    done = CliRunner().invoke(app, ["exposure", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines() if line[:1] == "{"], done.stderr


# Answers known on paper -----------------------------------------------------------------------------------------------


def queried(case, *, horizon=72.0, risk=0.05, engine=FASTER, samples=SAMPLES):
    asked = {"horizon": horizon, "samples": samples, "rng": 1, "risk": risk, "engine": engine, "memory": PLENTY}
    header, *lines = exposed.queried(case, case, **asked)
    return header, {line["node"]: line for line in lines}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_an_answer_known_on_paper_is_given_within_four_standard_errors(case):
    told = json.loads(case.read_text())["expected"]
    for horizon in {each["horizon_hours"] for each in told if "node" in each} | {72.0}:
        header, found = queried(case, horizon=horizon)
        assert header["samples"] == SAMPLES
        for each in (each for each in told if "node" in each and each["horizon_hours"] == horizon):
            assert agrees(found.get(each["node"], NOBODY), each), each
    for each in (each for each in told if "blast_of" in each):
        asked = {"horizon": each["horizon_hours"], "samples": SAMPLES, "rng": 1, "engine": FASTER, "memory": PLENTY}
        _, line = exposed.blasts_of(case, [each["blast_of"]], **asked)
        assert abs(line["mean"] - each["mean"]) <= 4.0 * line["standard_error"] + 1e-9, each


NOBODY = {"probability": 0.0, "deadline_hours": None}


def agrees(line, each):
    if "probability" in each:
        exact = each["probability"]
        return abs(line["probability"] - exact) <= 4.0 * sqrt(exact * (1.0 - exact) / SAMPLES) + 1e-12
    error = sqrt(each["risk"] * (1.0 - each["risk"]) / SAMPLES) / each["density_per_hour"]
    return abs(line["deadline_hours"] - each["deadline_hours"]) <= 4.0 * error


def test_a_wrong_answer_would_be_seen(tmp_path):
    """The diamond with one of its chances a tenth off."""
    told = json.loads(DIAMOND.read_text())
    told["network"]["links"][0]["probability"] = 0.55
    case = tmp_path / "off.json"
    case.write_text(json.dumps(told))
    _, found = queried(case)
    assert not agrees(found[3], told["expected"][0])


def test_everybodys_blast_radius_is_within_the_error_that_was_asked_for():
    """Of everybody in a ring of five: the same for each, by hand."""
    ring = next(case for case in CASES if case.stem == "ring")
    exact = json.loads(ring.read_text())["expected"][1]["mean"]
    code, (header, *lines), _ = ojak("blast", "--network", ring, "--error", "0.01", "--engine", FASTER, "--json")
    assert code == 0 and header["relative_error"] <= 0.012
    assert all(abs(line["mean"] - exact) <= 4.0 * line["standard_error"] for line in lines)
    assert [line["node"] for line in lines] == [0, 1, 2, 3, 4]


def test_the_example_of_the_reference_is_answered_as_by_the_plain_program_beside_it(tmp_path, monkeypatch, capsys):
    blocks = [dedent(each) for each in re.findall(r"(?:^(?: {4}.*)?\n)+", PAGE.read_text(), re.MULTILINE)]
    (example,) = [each.strip() for each in blocks if each.lstrip().startswith("{")]
    (program,) = [each.strip() for each in blocks if each.lstrip().startswith("import")]
    case, samples = tmp_path / "example.json", 20_000
    case.write_text(example)
    monkeypatch.setattr(sys, "argv", ["plain", str(case), str(samples)])
    random.seed(1)
    exec(compile(program, "plain", "exec"), {})
    plain = {int(node): chance for node, chance in json.loads(capsys.readouterr().out).items()}
    _, found = queried(case)
    assert plain.keys() == found.keys() == {1, 2, 3, 4}
    for node, chance in plain.items():
        exact = found[node]["probability"]
        assert abs(chance - exact) <= 4.0 * sqrt(exact * (1.0 - exact) * (1.0 / samples + 1.0 / SAMPLES)), node


# The same numbers -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Two hundred nodes, a thousand links, as JSON and as npz; three seeds and forty contacts."""
    luck, folder = np.random.default_rng(7), tmp_path_factory.mktemp("crowd")
    source, target = luck.integers(0, 200, 1_000), luck.integers(0, 200, 1_000)
    probability, law, mutual = luck.uniform(0.05, 0.6, 1_000), luck.integers(0, 3, 1_000), luck.random(1_000) < 0.2
    laws = [{"law": "exponential", "mean_hours": 9}, {"law": "lognormal", "median_hours": 20, "sigma": 1},
            {"law": "weibull", "shape": 0.7, "scale_hours": 18}]  # fmt: skip
    columns = zip(*(each.tolist() for each in (source, target, probability, law, mutual)), strict=True)
    names = ("source", "target", "probability", "law", "mutual")
    links = [dict(zip(names, row, strict=True)) for row in columns]
    top = {"format": files.NETWORK, "version": 1}
    (folder / "net.json").write_text(json.dumps({**top, "nodes": list(range(200)), "laws": laws, "links": links}))
    arrays = {"nodes": np.arange(200), "source": source, "target": target, "probability": probability}
    arrays |= {"law": law.astype(np.int8), "mutual": mutual, "laws": json.dumps(laws)}
    np.savez_compressed(folder / "net.npz", **top, **arrays)
    seeds = [{"node": node, "probability": 0.5, "taken_hours": -node} for node in (3, 4, 5)]
    contacts = [{"node": node, "hours": 2.5} for node in range(100, 140)]
    told = {"format": files.SEEDS, "version": 1, "seeds": seeds, "last_contacts": contacts}
    (folder / "seeds.json").write_text(json.dumps(told))
    return folder


def test_the_same_file_and_rng_give_the_same_bytes_by_json_or_npz_and_by_either_engine(crowd):
    seeds = ("--seeds", crowd / "seeds.json", "--samples", 2_000, "--json")
    runs = [ojak("query", "--network", crowd / file, *seeds, "--engine", engine)
            for file, engine in (("net.json", "numba"), ("net.json", "numba"), ("net.npz", "numpy"))]  # fmt: skip
    (one, *lines), (_, *again), (other, *numpy) = (run[1] for run in runs)
    assert json.dumps(lines) == json.dumps(again) == json.dumps(numpy)
    assert one | {"engine": "numpy"} == other
    assert len(lines) > 100
    _, (_, *luck), _ = ojak("query", "--network", crowd / "net.npz", *seeds, "--rng", 2)
    assert luck != lines


def test_blast_radii_are_the_same_by_either_engine_and_any_number_of_threads(crowd):
    said = ("blast", "--network", crowd / "net.npz", "--horizon", 12, "--error", 0.2, "--json")
    runs = [ojak(*said, *more)[1] for more in (("--engine", "numba"), ("--engine", "numpy"), ("--threads", 2))]
    assert runs[0][1:] == runs[1][1:] == runs[2][1:]
    assert len(runs[0]) == 201


def test_a_line_says_whom_how_likely_by_when_from_whom_and_along_which_links(crowd):
    _, (_, *lines), _ = ojak("query", "--network", crowd / "net.json", "--seeds", crowd / "seeds.json", "--json")
    keys = "node probability standard_error quantiles_hours deadline_hours deadline_lower_hours seeds paths"
    assert all(list(line) == keys.split() for line in lines)
    for line in lines:
        rising = [hours for hours in line["quantiles_hours"].values() if hours is not None]
        assert rising == sorted(rising)
        assert isclose(sum(each["share"] for each in line["seeds"]), 1.0)
        if line["deadline_hours"] is not None:
            assert line["deadline_lower_hours"] <= line["deadline_hours"] == line["quantiles_hours"]["0.05"]


def test_a_way_is_told_from_each_of_two_seeds_with_its_share():
    """Both may have been taken; the one of whom it is likelier leads more often, and its way is told first."""
    _, found = queried(next(case for case in CASES if case.stem == "two-uncertain-seeds"))
    one, other = found[2]["paths"]
    assert (one["nodes"], one["links"], other["nodes"], other["links"]) == ([0, 2], [0], [1, 2], [1])
    assert isclose(one["chance"], 0.5 * 0.6 * (1.0 - exp(-3.0)))
    assert [each["node"] for each in found[2]["seeds"]] == [0, 1]
    assert found[0]["paths"] == []


def test_people_get_a_table_and_links_left_out_are_said():
    case = next(case for case in CASES if case.stem == "double-and-self")
    code, lines, prose = ojak("query", "--network", case, "--seeds", case)
    assert (code, lines) == (0, [])
    assert "left out" in prose
    _, (header, *_), _ = ojak("query", "--network", case, "--seeds", case, "--json")
    assert (header["self_links"], header["links"]) == (2, 2)


# What is wrong is named -----------------------------------------------------------------------------------------------

GOOD = {
    "format": files.NETWORK,
    "version": 1,
    "nodes": [1, 2],
    "laws": [{"law": "exponential", "mean_hours": 24}],
    "links": [{"id": 5, "source": 1, "target": 2, "probability": 0.5, "law": 0}],
}
GONE = object()


def with_(document, at, value):
    """The document with what stands at `links[0].law` replaced or gone."""
    made = json.loads(json.dumps(document))
    *way, last = [int(step) if step.isdigit() else step for step in at.replace("[", ".").replace("]", "").split(".")]
    held = made
    for step in way:
        held = held[step]
    if value is GONE:
        del held[last]
    else:
        held[last] = value
    return made


LINK = GOOD["links"][0]


@pytest.mark.parametrize(
    ("at", "value", "code", "named"),
    [
        ("format", "another", "file_format", "format"),
        ("version", 2, "file_format", "version"),
        ("version", True, "file_format", "version"),
        ("version", 1.0, "file_format", "version"),
        ("nodes", GONE, "file_lacks", "nodes"),
        ("nodes", {}, "file_kind", "nodes"),
        ("nodes", [1, 2, 2], "file_twice", "nodes[2]"),
        ("nodes", [1, 2, True], "file_kind", "nodes[2]"),
        ("nodes", [1, 2, "3"], "file_kind", "nodes[2]"),
        ("nodes", [1, 2, 3.0], "file_kind", "nodes[2]"),
        ("nodes", [1, 2, 1 << 63], "file_number", "nodes[2]"),
        ("nodes", [1, 2, -1], "file_number", "nodes[2]"),
        ("nodes", [], "file_node", "links[0].source"),
        ("names", [], "file_key", "names"),
        ("links", [7], "file_kind", "links[0]"),
        ("links[0].source", 3, "file_node", "links[0].source"),
        ("links[0].target", 1 << 62, "file_node", "links[0].target"),
        ("links[0].target", 10**30, "file_number", "links[0].target"),
        ("links[0].target", False, "file_kind", "links[0].target"),
        ("links[0].target", GONE, "file_lacks", "links[0].target"),
        ("links[0].probability", 1.0000001, "file_number", "links[0].probability"),
        ("links[0].probability", -0.1, "file_number", "links[0].probability"),
        ("links[0].probability", True, "file_kind", "links[0].probability"),
        ("links[0].probability", "0.5", "file_kind", "links[0].probability"),
        ("links[0].probability", None, "file_kind", "links[0].probability"),
        ("links[0].probability", 10**400, "file_number", "links[0].probability"),
        ("links[0].law", 1, "file_law", "links[0].law"),
        ("links[0].law", -1, "file_number", "links[0].law"),
        ("links[0].law", GONE, "file_lacks", "links[0].law"),
        ("links[0].id", -1, "file_number", "links[0].id"),
        ("links[0].mutual", 1, "file_kind", "links[0].mutual"),
        ("links[0].weight", 1, "file_key", "links[0].weight"),
        ("links[0].kind", "met", "file_key", "links[0].probability"),
        ("links[0].age_days", 3, "file_lacks", "links[0].kind"),
        ("links", [LINK, LINK | {"source": 2, "target": 1}], "file_twice", "links[1].id"),
        ("links", [LINK | {"id": 1}, {key: LINK[key] for key in LINK if key != "id"}], "file_twice", "links[1].id"),
        ("links", [{"source": 1, "target": 2, "kind": "friend", "age_days": 1}], "file_word", "links[0].kind"),
        ("links", [{"source": 1, "target": 2, "kind": "met", "age_days": -1}], "file_number", "links[0].age_days"),
        ("links", [{"source": 1, "target": 2, "kind": "met"}], "file_lacks", "links[0].age_days"),
        ("laws", [{"law": "exponential", "mean_hours": 24}] * 65, "file_law", "laws"),
        ("laws[0].law", "gamma", "file_word", "laws[0].law"),
        ("laws[0].mean_hours", 0, "file_number", "laws[0].mean_hours"),
        ("laws[0].mean_hours", -24, "file_number", "laws[0].mean_hours"),
        ("laws[0].mean_hours", 1e300, "file_number", "laws[0].mean_hours"),
        ("laws[0].median_hours", 3, "file_key", "laws[0].median_hours"),
        ("laws[0].after_hours", -1, "file_number", "laws[0].after_hours"),
        ("laws[0]", {"law": "weibull", "shape": 0, "scale_hours": 1}, "file_number", "laws[0].shape"),
        ("laws[0]", {"law": "lognormal", "median_hours": 1}, "file_lacks", "laws[0].sigma"),
        ("laws[0]", {"law": "empirical", "hours": [1, 2], "shares": [0, 0.9]}, "file_shares", "laws[0]"),
        ("laws[0]", {"law": "empirical", "hours": [2, 1], "shares": [0, 1]}, "file_shares", "laws[0]"),
        ("laws[0]", {"law": "empirical", "hours": [], "shares": []}, "file_shares", "laws[0]"),
        ("laws[0]", {"law": "empirical", "hours": [1], "shares": [1.5]}, "file_number", "laws[0].shares[0]"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_network_is_refused_by_its_place(at, value, code, named):
    with pytest.raises(Refused) as refused:
        files.network_in(with_(GOOD, at, value))
    assert (refused.value.code, refused.value.ids) == (f"network.{code}", {"at": named})


SEEDS = {
    "format": files.SEEDS,
    "version": 1,
    "seeds": [{"node": 1, "probability": 0.5, "taken": {"edges_hours": [-9, -1, 0], "weights": [0.5, 0.5]}}],
    "last_contacts": [{"node": 2, "hours": -1}],
}


@pytest.mark.parametrize(
    ("at", "value", "code", "named"),
    [
        ("format", files.NETWORK, "file_format", "format"),
        ("seeds[0].node", 3, "file_node", "seeds[0].node"),
        ("seeds", [{"node": 1, "probability": 1}] * 2, "file_twice", "seeds[1].node"),
        ("seeds[0].probability", 1.5, "file_number", "seeds[0].probability"),
        ("seeds[0].taken_hours", 1, "file_key", "seeds[0].taken_hours"),
        ("seeds[0].taken.weights", [0.5, 0.6], "file_shares", "seeds[0].taken"),
        ("seeds[0].taken.weights", [1], "file_shares", "seeds[0].taken"),
        ("seeds[0].taken.weights", [-0.5, 1.5], "file_number", "seeds[0].taken.weights[0]"),
        ("seeds[0].taken.edges_hours", [0, -1, -9], "file_shares", "seeds[0].taken"),
        ("last_contacts[0].node", 3, "file_node", "last_contacts[0].node"),
        ("last_contacts", [{"node": 2, "hours": 1}] * 2, "file_twice", "last_contacts[1].node"),
        ("last_contacts[0].hours", "now", "file_kind", "last_contacts[0].hours"),
    ],
)
def test_what_is_wrong_in_seeds_is_refused_by_its_place(at, value, code, named):
    network = files.network_in(GOOD).network
    with pytest.raises(Refused) as refused:
        files.seeds_in(with_(SEEDS, at, value), network)
    assert (refused.value.code, refused.value.ids) == (f"network.{code}", {"at": named})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": NaN}', "file_number"),
        ("[-Infinity]", "file_number"),
        ('{"a": 1, "a": 1}', "file_twice"),
        ("{", "file_unreadable"),
        ("", "file_unreadable"),
        ("[" * 100_000, "file_unreadable"),
        ("[" + "9" * 5_000 + "]", "file_unreadable"),
        ("[1] [2]", "file_unreadable"),
    ],
)
def test_text_that_is_no_document_is_refused(text, code):
    with pytest.raises(Refused, match=rf"network.{code}"):
        parsed(text)


def test_a_number_too_large_for_a_float_is_none():
    with pytest.raises(Refused, match=r"network.file_number at=links\[0\].probability"):
        files.network_in(parsed(json.dumps(GOOD).replace("0.5", "1e999")))


def test_a_command_ends_with_1_and_a_sentence_for_a_wrong_file_and_with_2_for_a_wrong_option(tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(with_(GOOD, "links[0].probability", 2)))
    code, lines, prose = ojak("query", "--network", wrong, "--seeds", DIAMOND, "--json")
    assert (code, lines) == (1, [])
    assert "This number is not within its bounds" in prose and "links[0].probability" in prose
    assert ojak("query", "--network", tmp_path, "--seeds", DIAMOND)[0] == 1
    assert ojak("blast", "--network", DIAMOND, "--node", "9")[0] == 1
    for said in (("--horizon", "nan"), ("--horizon", "-1"), ("--samples", "0"), ("--risk", "1"), ("--engine", "c")):
        assert ojak("query", "--network", DIAMOND, "--seeds", DIAMOND, *said)[0] == 2, said
    for said in (("--samples", "9"), ("--error", "0"), ("--node", "1", "--error", "0.1"), ("--threads", "0")):
        assert ojak("blast", "--network", DIAMOND, *said)[0] == 2, said


# npz ------------------------------------------------------------------------------------------------------------------

ARRAYS = {
    "format": files.NETWORK,
    "version": 1,
    "nodes": np.array([1, 2]),
    "source": np.array([1, 2], np.uint64),
    "target": np.array([2, 1], np.int32),
    "probability": np.array([0.5, 0.25], np.float32),
    "law": np.array([0, 0], np.uint8),
    "laws": json.dumps(GOOD["laws"]),
}


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        ({"probability": np.array([0.5, np.nan])}, "file_number", "probability[1]"),
        ({"probability": np.array([0.5, np.inf])}, "file_number", "probability[1]"),
        ({"probability": np.array([True, False])}, "file_kind", "probability"),
        ({"probability": np.array([0.5])}, "file_kind", "probability"),
        ({"source": np.array([1.0, 2.0])}, "file_kind", "source"),
        ({"source": np.array([1, 1 << 63], np.uint64)}, "file_number", "source[1]"),
        ({"source": np.array([[1, 2]])}, "file_kind", "source"),
        ({"target": np.array([2, -1])}, "file_node", "target[1]"),
        ({"nodes": np.array([2, 2, 1])}, "file_twice", "nodes[1]"),
        ({"id": np.array([7, 7])}, "file_twice", "id[1]"),
        ({"law": np.array([0, 1])}, "file_law", "law[1]"),
        ({"law": None}, "file_lacks", "law"),
        ({"laws": "[7]"}, "file_kind", "laws[0]"),
        ({"more": np.array([1])}, "file_key", "more"),
        ({"format": files.SEEDS}, "file_format", "format"),
        ({"version": 2}, "file_format", "version"),
        ({"mutual": np.array([1, 0])}, "file_kind", "mutual"),
    ],
)
def test_what_is_wrong_in_an_npz_is_refused_by_its_place(tmp_path, change, code, named):
    arrays = {name: array for name, array in (ARRAYS | change).items() if array is not None}
    np.savez(tmp_path / "n.npz", **arrays)
    with pytest.raises(Refused) as refused:
        networks.network_at(tmp_path / "n.npz", PLENTY)
    assert (refused.value.code, refused.value.ids) == (f"network.{code}", {"at": named})


def test_nothing_in_an_npz_is_run(tmp_path):
    class Planted:
        def __reduce__(self):
            return Path.touch, (tmp_path / "ran",)

    np.savez(tmp_path / "n.npz", **ARRAYS | {"nodes": np.array([Planted()], dtype=object)}, allow_pickle=True)
    with pytest.raises(Refused, match=r"network.file_"):
        networks.network_at(tmp_path / "n.npz", PLENTY)
    assert not (tmp_path / "ran").exists()


def test_an_npz_that_is_cut_off_or_changed_is_refused_or_says_the_same(tmp_path):
    """A byte that only says when a member was written, or a name in front that stands again at the end, changes nothing."""
    file = tmp_path / "n.npz"
    np.savez_compressed(file, **ARRAYS)
    whole = file.read_bytes()
    right = networks.network_at(file, PLENTY).network
    refused = 0
    flipped = [whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :] for at in range(5, len(whole), 11)]
    for broken in (*flipped, whole[:-30], b"PK\x03\x04", whole[:4] * 9):
        file.write_bytes(broken)
        try:
            read = networks.network_at(file, PLENTY).network
        except Refused:
            refused += 1
        else:
            for name in ("nodes", "source", "target", "probability", "links"):
                assert getattr(read, name).tolist() == getattr(right, name).tolist()
            assert read.laws == right.laws
    assert refused > len(flipped) // 2


def test_ten_million_links_on_little_memory_are_refused_before_they_are_read(tmp_path):
    """The file is some kilobytes, for they are all alike; half a gigabyte would come out of it."""
    file, many = tmp_path / "n.npz", 10_000_000
    np.savez_compressed(file, **{name: each for name, each in ARRAYS.items() if name in ("format", "version", "laws")})
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, dtype in (("nodes", "i8"), ("source", "i1"), ("target", "i1"), ("probability", "i1"), ("law", "i1")):
            with archive.open(f"{name}.npy", "w", force_zip64=True) as stream:
                np.lib.format.write_array_header_1_0(
                    stream, {"descr": np.dtype(dtype).str, "fortran_order": False, "shape": (many,)}
                )
                for _ in range(100):
                    stream.write(bytes(many // 100 * np.dtype(dtype).itemsize))
    began = time.process_time()
    code, lines, prose = ojak("blast", "--network", file, "--memory-limit", 500, "--json")
    assert (code, lines) == (1, []) and "network.file_large" in prose
    assert time.process_time() - began < 0.5


def test_more_samples_than_memory_holds_are_refused_while_they_are_drawn():
    star = next(case for case in CASES if case.stem == "star")
    code, lines, prose = ojak(
        "query", "--network", star, "--seeds", star, "--samples", 1 << 30, "--memory-limit", 40, "--json"
    )
    assert code == 1 and "network.file_large at=samples" in prose
    assert [line["kind"] for line in lines] == ["query"]


def test_so_many_seeds_that_their_shares_would_not_fit_are_refused(tmp_path):
    """Three thousand nodes, each of them a seed, without a link: nine million shares."""
    case, nodes = tmp_path / "case.json", list(range(3_000))
    seeds = SEEDS | {"seeds": [{"node": node, "probability": 0.5} for node in nodes], "last_contacts": []}
    network = GOOD | {"nodes": nodes, "links": []}
    case.write_text(json.dumps({"format": files.CASE, "version": 1, "network": network, "seeds": seeds}))
    code, _, prose = ojak("query", "--network", case, "--seeds", case, "--memory-limit", 50)
    assert code == 1 and "network.file_large at=seeds" in prose


def test_a_text_larger_than_memory_is_refused(tmp_path):
    (tmp_path / "n.json").write_text(json.dumps(GOOD) + " " * (1 << 17))
    with pytest.raises(Refused, match=r"network.file_large"):
        networks.network_at(tmp_path / "n.json", Memory(1 << 20, 0))


# As a process ---------------------------------------------------------------------------------------------------------

WATCHED = """
import sys
from ojakgyo.cli import exposure, main
say = exposure._Far.__call__
exposure._Far.__call__ = lambda *told: print("django" in sys.modules, flush=True) or say(*told)
main()
"""


def test_it_starts_without_django_and_ctrl_c_ends_it_within_a_second():
    said = ("exposure", "query", "--network", DIAMOND, "--seeds", DIAMOND, "--samples", 1 << 30, "--json", "--progress")
    running = subprocess.Popen(
        [sys.executable, "-c", WATCHED, *map(str, said)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stderr is not None
    assert running.stderr.readline().startswith("ojak: ")
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    out, prose = running.communicate(timeout=20)
    assert time.monotonic() - began < 1.0
    assert running.returncode == -signal.SIGINT  # a shell says 130
    assert "Traceback" not in prose
    assert "False" in out and "True" not in out
