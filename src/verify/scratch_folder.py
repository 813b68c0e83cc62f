"""The folder that a fork server's programs may write to, one program after the other."""

import os

MAX_BYTES = 128 << 20
MAX_ENTRIES = 2000


class ScratchFolder:
    def __init__(self, path: str, owner: int | None) -> None:
        self.path = path
        os.makedirs(path, 0o700)
        if owner is not None:
            os.chown(path, owner, owner)

    def empty(self) -> None:
        with os.scandir(self.path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    remove_tree(entry.path)
                else:
                    os.unlink(entry.path)

    def is_overfull(self) -> bool:
        """Looks at no more entries than are allowed. Unlinked files do not show; RLIMIT_NOFILE bounds them."""
        total = entries = 0
        for folder, _, names in os.walk(self.path):
            entries += 1 + len(names)
            if entries > MAX_ENTRIES:
                return True
            for name in names:
                try:
                    total += os.lstat(os.path.join(folder, name)).st_blocks * 512
                except OSError:
                    pass  # gone meanwhile
        return total > MAX_BYTES

    def free_bytes(self) -> int:
        system = os.statvfs(self.path)
        return system.f_bavail * system.f_frsize

    def remove(self) -> None:
        remove_tree(self.path)


def remove_tree(folder: str) -> None:
    """shutil.rmtree without shutil, whose compression libraries every child would inherit."""
    for parent, folders, files in os.walk(folder, topdown=True):
        os.chmod(parent, 0o700)
        for name in files + [name for name in folders if os.path.islink(os.path.join(parent, name))]:
            os.unlink(os.path.join(parent, name))
    for parent, _, _ in os.walk(folder, topdown=False):
        os.rmdir(parent)
