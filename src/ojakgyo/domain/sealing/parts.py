"""One part of a backup as a tar: its manifest, the signature under it, and what they vouch for.

`tar` and `ssh-keygen` open and check it without this program. What is not byte for byte what this module packs is
damaged, so that no byte of it is beyond the signature.
"""

import hashlib
import io
import tarfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from ojakgyo.domain.errors import Damaged
from ojakgyo.domain.sealing import manifest as manifests
from ojakgyo.domain.sealing import primitives, sshsig
from ojakgyo.domain.sealing.envelope import Secret
from ojakgyo.domain.sealing.manifest import NAME, NAMESPACE, Manifest

SIGNATURE: Final = f"{NAME}.sig"
SIGNERS: Final = "allowed_signers"
SIGNER: Final = "ojakgyo"
"""What `ssh-keygen -Y verify -I` is given."""


@dataclass(frozen=True, slots=True, repr=False)
class Part(Secret):
    """What a tar holds; `members` by file name. Who signed it is not checked yet."""

    manifest: Manifest
    members: Mapping[str, bytes]
    signature: bytes


def packed(about: Manifest, members: Mapping[str, bytes], *, audit: bytes) -> bytes:
    """The tar, signed by RING.audit (32 private bytes); `about` without its digests."""
    signers = sshsig.allowed_signers(primitives.signing_public(audit), who=SIGNER, namespace=NAMESPACE)
    held = {SIGNERS: signers, **members}
    manifest = manifests.of(about, held)
    signature = sshsig.sign(audit, manifests.written(manifest), namespace=NAMESPACE)
    return _tar(Part(manifest, held, signature))


def unpacked(tar: bytes) -> Part:
    """The part, its shape and digests checked. Anything amiss: ``Damaged``."""
    try:
        files = _files(tar)
        manifest = manifests.parsed(files.pop(NAME))
        part = Part(manifest, files, files.pop(SIGNATURE))
    except (tarfile.TarError, KeyError, ValueError, EOFError):
        raise Damaged("vault.backup_damaged") from None
    digests = {name: hashlib.sha256(data).digest() for name, data in files.items()}
    if digests != dict(manifest.members) or _tar(part) != tar:
        raise Damaged("vault.backup_damaged", number=manifest.number)
    return part


def check(part: Part, audit: Collection[bytes]) -> None:
    """Whether the holder of one of these private keys signed it: this house, and no other. Else ``Damaged``."""
    for private in audit:
        try:
            public = primitives.signing_public(private)
            return sshsig.check(public, part.signature, manifests.written(part.manifest), namespace=NAMESPACE)
        except primitives.Unsound:
            continue
    raise Damaged("vault.backup_unsigned", number=part.manifest.number)


def signer(audit: bytes) -> str:
    """The fingerprint by which people know the house again: it is compared with what was noted when the backup was made."""
    return sshsig.fingerprint(primitives.signing_public(audit))


def _files(tar: bytes) -> dict[str, bytes]:
    """Its regular files, in memory; no name of it ever becomes a path."""
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(tar), mode="r:") as archive:
        for entry in archive:
            stream = archive.extractfile(entry) if entry.isreg() else None
            if stream is None:
                raise ValueError
            found[entry.name] = stream.read()
    return found


def _tar(part: Part) -> bytes:
    """The manifest and its signature first, then the members by name; nothing of this machine or its user."""
    first = {NAME: manifests.written(part.manifest), SIGNATURE: part.signature}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in (*first.items(), *sorted(part.members.items())):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(data), 0o600, part.manifest.taken // 1_000
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()
