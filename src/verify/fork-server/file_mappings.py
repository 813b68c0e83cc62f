"""Makes children inherit the page tables of libraries: of what a solve needs, and no more.

A fork copies page tables only for mappings that have pages of their own; a library's untouched text and constants are
left out, and every child faults them in anew (about 150 of its 1400 page faults, 8 % of its processor time). Writing
one byte of each mapping back to itself gives it such a page. What only the start-up needed is unmapped first: each fork
would copy it and each exit take it apart, 4 % of a program's processor time.
"""

import ctypes
import re

# Below this the fork's own work for the mapping costs more than the page faults.
LARGE_BYTES = 1 << 20

READ, WRITE, EXECUTE = 1, 2, 4
DONT_NEED = 4

libc = ctypes.CDLL(None, use_errno=True)
for function in (libc.mprotect, libc.madvise):
    function.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]

LINE = re.compile(r"(?P<start>\w+)-(?P<end>\w+) r-(?P<executable>[x-])p \S+ \S+ [1-9]\d* .*(\.so|python)")
OWN_PAGES = re.compile(r"(?m)^Anonymous: +(\d+) kB")


def forget_start_up() -> None:
    """Unmaps the pages of large libraries, which come back when they are touched; call it before the warm-up."""
    for start, size, _, own_pages in large_libraries():
        if own_pages == 0:  # else a relocation would be lost
            libc.madvise(start, size, DONT_NEED)


def share_with_children() -> None:
    """Where the system forbids writable text (a hardened kernel), nothing is changed."""
    for start, size, protection, _ in large_libraries():
        if libc.mprotect(start, size, protection | WRITE) == 0:
            byte = ctypes.c_ubyte.from_address(start)
            byte.value = byte.value
            libc.mprotect(start, size, protection)


def large_libraries() -> list[tuple[int, int, int, int]]:
    """Start, size, protection, and KiB of pages that are no longer the file's."""
    with open("/proc/self/smaps") as maps:
        mappings = re.split(r"(?m)^(?=[0-9a-f]+-[0-9a-f]+ )", maps.read())
    found = []
    for mapping in mappings:
        head = LINE.match(mapping)
        if not head:
            continue
        start, end = int(head["start"], 16), int(head["end"], 16)
        if end - start < LARGE_BYTES:
            continue
        protection = READ | (EXECUTE if head["executable"] == "x" else 0)
        found.append((start, end - start, protection, int(OWN_PAGES.search(mapping)[1])))
    return found
