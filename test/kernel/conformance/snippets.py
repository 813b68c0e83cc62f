"""What each kernel is given to run: the same work in its own language, with its own ways to show and to ask.

A kernelspec of a name that is not here is given its language's. An empty text stands for something that the kernel has
no way to do; the checks that need it are not passed. Knows no messages.
"""

from dataclasses import dataclass, replace

from jupyter_client.kernelspec import KernelSpecManager


@dataclass(frozen=True, kw_only=True)
class Snippets:
    language: str
    file_extension: str
    # Cells that run.
    print_hello: str
    print_error: str
    statement: str
    results: tuple[tuple[str, str], ...]  # code, and its value as text
    throw: str
    syntax_error: str
    # Code to be judged, completed and looked up.
    complete: tuple[str, ...]
    incomplete: tuple[str, ...]
    invalid: tuple[str, ...]
    completion: str
    completion_matches: frozenset[str]
    define: str
    defined: str
    defined_prefix: str
    inspect: str
    history_pattern: str = "1?2*"
    history_operations: tuple[str, ...] = ("tail", "range", "search")
    # What kernels have names of their own for.
    page: str
    clear_output: str
    display_html: str
    update_html: str
    rich_result: str
    ask: str


PYTHON = Snippets(
    language="python",
    file_extension=".py",
    print_hello="print('hello, world')",
    print_error="import sys; print('error', file=sys.stderr)",
    statement="x = 1",
    results=(("1+2+3", "6"), ("[n * n for n in range(1, 4)]", "[1, 4, 9]")),
    throw="raise ValueError('wanted')",
    syntax_error="def class",
    complete=("1 + 1", "print('a')", "def f():\n  return 1\n"),
    incomplete=("def f(", "print('''open", "for i in range(3):"),
    invalid=("import = 7q", "x = = 2"),
    completion="zi",
    completion_matches=frozenset({"zip"}),
    define="number_to_complete = 42",
    defined="number_to_complete",
    defined_prefix="number_to_",
    inspect="zip",
    page="zip?",
    clear_output="from IPython.display import clear_output; clear_output()",
    display_html="from IPython.display import HTML, display; display(HTML('<b>x</b>'))",
    update_html="from IPython.display import HTML, display; display(HTML('1'), display_id='d').update(HTML('2'))",
    rich_result="from IPython.display import HTML; HTML('<b>x</b>')",
    ask="input('? ')",
)

_HTML = "{ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>' }) }"

TYPESCRIPT = Snippets(
    language="typescript",
    file_extension=".ts",
    print_hello="console.log('hello, world')",
    print_error="console.error('error')",
    statement="const x = 1",
    results=(("1+2+3", "6"), ("[1, 2].map((x) => x * 2)", "[ 2, 4 ]")),
    throw="throw new Error('wanted')",
    syntax_error="function function",
    complete=("1 + 1", "const x: number = 2", "function f() {\n  return 1\n}"),
    incomplete=("function f() {", "const x = [1,", "`open"),
    invalid=("const 1x = 2", "let let let"),
    completion="Math.asi",
    completion_matches=frozenset({"asin", "asinh"}),
    define="const numberToComplete = 42",
    defined="numberToComplete",
    defined_prefix="numberTo",
    inspect="console.log",
    page="jupyter.page('something')",
    clear_output="jupyter.clearOutput()",
    display_html=f"await display({_HTML})",
    update_html=f"const shown = {_HTML}; await display(shown, {{ id: 'd' }}); "
    "await display(shown, { id: 'd', update: true })",
    rich_result=f"({_HTML})",
    ask="await jupyter.input('? ')",
)

_BROADCAST = "await Deno.jupyter.broadcast('{}', {{ data: {{ 'text/html': '{}' }}, metadata: {{}}, transient: {} }})"

DENO = replace(
    TYPESCRIPT,
    results=(  # values come in colours
        ("1+2+3", "\x1b[33m6\x1b[39m"),
        ("[1, 2].map((x) => x * 2)", "[ \x1b[33m2\x1b[39m, \x1b[33m4\x1b[39m ]"),
    ),
    page="",
    clear_output="await Deno.jupyter.broadcast('clear_output', { wait: false })",
    display_html="await Deno.jupyter.display({ 'text/html': '<b>x</b>' }, { raw: true })",
    update_html="; ".join(
        _BROADCAST.format(message, text, "{ display_id: 'd' }")
        for message, text in (("display_data", "1"), ("update_display_data", "2"))
    ),
    rich_result="Deno.jupyter.html`<b>x</b>`",
    ask="prompt('? ')",
)

TSLAB = replace(
    TYPESCRIPT,
    page="",
    clear_output="",
    display_html="import * as tslab from 'tslab'; tslab.display.html('<b>x</b>')",
    update_html="import * as tslab from 'tslab'; const d = tslab.newDisplay(); d.html('1'); d.html('2')",
    rich_result="",
    ask="",
)

_BY_KERNEL = {"deno": DENO, "tslab": TSLAB}
_BY_LANGUAGE = {"python": PYTHON, "typescript": TYPESCRIPT}


def snippets_of(kernel: str) -> Snippets:
    """Of the kernelspec of that name; raises KeyError where nothing is written for its language."""
    return _BY_KERNEL.get(kernel) or _BY_LANGUAGE[KernelSpecManager().get_kernel_spec(kernel).language.lower()]
