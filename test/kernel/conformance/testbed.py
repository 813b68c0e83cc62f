"""The checks of the public suite runtimed/kernel-testbed, written anew: 26 in four tiers, under its names.

Usage: testbed.py NAME [--json]   NAME is a kernelspec's. Exit code 1 where a check does not pass.

Like there, one kernel goes through all checks; unlike there, one that died or fell silent is replaced, so that a fault
counts once. Stricter than there, as its descriptions say and its code does not: a rich result has a type beside plain
text, every publication belongs to the request, the completion has the name, the input arrives, and a kernel that is
shut down ends. What it lets pass in part (a wrong word of is_complete, a display without its update) fails here.
Not looked at: speed, and whether values are right beyond that.
"""

import json
import sys
from collections.abc import Callable
from uuid import uuid4

from kernel_under_test import KernelUnderTest
from snippets import Snippets, snippets_of

END_SECONDS = 10
REJECT_SECONDS = 0.5


class Unsupported(Exception):
    """The kernel has no way to do it."""


Check = Callable[[KernelUnderTest, Snippets], None]


def expect(is_met: bool, why: str) -> None:
    if not is_met:
        raise AssertionError(why)


def need(code: str) -> str:
    if not code:
        raise Unsupported("the kernel has no way to do it")
    return code


def expect_ok(reply: dict) -> None:
    status = reply["content"].get("status")
    expect(status == "ok", f"{reply['msg_type']} has status {status}")


# Tier 1: what every kernel must do.


def heartbeat_responds(kernel: KernelUnderTest, _: Snippets) -> None:
    expect(kernel.heartbeat(b"ping") == b"ping", "the heartbeat answers something else")


def kernel_info_reply_valid(kernel: KernelUnderTest, _: Snippets) -> None:
    expect(kernel.info.get("status") == "ok", f"status is {kernel.info.get('status')}")


def kernel_info_has_language_info(kernel: KernelUnderTest, _: Snippets) -> None:
    expect(bool(kernel.info.get("language_info", {}).get("name")), "the language has no name")


def kernel_info_has_protocol_version(kernel: KernelUnderTest, _: Snippets) -> None:
    expect(bool(kernel.info.get("protocol_version")), "protocol_version is empty")


def expect_stream(kernel: KernelUnderTest, code: str, name: str, part: str) -> None:
    streams = kernel.execute(code).contents("stream")
    text = "".join(stream["text"] for stream in streams if stream["name"] == name)
    expect(part in text, f"{name} is {text!r}")


def execute_stdout(kernel: KernelUnderTest, snippets: Snippets) -> None:
    expect_stream(kernel, snippets.print_hello, "stdout", "hello")


def execute_stderr(kernel: KernelUnderTest, snippets: Snippets) -> None:
    expect_stream(kernel, snippets.print_error, "stderr", "error")


def execute_reply_ok(kernel: KernelUnderTest, snippets: Snippets) -> None:
    expect_ok(kernel.execute(snippets.statement).reply)


def status_busy_idle_lifecycle(kernel: KernelUnderTest, snippets: Snippets) -> None:
    states = [status["execution_state"] for status in kernel.execute(snippets.statement).contents("status")]
    expect(states == ["busy", "idle"], f"states are {states}")


def execute_input_broadcast(kernel: KernelUnderTest, snippets: Snippets) -> None:
    codes = [content["code"] for content in kernel.execute(snippets.statement).contents("execute_input")]
    expect(codes == [snippets.statement], f"code that was published: {codes}")


def shutdown_reply(kernel: KernelUnderTest, _: Snippets) -> None:
    expect_ok(kernel.ask("control", "shutdown_request", {"restart": False}))
    expect(kernel.ends_within(END_SECONDS), f"still there after {END_SECONDS} s")


# Tier 2: what an editor asks.


def complete_request(kernel: KernelUnderTest, snippets: Snippets) -> None:
    kernel.execute(snippets.define)
    code = snippets.defined_prefix
    reply = kernel.ask("shell", "complete_request", {"code": code, "cursor_pos": len(code)})
    expect_ok(reply)
    matches = reply["content"]["matches"]
    expect(snippets.defined in matches, f"matches are {matches[:5]}")


def inspect_request(kernel: KernelUnderTest, snippets: Snippets) -> None:
    kernel.execute(snippets.define)
    content = {"code": snippets.defined, "cursor_pos": len(snippets.defined), "detail_level": 0}
    reply = kernel.ask("shell", "inspect_request", content)
    expect_ok(reply)


def expect_completeness(kernel: KernelUnderTest, code: str, expected: str) -> None:
    status = kernel.ask("shell", "is_complete_request", {"code": code})["content"]["status"]
    expect(status == expected, f"{code!r} is {status}")


def is_complete_complete(kernel: KernelUnderTest, snippets: Snippets) -> None:
    expect_completeness(kernel, snippets.statement, "complete")


def is_complete_incomplete(kernel: KernelUnderTest, snippets: Snippets) -> None:
    expect_completeness(kernel, snippets.incomplete[0], "incomplete")


def history_request(kernel: KernelUnderTest, snippets: Snippets) -> None:
    kernel.execute(snippets.statement)
    content = {"hist_access_type": "tail", "n": 10, "output": False, "raw": True}
    expect_ok(kernel.ask("shell", "history_request", content))


def comm_info_request(kernel: KernelUnderTest, _: Snippets) -> None:
    expect_ok(kernel.ask("shell", "comm_info_request", {}))


def error_handling(kernel: KernelUnderTest, snippets: Snippets) -> None:
    executed = kernel.execute(snippets.syntax_error)
    is_told = executed.reply["content"]["status"] == "error" or executed.contents("error")
    expect(bool(is_told), "neither the reply nor a publication tells of an error")


# Tier 3: what a cell shows.


def display_data(kernel: KernelUnderTest, snippets: Snippets) -> None:
    expect(bool(kernel.execute(need(snippets.display_html)).contents("display_data")), "no display_data")


def update_display_data(kernel: KernelUnderTest, snippets: Snippets) -> None:
    executed = kernel.execute(need(snippets.update_html))
    expect(bool(executed.contents("display_data")), "no display_data")
    expect(bool(executed.contents("update_display_data")), "no update_display_data")


def execute_result(kernel: KernelUnderTest, snippets: Snippets) -> None:
    (code, value), *_ = snippets.results
    texts = [content["data"].get("text/plain") for content in kernel.execute(code).contents("execute_result")]
    expect(bool(texts), f"no execute_result with {value}")


def rich_execute_result(kernel: KernelUnderTest, snippets: Snippets) -> None:
    results = kernel.execute(need(snippets.rich_result)).contents("execute_result")
    types = {name for result in results for name in result["data"]}
    expect(bool(types - {"text/plain"}), f"types of the result: {sorted(types)}")


# Tier 4: what needs more than one channel.


def stdin_input_request(kernel: KernelUnderTest, snippets: Snippets) -> None:
    executed = kernel.execute(need(snippets.ask), answer="answer-42")
    expect(executed.was_asked, "no input_request")
    expect_ok(executed.reply)
    expect("answer-42" in json.dumps(executed.contents("execute_result")), "the answer is not the cell's value")


def comms_lifecycle(kernel: KernelUnderTest, snippets: Snippets) -> None:
    comm = {"comm_id": f"comm-{uuid4()}", "data": {}}
    kernel.send("shell", "comm_open", {**comm, "target_name": "nobody.listens.here"})
    heard = kernel.listen(REJECT_SECONDS)
    closed = [message["content"]["comm_id"] for message in heard if message["msg_type"] == "comm_close"]
    if comm["comm_id"] in closed:
        return
    kernel.send("shell", "comm_close", comm)
    expect_ok(kernel.execute(snippets.statement).reply)


def interrupt_request(kernel: KernelUnderTest, _: Snippets) -> None:
    expect_ok(kernel.ask("control", "interrupt_request", {}))


def execution_count_increments(kernel: KernelUnderTest, snippets: Snippets) -> None:
    first, second = (kernel.execute(snippets.statement).reply["content"]["execution_count"] for _ in range(2))
    expect(second > first, f"counts are {first}, {second}")


def parent_header_correlation(kernel: KernelUnderTest, snippets: Snippets) -> None:
    executed = kernel.execute(snippets.print_hello)
    strays = [message["msg_type"] for message in executed.published if not is_answer(message, executed.request)]
    expect(not strays, f"of another request, or of none: {strays}")


def is_answer(message: dict, request: str) -> bool:
    return message["parent_header"].get("msg_id") == request


# In the order in which they run: shutting down is the last.
CHECKS: tuple[tuple[int, Check], ...] = (
    (1, heartbeat_responds),
    (1, kernel_info_reply_valid),
    (1, kernel_info_has_language_info),
    (1, kernel_info_has_protocol_version),
    (1, execute_stdout),
    (1, execute_stderr),
    (1, execute_reply_ok),
    (1, status_busy_idle_lifecycle),
    (1, execute_input_broadcast),
    (2, complete_request),
    (2, inspect_request),
    (2, is_complete_complete),
    (2, is_complete_incomplete),
    (2, history_request),
    (2, comm_info_request),
    (2, error_handling),
    (3, display_data),
    (3, update_display_data),
    (3, execute_result),
    (3, rich_execute_result),
    (4, stdin_input_request),
    (4, comms_lifecycle),
    (4, interrupt_request),
    (4, execution_count_increments),
    (4, parent_header_correlation),
    (1, shutdown_reply),
)


def run_check(check: Check, kernel: KernelUnderTest, snippets: Snippets) -> tuple[str, str]:
    """`pass`, `fail` or `unsupported`, and why."""
    try:
        check(kernel, snippets)
    except Unsupported as reason:
        return "unsupported", str(reason)
    except (AssertionError, TimeoutError, KeyError, TypeError, OSError) as reason:
        return "fail", f"{type(reason).__name__}: {reason}"
    return "pass", ""


def run_testbed(name: str) -> list[dict]:
    """A row of each check: `check`, `tier`, `verdict`, `why`."""
    snippets = snippets_of(name)
    kernel = KernelUnderTest(name)
    rows = []
    for tier, check in CHECKS:
        if not kernel.is_alive() or (rows and rows[-1]["why"].startswith("TimeoutError")):
            kernel.close()
            kernel = KernelUnderTest(name)
        verdict, why = run_check(check, kernel, snippets)
        rows.append({"check": check.__name__, "tier": tier, "verdict": verdict, "why": why})
    kernel.close()
    return rows


def main() -> None:
    rows = run_testbed(sys.argv[1])
    if "--json" in sys.argv:
        print(json.dumps(rows))
    else:
        for row in rows:
            print(f"{row['verdict']:12}{row['tier']}  {row['check']:34}{row['why']}")
    sys.exit(any(row["verdict"] != "pass" for row in rows))


if __name__ == "__main__":
    main()
