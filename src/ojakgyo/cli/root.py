"""The words of `ojak`."""

import typer

from ojakgyo.cli import audit, demo, doctor, making, wake

app = typer.Typer(
    name="ojak",
    help="The operations desk of a network that helps people flee and keeps its helpers alive.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks would print local variables
)
making.add_to(app)
audit.add_to(app)
doctor.add_to(app)
wake.add_to(app)
app.add_typer(demo.app, name="demo")


def main() -> None:
    app()
