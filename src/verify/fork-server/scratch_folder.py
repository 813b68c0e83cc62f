"""The folder that a fork server's programs may write to, one program after the other."""

import itertools
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
        top = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            # A folder's own folders move up before it goes: no path grows long, no call nests, however deep it was.
            while names := os.listdir(top):
                for name in names:
                    remove(name, top)
        finally:
            os.close(top)

    def is_overfull(self) -> bool:
        """Looks at no more entries than are allowed. Unlinked files do not show; RLIMIT_NOFILE bounds them."""
        total = entries = 0
        pending = [self.path]
        while pending:
            try:
                with os.scandir(pending.pop()) as found:
                    for entry in found:
                        entries += 1
                        if entries > MAX_ENTRIES:
                            return True
                        if entry.is_dir(follow_symlinks=False):
                            pending.append(entry.path)
                        else:
                            total += entry.stat(follow_symlinks=False).st_blocks * 512
            except FileNotFoundError:
                pass  # gone meanwhile
            except OSError:
                return True  # nested or closed so that it cannot be counted
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


moved = itertools.count()


def remove(name: str, top: int) -> None:
    """The entry `name` of the folder `top`; folders inside it move up to `top`."""
    try:
        os.unlink(name, dir_fd=top)
        return
    except IsADirectoryError:
        pass
    os.chmod(name, 0o700, dir_fd=top)  # no program runs now that could put a link in its place
    folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
    try:
        for inner in os.listdir(folder):
            try:
                os.unlink(inner, dir_fd=folder)
            except IsADirectoryError:
                os.chmod(inner, 0o700, dir_fd=folder)  # moving a folder writes to it
                os.rename(inner, f".evom-{next(moved)}", src_dir_fd=folder, dst_dir_fd=top)
    finally:
        os.close(folder)
    os.rmdir(name, dir_fd=top)
