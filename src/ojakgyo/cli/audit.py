"""`ojak chronicle`, `ojak audit verify`, `ojak audit accept`: what was written down, whether it is whole, going on if not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import Home, Json, Secrets, bring_up, folder, shares_from, words_from
from ojakgyo.cli.opening import alone, ask_or_open
from ojakgyo.domain.errors import Refused

ACCEPTED = "lost"


def add_to(app: typer.Typer) -> None:
    app.command("chronicle")(chronicle)
    audit = typer.Typer(help="Verify what was written down.", no_args_is_help=True)
    audit.command("verify")(verify)
    audit.command("accept")(accept)
    app.add_typer(audit, name="audit")


@saying.refusals
def chronicle(
    since: Annotated[int, typer.Option("--since", help="Facts after this number.")] = 0,
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Facts after a number, oldest first."""
    for told in ask_or_open(folder(home), secrets_file, "chronicle", since=since):
        if json:
            saying.give(**told)
        else:
            said = " ".join(f"{name}={value}" for name, value in (told["fields"] or {}).items() if value is not None)
            typer.echo(f"{told['seq']:>7} {told['recorded']} {told['kind']} {said}")


@saying.refusals
def verify(home: Home = None, secrets_file: Secrets = None, json: Json = False) -> None:
    """0 when the chain holds from the first fact to the last and to its anchor, 4 when it does not."""
    (found,) = ask_or_open(folder(home), secrets_file, "verify")
    if json:
        saying.give(ok=True, **found)
    saying.say(f"The chain holds: {found['facts']} facts.")


@saying.refusals
def accept(
    by_shares: Annotated[
        bool, typer.Option("--by-shares", help="Open the vault by its shares instead of the passphrase.")
    ] = False,
    home: Home = None,
    secrets_file: Secrets = None,
    json: Json = False,
) -> None:
    """Go on from a database that ends before its anchor. What is missing stays missing, and that is written down."""
    with _opened_unanchored(folder(home), by_shares, secrets_file) as anchored:
        from django.conf import settings

        from ojakgyo.apps.chronicle import audit
        from ojakgyo.apps.vault import ways
        from ojakgyo.apps.vault.actions.audit import accept_loss
        from ojakgyo.apps.vault.desks import command_desk
        from ojakgyo.store import keyholder

        found = audit.verify()
        saying.say(f"The anchor knows {anchored} facts; the database ends with {found}, or differs before that.")
        saying.say("Look for a newer copy of vault.db first. Accepted, what is missing cannot come back.")
        if str(typer.prompt(f'Type "{ACCEPTED}" to go on without it', err=True)).strip() != ACCEPTED:
            raise Refused("vault.not_accepted")
        accept_loss(command_desk(), anchored=anchored)
        ways.keep_anchor(keyholder.ring(), settings.CLOCK.now())
    if json:
        saying.give(anchored=anchored, found=found)
    saying.say(f"Accepted and written down. The chronicle goes on after fact {found}.")


@contextmanager
def _opened_unanchored(home: Path, by_shares: bool, secrets_file: Path | None) -> Iterator[Any]:
    """The vault open though its anchor does not hold; the number that the anchor knows. Nothing is lost: ``Refused``."""
    from ojakgyo.apps.vault import header
    from ojakgyo.domain.sealing import anchors, shares

    with alone(home):
        if by_shares:
            opened = header.unseal_by_secret(home, shares.combine(shares_from(secrets_file)))
        else:
            opened = header.unseal(home, words_from(secrets_file))
        bring_up(home)
        from ojakgyo.apps.chronicle import audit
        from ojakgyo.runner import opening
        from ojakgyo.store import keyholder

        opening.unlock(opened.ring)
        try:
            opening.bring_up_to_date()
            file = header.label(home)
            if file.anchor is None or audit.holds(file.anchor.seq, file.anchor.head):
                raise Refused("vault.nothing_lost")
            anchors.check(file.anchor, opened.ring, file.vault)
            yield file.anchor.seq
        finally:
            keyholder.seal()
