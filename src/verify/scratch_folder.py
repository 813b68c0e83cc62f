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
        os.chmod(self.path, 0o700)  # a program may have closed it to the next one
        with os.scandir(self.path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    remove_tree(entry.path)
                else:
                    os.unlink(entry.path)

    def is_overfull(self) -> bool:
        """Looks at no more entries than are allowed. Unlinked files do not show; RLIMIT_NOFILE bounds them."""
        total = entries = 0
        for folder, folders, names in os.walk(self.path):
            for name in folders:
                open_up(os.path.join(folder, name))  # what cannot be listed cannot be counted
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
        self.empty()
        os.rmdir(self.path)
        try:
            os.rmdir(os.path.dirname(self.path))  # the pool's; the last fork server finds it empty
        except OSError:
            pass


def open_up(folder: str) -> None:
    """Makes a folder listable again, whatever its program did to it."""
    try:
        if not os.path.islink(folder):
            os.chmod(folder, 0o700)
    except OSError:
        pass  # gone meanwhile


def remove_tree(folder: str) -> None:
    """shutil.rmtree without shutil, whose compression libraries every child would inherit."""
    open_up(folder)
    for parent, folders, files in os.walk(folder, topdown=True):
        for name in folders:
            open_up(os.path.join(parent, name))  # before os.walk looks into it
        for name in files + [name for name in folders if os.path.islink(os.path.join(parent, name))]:
            os.unlink(os.path.join(parent, name))
    for parent, _, _ in os.walk(folder, topdown=False):
        os.rmdir(parent)
