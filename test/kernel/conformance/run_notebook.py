"""Makes a notebook of the cells on standard input (a JSON list of texts) and runs it, top to bottom, as Jupyter does.

run_notebook.py NAME FILE   NAME is a kernelspec's; FILE gets the notebook with its outputs. Prints what the last cell
printed. Exit code 1, with the error, where a cell fails.
"""

import json
import sys

import nbformat
from nbclient import NotebookClient

CELL_SECONDS = 120

name, path = sys.argv[1:]
notebook = nbformat.v4.new_notebook(
    cells=[nbformat.v4.new_code_cell(source) for source in json.load(sys.stdin)],
    metadata={"kernelspec": {"name": name, "display_name": name, "language": "typescript"}},
)
NotebookClient(notebook, kernel_name=name, timeout=CELL_SECONDS).execute()
nbformat.validate(notebook)
nbformat.write(notebook, path)
outputs = notebook.cells[-1].outputs
print("".join(output.text for output in outputs if output.output_type == "stream" and output.name == "stdout"))
