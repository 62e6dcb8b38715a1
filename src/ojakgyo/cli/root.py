"""The words of `ojak`."""

import typer

from ojakgyo.cli import (
    audit,
    backup,
    card,
    contact,
    demo,
    doctor,
    exposure,
    gateway,
    importing,
    init,
    recover,
    rekey,
    serve,
    wake,
)

app = typer.Typer(
    name="ojak",
    help="The operations desk of a network that helps people flee and keeps its helpers alive.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks would print local variables
)
init.add_to(app)
serve.add_to(app)
recover.add_to(app)
rekey.add_to(app)
audit.add_to(app)
backup.add_to(app)
doctor.add_to(app)
importing.add_to(app)
card.add_to(app)
contact.add_to(app)
exposure.add_to(app)
gateway.add_to(app)
wake.add_to(app)
app.add_typer(demo.app, name="demo")


def main() -> None:
    app()
