"""The figures of a JSON document on standard input as plotly.py shows them in JupyterLab by default: a JSON list of
MIME bundles. The document is a list of figures, a figure a list of panels {title, series: [{name, kind, x, y}]}."""

import json
import sys

import plotly.graph_objects as go
import plotly.io
from plotly.subplots import make_subplots

COLUMNS = 3
MARKS = {"bar": go.Bar, "line": go.Scatter}


def draw(panels):
    rows = -(-len(panels) // COLUMNS)
    columns = min(COLUMNS, len(panels))
    figure = make_subplots(rows=rows, cols=columns, subplot_titles=[panel["title"] for panel in panels])
    for index, panel in enumerate(panels):
        for series in panel["series"]:
            trace = MARKS[series["kind"]](x=series["x"], y=series["y"], name=series["name"])
            figure.add_trace(trace, row=index // COLUMNS + 1, col=index % COLUMNS + 1)
    figure.update_layout(barmode="stack", height=100 + 220 * rows)
    # Through JSON, as arrays have a form of their own in it.
    return plotly.io.renderers["plotly_mimetype"].to_mimebundle(json.loads(figure.to_json()))


json.dump([draw(panels) for panels in json.load(sys.stdin)], sys.stdout)
