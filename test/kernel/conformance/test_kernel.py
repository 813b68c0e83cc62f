"""Jupyter's own conformance suite (jupyter_kernel_test) on the kernel whose kernelspec KERNEL names.

The suite waits without end in two places; here everything ends.
"""

import os
import signal
import unittest

import jupyter_kernel_test
from snippets import snippets_of

NAME = os.environ.get("KERNEL", "evom")
SNIPPETS = snippets_of(NAME)
TEST_SECONDS = 60
ANSWER_SECONDS = 15


class Limited(unittest.TestCase):
    """Tests that end."""

    def setUp(self) -> None:
        signal.signal(signal.SIGALRM, self._give_up)
        signal.alarm(TEST_SECONDS)
        self.addCleanup(signal.alarm, 0)

    def _give_up(self, *_) -> None:
        raise TimeoutError(f"not done within {TEST_SECONDS} s")


class Kernel(Limited, jupyter_kernel_test.KernelTests):
    kernel_name = NAME
    language_name = SNIPPETS.language
    file_extension = SNIPPETS.file_extension
    code_hello_world = SNIPPETS.print_hello
    code_stderr = SNIPPETS.print_error
    completion_samples = [{"text": SNIPPETS.completion, "matches": SNIPPETS.completion_matches}]
    complete_code_samples = list(SNIPPETS.complete)
    incomplete_code_samples = list(SNIPPETS.incomplete)
    invalid_code_samples = list(SNIPPETS.invalid)
    code_inspect_sample = SNIPPETS.inspect
    code_page_something = SNIPPETS.page
    code_generate_error = SNIPPETS.throw
    code_execute_result = [{"code": code, "result": result} for code, result in SNIPPETS.results]
    code_display_data = [{"code": SNIPPETS.display_html, "mime": "text/html"}] if SNIPPETS.display_html else []
    code_history_pattern = SNIPPETS.history_pattern
    supported_history_operations = SNIPPETS.history_operations
    code_clear_output = SNIPPETS.clear_output

    def get_non_kernel_info_reply(self, timeout=None):
        return super().get_non_kernel_info_reply(timeout=timeout or ANSWER_SECONDS)


class Welcome(Limited, jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = NAME
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
