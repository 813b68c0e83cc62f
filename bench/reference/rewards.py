"""Two rewards for GRPOTrainer.

The first starts a Python for each program, as people write it: a time limit, but no fence, no certificate, and the
number that the program prints is believed. It runs what the policy wrote: use it with policies that you would let.
"""

import re
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

TIMEOUT_SECONDS = 20
FORMAT = re.compile(r"\s*<think>.*?</think>\s*<code>(.*?)</code>\s*", re.DOTALL)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")


def create_subprocess_reward(python: str, jobs: int) -> Callable:
    def printed(program: str) -> float | None:
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(program)
            file.flush()
            try:
                run = subprocess.run([python, file.name], capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                return None
        numbers = NUMBER.findall(run.stdout.strip().rpartition("\n")[2]) if run.returncode == 0 else []
        return float(numbers[-1]) if len(numbers) > 1 else None  # the status, then the objective where there is one

    def score(completion: str, answer: float) -> float:
        match = FORMAT.fullmatch(completion)
        if match is None:
            return 0.0
        value = printed(match[1])
        is_right = value is not None and abs(value - answer) <= 0.05 * max(abs(answer), 0.01)
        return 0.2 + is_right

    def reward(completions: list, answer: list, **_) -> list:
        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(score, completions, answer))

    return reward


def create_pool_reward(ask: Callable[[object], object]) -> Callable:
    """Sends the step's completions to the benchmark's Node process, which keeps a verifier up."""

    def reward(completions: list, index: list, **_) -> list:
        return ask([{"text": text, "index": row} for text, row in zip(completions, index, strict=True)])

    return reward
