"""A MathOpt model as MPS text with generic names. MathOpt itself exports only its own protocol buffer.

Covers variables, linear constraints, one linear objective and integrality; `is_linear` says whether that is all.
"""

INFINITY = float("inf")


def is_linear(model) -> bool:
    proto = model.export_model()
    special = ("quadratic_constraints", "second_order_cone_constraints", "sos1_constraints", "sos2_constraints",
               "indicator_constraints", "auxiliary_objectives")  # fmt: skip
    if any(len(getattr(proto, name)) for name in special):
        return False
    return len(proto.objective.quadratic_coefficients.row_ids) == 0


def write(model) -> str:
    rows = {constraint: f"R{index}" for index, constraint in enumerate(model.linear_constraints())}
    columns = {variable: f"C{index}" for index, variable in enumerate(model.variables())}
    lines = ["NAME evom", "OBJSENSE", "    MAX" if model.objective.is_maximize else "    MIN", "ROWS", " N OBJ"]
    right_sides, ranges = [], []
    for constraint, name in rows.items():
        low, high = constraint.lower_bound, constraint.upper_bound
        kind = row_kind(low, high)
        lines.append(f" {kind} {name}")
        if kind != "N":
            right_sides.append(f" RHS {name} {low if kind == 'G' else high!r}")
        if kind == "L" and low > -INFINITY:
            ranges.append(f" RANGE {name} {high - low!r}")
    lines += ["COLUMNS", *column_lines(model, rows, columns), "RHS"]
    if model.objective.offset:
        lines.append(f" RHS OBJ {-model.objective.offset!r}")
    lines += right_sides
    if ranges:
        lines += ["RANGES", *ranges]
    lines += ["BOUNDS", *(line for variable, name in columns.items() for line in bound_lines(variable, name))]
    return "\n".join([*lines, "ENDATA", ""])


def row_kind(low: float, high: float) -> str:
    if low == high:
        return "E"
    if high < INFINITY:
        return "L"
    return "G" if low > -INFINITY else "N"


def column_lines(model, rows: dict, columns: dict) -> list[str]:
    entries: dict = {variable: [] for variable in columns}
    for entry in model.linear_constraint_matrix_entries():
        entries[entry.variable].append((rows[entry.linear_constraint], entry.coefficient))
    lines = []
    for variable, name in columns.items():
        if variable.integer:
            lines.append(f" M{name} 'MARKER' 'INTORG'")
        lines.append(f" {name} OBJ {model.objective.get_linear_coefficient(variable)!r}")
        lines += [f" {name} {row} {coefficient!r}" for row, coefficient in entries[variable]]
        if variable.integer:
            lines.append(f" M{name} 'MARKER' 'INTEND'")
    return lines


def bound_lines(variable, name: str) -> list[str]:
    """Both bounds, always: MPS has different defaults for integer columns, and a negative UP moves the lower one."""
    low, high = variable.lower_bound, variable.upper_bound
    lower = f" MI BOUND {name}" if low == -INFINITY else f" LO BOUND {name} {low!r}"
    upper = f" PL BOUND {name}" if high == INFINITY else f" UP BOUND {name} {high!r}"
    return [lower, upper]
