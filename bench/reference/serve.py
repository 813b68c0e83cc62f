"""The arms of `npm run bench -- policy` that are not ours: torch, transformers and TRL, as people use them.

Usage: serve.py THREADS. Reads a request a line, {"do": name, ...}, and writes {"reply": ...} or {"failure": traceback};
in the middle of a request it may write {"question": ...} and reads the answer. Whatever libraries print goes to the
standard error.
"""

import json
import os
import sys
import traceback

import torch
import transformers
import trl
from generation import Generator
from grpo import GrpoStep
from training import Training

output = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def write(message: dict) -> None:
    output.write(json.dumps(message) + "\n")
    output.flush()


def ask(question: object) -> object:
    write({"question": question})
    return json.loads(sys.stdin.readline())


class Server:
    """One model of each kind is held at a time."""

    def __init__(self, threads: int):
        self.threads = threads

    def use_threads(self, threads: int) -> None:
        torch.set_num_threads(threads)

    def prepare_training(self, folder: str, groups: list, update: dict, threads: list) -> dict:
        self.training = Training(folder, groups, update)
        return self.training.prepare(threads)

    def train(self) -> dict:
        return self.training.step()

    def load_generator(self, folder: str) -> None:
        self.generator = Generator(folder)

    def generate(self, prompts: list, temperature: float, newTokens: int) -> dict:
        return self.generator.generate(prompts, temperature, newTokens)

    def load_grpo(self, folder: str, settings: dict) -> None:
        self.grpo = GrpoStep(folder, {**settings, "jobs": self.threads}, ask)

    def grpo_step(self, rows: list, reward: str, micro_batch: int) -> dict:
        return self.grpo.run(rows, reward, micro_batch)


def main() -> None:
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    server = Server(threads)
    versions = f"torch {torch.__version__}, transformers {transformers.__version__}, trl {trl.__version__}"
    write({"reply": versions})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            write({"reply": getattr(server, request.pop("do"))(**request)})
        except Exception:
            write({"failure": traceback.format_exc()})


main()
