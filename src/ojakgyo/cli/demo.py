"""`ojak demo`: the practice world, and what can be played in it."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from ojakgyo.cli import saying
from ojakgyo.cli.homes import DEMO, Home, Json, bring_up, folder
from ojakgyo.cli.serving import PORT, Port, free, serve

app = typer.Typer(help="A practice world: nothing in it is real.", invoke_without_command=True)
TOKEN_FILE = "token"
PAUSE_S = 2.0
FASTEST = 3_600
"""An hour of that world in a second of this one: the house looks at its timers once a second."""
BEHIND = {"received": "amount", "handed_over": "pocket", "arrived": "pocket", "delayed": "days"}


@app.callback()
@saying.refusals
def demo(
    context: typer.Context,
    home: Home = None,
    port: Port = PORT,
    reset: bool = False,
    clock_factor: Annotated[
        float, typer.Option("--clock-factor", min=1, max=FASTEST, help="How many times as fast its clock goes.")
    ] = 1.0,
    json: Json = False,
) -> None:
    """Make the practice world if there is none, and serve it."""
    if context.invoked_subcommand is not None:
        return
    at = folder(home, default=DEMO)
    from ojakgyo.demo import world
    from ojakgyo.runner.lock import lock

    world.refuse_another(at)
    at.mkdir(mode=0o700, parents=True, exist_ok=True)

    held = lock(at)
    free(port)
    more = _open(at, port=port, reset=reset, clock_factor=clock_factor)
    serve(more.pop("house"), port=port, json=json, more=more)
    del held


def _open(at: Path, *, port: int, reset: bool, clock_factor: float = 1.0) -> dict[str, Any]:
    """The house of a practice world, unsealed, and what is said of it when it is ready."""
    from ojakgyo.apps.vault import header
    from ojakgyo.demo import world

    if reset or not world.is_whole(at):
        _make(at)
    else:
        bring_up(at)
    from django.conf import settings

    from ojakgyo.demo import commands, entering, officers
    from ojakgyo.runner.house import House

    house = House(commands.handlers())
    house.open(header.unseal(at, header.demo_words(at)).ring)
    settings.CLOCK.go(clock_factor)
    token_file = at / TOKEN_FILE
    header.replace(token_file, entering.program_token().encode() + b"\n")
    return {
        "house": house,
        "enter": f"http://127.0.0.1:{port}{entering.one_time_path('Haneul')}",
        "token_file": str(token_file),
        "officers": officers.listed(),
    }


def _make(at: Path) -> None:
    from ojakgyo.demo import world

    began = time.monotonic()
    world.empty(at)
    saying.say("Building the practice world ...")

    def fill() -> int:
        bring_up(at)
        from ojakgyo.apps.vault import header
        from ojakgyo.demo import founding
        from ojakgyo.runner import opening
        from ojakgyo.store import keyholder

        keyholder.unseal(header.unseal(at, header.demo_words(at)).ring)
        opening.bring_up_to_date()
        start = founding.found(at, say=lambda part: saying.say(f"  {part} {time.monotonic() - began:.0f} s"))
        keyholder.seal()
        return start

    world.make(at, say=lambda part: saying.say(f"  {part}"), found=fill)


@app.command("cast")
@saying.refusals
def cast(home: Home = None, json: Json = False) -> None:
    """Everybody in the practice world, one a line."""
    for person in _ask(home, "cast"):
        _show(person, json, "{code_name}  {roles}  {cell}  {area}")


@app.command("say")
@saying.refusals
def say(
    code_name: Annotated[str, typer.Argument(help="Such as Beodeul, or 버들.")],
    word: Annotated[str, typer.Argument(help="well, duress, danger, received, slip, replay, ...")],
    amount: Annotated[int | None, typer.Option("--amount", min=0, max=9_999, help="With received: how much.")] = None,
    pocket: Annotated[
        int | None, typer.Option("--pocket", min=0, max=99, help="With handed_over and arrived: who, by pocket number.")
    ] = None,
    days: Annotated[int | None, typer.Option("--days", min=0, max=99, help="With delayed: days of quiet.")] = None,
    home: Home = None,
    print_: Annotated[
        bool, typer.Option("--print", help="Give number and text, for a real modem, and send nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Put the next text of a helper's card into the real spool."""
    number = _behind(word, amount=amount, pocket=pocket, days=days)
    for sms in _ask(home, "say", who=code_name, word=word, number=number, send=not print_):
        if print_ or json:
            _show(sms, json, "{number} {text}")
        else:
            until = sms.get("quiet_until")
            saying.say(
                "It is in the spool." if until is None else f"It is in the spool. Quiet until {saying.clock(until)}."
            )


@app.command("play")
@saying.refusals
def play(
    story: Annotated[str, typer.Argument(help="night or outage")] = "night",
    home: Home = None,
    step: Annotated[bool, typer.Option("--step", help="Wait for Enter before each event.")] = False,
    speed: Annotated[float, typer.Option("--speed", min=0.01, help="Pauses are divided by this.")] = 1.0,
    lang: Annotated[str, typer.Option("--lang", help="ko or en")] = "en",
    json: Json = False,
) -> None:
    """Play a story by real messages through the real spool; 1 if an expected warning is missing.

    One that was begun goes on where it was; one that is over is refused.
    """
    ((first, count),) = [(each["next"], each["events"]) for each in _ask(home, "story", story=story)]
    missing = False
    for number in range(first, count):
        if step:
            input()
        elif number > first:
            time.sleep(PAUSE_S / speed)
        for line in _ask(home, "event", story=story, number=number, language=lang):
            missing |= line["ok"] is False
            _show(line, json, "{time}  {sentence}  {link}")
    if missing:
        raise typer.Exit(1)


def _behind(word: str, **said: int | None) -> int | None:
    """The number behind a meaning; one that this meaning does not take is a wrong usage."""
    given = {name: number for name, number in said.items() if number is not None}
    if not given:
        return None
    if set(given) != {BEHIND.get(word)}:
        raise typer.BadParameter(f"{word} does not take it", param_hint=" ".join(f"--{name}" for name in given))
    return given[BEHIND[word]]


def _ask(home: Path | None, do: str, **asked: Any):  # type: ignore[no-untyped-def]
    from ojakgyo.runner.door import ask

    return ask(folder(home, default=DEMO), do, **asked)


def _show(fields: dict[str, Any], json: bool, form: str) -> None:
    if json:
        saying.give(**fields)
    else:
        typer.echo(form.format(**{name: value if value is not None else "" for name, value in fields.items()}))
