"""Signatures in OpenSSH's own format: its program checks ours, and ours refuses what was changed."""

import base64
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from needs import missing

from ojakgyo.domain.sealing import primitives, sshsig

PRIVATE = bytes(range(32))
PUBLIC = primitives.signing_public(PRIVATE)
SAID = b'{"what": "is signed"}\n'
NAMESPACE = "ojakgyo-backup"


@pytest.fixture
def keygen():
    if not shutil.which("ssh-keygen"):
        missing("ssh-keygen")

    def verified(folder, message, signature, *, namespace=NAMESPACE, public=PUBLIC):
        (folder / "signers").write_bytes(sshsig.allowed_signers(public, who="ojakgyo", namespace=NAMESPACE))
        (folder / "sig").write_bytes(signature)
        command = ["ssh-keygen", "-Y", "verify", "-f", folder / "signers", "-I", "ojakgyo", "-n", namespace]
        return subprocess.run([*command, "-s", folder / "sig"], input=message, capture_output=True).returncode == 0

    return verified


def test_ssh_keygen_verifies_what_is_signed_here(keygen, tmp_path):
    assert keygen(tmp_path, SAID, sshsig.sign(PRIVATE, SAID, namespace=NAMESPACE))


def test_ssh_keygen_refuses_other_words_another_purpose_and_another_key(keygen, tmp_path):
    signature = sshsig.sign(PRIVATE, SAID, namespace=NAMESPACE)
    assert not keygen(tmp_path, SAID + b" ", signature)
    assert not keygen(tmp_path, SAID, signature, namespace="file")
    assert not keygen(tmp_path, SAID, signature, public=primitives.signing_public(bytes(32)))


def test_what_ssh_keygen_signs_holds_here(tmp_path):
    if not shutil.which("ssh-keygen"):
        missing("ssh-keygen")
    key, words = tmp_path / "key", tmp_path / "words"
    words.write_bytes(SAID)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", NAMESPACE, words], check=True, capture_output=True
    )
    public = base64.b64decode(key.with_suffix(".pub").read_text().split()[1])[-32:]
    sshsig.check(public, (tmp_path / "words.sig").read_bytes(), SAID, namespace=NAMESPACE)


@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32))
def test_whatever_is_signed_holds_and_nothing_else_does(message, private):
    signature, public = sshsig.sign(private, message, namespace=NAMESPACE), primitives.signing_public(private)
    sshsig.check(public, signature, message, namespace=NAMESPACE)
    for wrong in (message + b"\0", message[:-1] if message else b"x"):
        with pytest.raises(primitives.Unsound):
            sshsig.check(public, signature, wrong, namespace=NAMESPACE)
    with pytest.raises(primitives.Unsound):
        sshsig.check(public, signature, message, namespace="another")


def test_every_flipped_byte_and_every_cut_of_a_signature_is_refused():
    signature = sshsig.sign(PRIVATE, SAID, namespace=NAMESPACE)
    changed = [signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :] for at in range(len(signature))]
    cut = [signature[:length] for length in range(len(signature))]
    for each in (*changed, *cut, signature + b"\n", b"", b"\n\n\n\n"):
        with pytest.raises(primitives.Unsound):
            sshsig.check(PUBLIC, each, SAID, namespace=NAMESPACE)
