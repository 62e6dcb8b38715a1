"""`ojak backup` and `ojak restore`: two files that open without this program, and the way back from them."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, bring_up, folder, shares_from, words_from
from ojakgyo.cli.opening import ask_or_open
from ojakgyo.domain.errors import Refused

To = Annotated[Path | None, typer.Option("--to", help="The folder; else the one that ojak.toml names.")]
Data = Annotated[Path, typer.Option("--data", help="The file <vault>-data-<N>.age.")]
Keys = Annotated[Path, typer.Option("--keys", help="The newest file <vault>-keys-<N>.age.")]
Identity = Annotated[
    Path | None, typer.Option("--identity", help="An age identity file of an operator, instead of the shares.")
]


def add_to(app: typer.Typer) -> None:
    app.command("backup")(backup)
    app.command("restore")(restore)


@saying.refusals
def backup(to: To = None, home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """Write a backup: two age files, for the organisation's shares to open."""
    where = str(to.expanduser().absolute()) if to else None
    (made,) = ask_or_open(folder(home), secrets_file, "backup", to=where)
    if json:
        saying.give(**made)
    saying.say(f"Backup {made['number']} lies in {made['to']}. Keep data and keys in two places.")
    saying.say(f"It is signed by {made['signer']}; note that on paper.")


@saying.refusals
def restore(
    data: Data,
    keys: Keys,
    home: Home = None,
    identity: Identity = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Bring a vault back into a new folder, with the shares; or with an age identity and the passphrase."""
    from ojakgyo.apps.vault.backup import bringing, laying_out

    at = folder(home)
    laying_out.refuse_if_filled(at)
    files = (_read(data), _read(keys))
    key, way = _by_identity(identity, secrets_file) if identity else _by_shares(secrets_file)
    brought = bringing.bring(files, identity=key, way=way)
    with laying_out.fresh_folder(at) as made:
        laying_out.lay_out(brought, made)
        bring_up(made)
        from ojakgyo.runner import restoring

        restoring.first_opening(brought)
    about = brought.about
    if json:
        counted = {"facts": about.seq, "erased": len(brought.erased_since)}
        saying.give(home=str(at), number=about.number, signer=brought.signer, **counted)
    saying.say(f"Backup {about.number} lies in {at}. Serve it with: ojak serve --home {at}")
    saying.say(f"It was signed by {brought.signer}. Compare that with what was noted when it was written.")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise Refused("vault.backup_missing") from None


def _by_shares(secrets_file: Path | None) -> tuple[str, Callable[[Any], Any]]:
    """The organisation's secret opens the files and the vault."""
    from ojakgyo.domain.sealing import age_keys, organisation, shares, vault_file

    secret = shares.combine(shares_from(secrets_file))
    exchange = organisation.keys(secret).exchange
    return age_keys.identity(exchange), lambda file: vault_file.open_by_secret(file, secret)


def _by_identity(identity: Path, secrets_file: Path | None) -> tuple[str, Callable[[Any], Any]]:
    """An operator's identity opens the files, the passphrase the vault."""
    from ojakgyo.domain.sealing import age_keys, vault_file

    words = words_from(secrets_file)
    return age_keys.identity_in(_read(identity).decode()), lambda file: vault_file.open_by_words(file, words)
