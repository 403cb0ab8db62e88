"""Examples at the foot of a command's help."""


def examples(*lines: str) -> str:
    """An epilog of commands to try, one a line: `@app.command(epilog=examples("tocsin run", ...))`."""
    # typer joins single line breaks of an epilog and keeps double ones
    return "\n\n".join(("Examples:", *lines))
