"""Prints the results as one table, plain or Markdown."""

from rows import ADDED, RATIO, VALUE

HEAD = ["benchmark", "unit", "native", "gordian", "ratio", "paired", "between", "added", "noise",
        "target", ""]


def number(value):
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def target(row):
    if row.limit is None:
        return ""
    return {
        RATIO: f"<= {row.limit:g}x",
        ADDED: f"+<= {row.limit:g} {row.unit}",
        VALUE: f"<= {row.limit:g} {row.unit}",
    }[row.kind]


def reached(row, result):
    if row.limit is None:
        return ""
    value, (low, high) = {
        RATIO: (result.pairwise, result.pairwise_between),
        ADDED: (result.added, result.added_between),
        VALUE: (result.other, result.other_between),
    }[row.kind]
    doubt = " (in doubt)" if low <= row.limit < high else ""
    return ("ok" if value <= row.limit else "NOT reached") + doubt


def line(row, result):
    """The cells of one row; result is a measure.Result, or the text why there is none."""
    if isinstance(result, str):
        return [row.name, row.unit] + ["-"] * 7 + [target(row), result]
    if row.alone:
        middle = ["-", number(result.other), "-", "-", "-", "-"]
    else:
        middle = [number(result.base), number(result.other), f"{result.ratio:.3f}",
                  f"{result.pairwise:.3f}", f"{result.pairwise_between[0]:.2f}-"
                  f"{result.pairwise_between[1]:.2f}", number(result.added)]
    return [row.name, row.unit, *middle, f"{100 * result.noise:.1f} %", target(row),
            reached(row, result)]


def peer_cell(result):
    return result if isinstance(result, str) else f"{result.ratio:.1f}x"


def layout(head, lines, markdown):
    widths = [max(len(cells[i]) for cells in [head] + lines) for i in range(len(head))]
    right = [head[i] in ("native", "gordian", "ratio", "paired", "between", "added", "noise")
             for i in range(len(head))]

    def show(cells):
        padded = [cell.rjust(width) if to_right else cell.ljust(width)
                  for cell, width, to_right in zip(cells, widths, right)]
        return f"| {' | '.join(padded)} |" if markdown else "  ".join(padded).rstrip()

    rule = [("-" * (width - 1) + ":" if to_right else "-" * width)
            if markdown else "-" * width for width, to_right in zip(widths, right)]
    return "\n".join([show(head), show(rule)] + [show(cells) for cells in lines])


def render(results, peers, markdown, smoke):
    """results: (row, result, {peer's name: result}) each. A smoke run has no verdicts."""
    head = HEAD + list(peers)
    lines = [line(row, result) + [peer_cell(by_peer.get(name, "-")) for name in peers]
             for row, result, by_peer in results]
    for cells in lines if smoke else []:
        cells[10] = "" if cells[10].startswith(("ok", "NOT reached")) else cells[10]
    return layout(head, lines, markdown)
