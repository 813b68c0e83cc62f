"""Runs a notebook top to bottom, as Jupyter's "Run All" does: run_notebook.py FILE FOLDER OUT

The cells' working folder is FOLDER; OUT gets the notebook with its outputs, also where a cell has failed. The exit
code is 1 then, and the error is on standard error.
"""

import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

CELL_SECONDS = 300

path, folder, out = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
client = NotebookClient(
    notebook,
    kernel_name=notebook.metadata.kernelspec.name,
    timeout=CELL_SECONDS,
    record_timing=False,
    resources={"metadata": {"path": folder}},
)
try:
    client.execute()
except CellExecutionError as error:
    sys.exit(str(error))
finally:
    nbformat.write(notebook, out)
