"""One step of TRL's GRPOTrainer, always from the same weights.

Kinder to TRL than its defaults: float32 as the other arm, no gradient checkpointing, nothing logged or saved, and the
trainer is built outside the clock. The loss and the masking of cut completions are set as in the other arm.
"""

import tempfile
import time
from collections.abc import Callable

import torch
from datasets import Dataset
from rewards import create_pool_reward, create_subprocess_reward
from transformers import AutoTokenizer, LlamaForCausalLM, TrainerCallback
from trl import GRPOConfig, GRPOTrainer


class Clock(TrainerCallback):
    """From before the first prompt is read until the weights are new."""

    def on_step_begin(self, args, state, control, **_):
        self.started = time.perf_counter()

    def on_step_end(self, args, state, control, **_):
        self.seconds = time.perf_counter() - self.started


class GrpoStep:
    def __init__(self, folder: str, settings: dict, ask: Callable[[object], object]):
        self.settings = settings
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
        self.weights = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.rewards = {
            "subprocess": create_subprocess_reward(settings["python"], settings["jobs"]),
            "pool": create_pool_reward(ask),
        }

    def run(self, rows: list, reward: str, micro_batch: int) -> dict:
        """`rows`: the step's prompts as {prompt, promptTokens, index, answer}."""
        for row in rows:
            assert self.tokenizer(row["prompt"])["input_ids"] == row["promptTokens"], f"other tokens: {row['prompt']}"
        self.model.load_state_dict(self.weights)
        seconds = {"generate": 0.0, "reward": 0.0}
        clock = Clock()
        with tempfile.TemporaryDirectory() as folder:
            trainer = GRPOTrainer(
                model=self.model,
                processing_class=self.tokenizer,
                reward_funcs=[timed(self.rewards[reward], seconds, "reward")],
                args=self.arguments(folder, len(rows), micro_batch),
                train_dataset=Dataset.from_list(rows),
                callbacks=[clock],
            )
            lengths = []
            trainer._generate_single_turn = timed(trainer._generate_single_turn, seconds, "generate", lengths)
            trainer.train()
        logged = next(entry for entry in trainer.state.log_history if "reward" in entry)
        completion_tokens = [len(tokens) for tokens in lengths[0][0]]
        return {
            "wallMs": 1e3 * clock.seconds,
            "generateMs": 1e3 * seconds["generate"],
            "rewardMs": 1e3 * seconds["reward"],
            "meanTokens": sum(completion_tokens) / len(completion_tokens),
            "reward": logged["reward"],
            "gradientNorm": logged["grad_norm"],
        }

    def arguments(self, folder: str, prompts: int, micro_batch: int) -> GRPOConfig:
        settings = self.settings
        return GRPOConfig(
            output_dir=folder,
            max_steps=1,
            num_generations=settings["samples"],
            per_device_train_batch_size=micro_batch,
            gradient_accumulation_steps=prompts * settings["samples"] // micro_batch,
            max_completion_length=settings["maxTokens"],
            learning_rate=settings["learningRate"],
            loss_type="grpo",
            mask_truncated_completions=True,
            shuffle_dataset=False,
            use_cpu=True,
            bf16=False,
            gradient_checkpointing=False,
            logging_steps=1,
            report_to="none",
            save_strategy="no",
            disable_tqdm=True,
        )


def timed(function: Callable, seconds: dict, name: str, results: list | None = None) -> Callable:
    def call(*arguments, **named):
        started = time.perf_counter()
        result = function(*arguments, **named)
        seconds[name] += time.perf_counter() - started
        if results is not None:
            results.append(result)
        return result

    call.__name__ = name
    return call
