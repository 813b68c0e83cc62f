"""Jupyter's own conformance suite (jupyter_kernel_test) on a TypeScript kernel; KERNEL names it."""

import os
import unittest

import jupyter_kernel_test


class TypeScriptKernel(jupyter_kernel_test.KernelTests):
    kernel_name = os.environ.get("KERNEL", "evom")
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [{"text": "Math.asi", "matches": {"asin", "asinh"}}]
    complete_code_samples = ["1 + 1", "const x: number = 2", "function f() {\n  return 1\n}"]
    incomplete_code_samples = ["function f() {", "const x = [1,", "`open"]
    invalid_code_samples = ["const 1x = 2", "let let let"]
    code_inspect_sample = "console.log"
    code_page_something = "jupyter.page('something')"
    code_generate_error = "throw new Error('wanted')"
    code_execute_result = [{"code": "1+2+3", "result": "6"}, {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"}]
    code_display_data = [
        {
            "code": "await display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>' }) })",
            "mime": "text/html",
        }
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_clear_output = "jupyter.clearOutput()"


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = os.environ.get("KERNEL", "evom")
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
