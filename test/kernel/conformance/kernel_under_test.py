"""A kernel and a front end to it, for checks: everything that is waited for is waited for so long and no longer.

A message that does not come raises TimeoutError. Knows the protocol, and nothing of what is checked.
"""

import subprocess
import time
from dataclasses import dataclass
from queue import Empty

import zmq
from jupyter_client.manager import KernelManager

ANSWER_SECONDS = 10
START_SECONDS = 60
# Some kernels abort cells for so long after one that failed.
ABORT_SECONDS = 1


@dataclass(frozen=True)
class Executed:
    reply: dict
    published: list[dict]  # everything from the request to its idle, whomever it is for
    request: str
    was_asked: bool

    def contents(self, message_type: str) -> list[dict]:
        return [message["content"] for message in self.published if message["msg_type"] == message_type]


class KernelUnderTest:
    def __init__(self, name: str) -> None:
        self._manager = KernelManager(kernel_name=name)
        self._manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self._manager.client()
        self.client.start_channels()
        self._await_start()
        self.info = self.ask("shell", "kernel_info_request", {})["content"]

    def restart(self) -> None:
        """As a front end does: the same manager, client and ports, and a kernel that was asked to end."""
        self._manager.restart_kernel()
        self._await_start()

    def is_alive(self) -> bool:
        return self._manager.is_alive()

    def close(self) -> None:
        self.client.stop_channels()
        self._manager.shutdown_kernel(now=True)

    def heartbeat(self, ping: bytes) -> bytes:
        """What the heartbeat answers to that."""
        with zmq.Context() as context, context.socket(zmq.REQ) as socket:
            socket.linger = 0
            socket.connect(f"tcp://{self._manager.ip}:{self._manager.hb_port}")
            socket.send(ping)
            if not socket.poll(ANSWER_SECONDS * 1000):
                raise TimeoutError(f"no heartbeat within {ANSWER_SECONDS} s")
            return socket.recv()

    def send(self, channel: str, message_type: str, content: dict) -> str:
        message = self.client.session.msg(message_type, content)
        self._channel(channel).send(message)
        return message["header"]["msg_id"]

    def ask(self, channel: str, message_type: str, content: dict) -> dict:
        return self._reply(channel, self.send(channel, message_type, content))

    def execute(self, code: str, answer: str | None = None) -> Executed:
        """Runs a cell to its reply and its idle; every question is answered with `answer`."""
        executed = self._execute(code, answer)
        if executed.reply["content"].get("status") in ("abort", "aborted"):
            time.sleep(ABORT_SECONDS)
            return self._execute(code, answer)
        return executed

    def _execute(self, code: str, answer: str | None) -> Executed:
        self.listen(0.1)  # what still comes for earlier cells is not of this one
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": answer is not None,
            "stop_on_error": True,
        }
        request = self.send("shell", "execute_request", content)
        published: list[dict] = []
        was_asked = False
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            if answer is not None and (question := self._next("stdin", 0.05)):
                was_asked = True
                reply = self.client.session.msg("input_reply", {"value": answer}, parent=question["header"])
                self._channel("stdin").send(reply)
            if message := self._next("iopub", 0.05):
                published.append(message)
                is_ours = message["parent_header"].get("msg_id") == request
                if is_ours and message["content"].get("execution_state") == "idle":
                    return Executed(self._reply("shell", request), published, request, was_asked)
        raise TimeoutError(f"not idle within {ANSWER_SECONDS} s")

    def listen(self, seconds: float) -> list[dict]:
        """What is published until nothing comes for so long."""
        heard = []
        while message := self._next("iopub", seconds):
            heard.append(message)
        return heard

    def ends_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.is_alive() and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.is_alive()

    def _await_start(self) -> None:
        try:
            self.client.wait_for_ready(timeout=START_SECONDS)
        except RuntimeError:
            self.close()
            raise

    def _reply(self, channel: str, request: str) -> dict:
        deadline = time.monotonic() + ANSWER_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            message = self._next(channel, left)
            if message and message["parent_header"].get("msg_id") == request:
                return message
        raise TimeoutError(f"no reply on {channel} within {ANSWER_SECONDS} s")

    def _next(self, channel: str, seconds: float) -> dict | None:
        try:
            return self._channel(channel).get_msg(timeout=seconds)
        except Empty:
            return None

    def _channel(self, name: str):
        return getattr(self.client, f"{name}_channel")
