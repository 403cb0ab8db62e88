"""Examples at the foot of a command's help."""


def examples(*lines: str) -> str:
    """An epilog of commands to try, one a line: `@app.command(epilog=examples("tocsin run", ...))`."""
    # rich takes [..] for markup
    return "\n".join(("Examples:", *(f"  {line}" for line in lines))).replace("[", "\\[")
