import { existsSync, readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MS = 100;
/** What is being ended may take this long to go. */
const GRACE_MS = 1_000;
const SERVER = 'zygote.py';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** In clock ticks since the machine started; with the number it names a process for good. */
  readonly started: string;
  readonly command: string;
}

export interface ProcessReport {
  /** Processes of ours that still lived after the end. */
  readonly orphans: readonly string[];
  /** Processes that a program made: its fork server is its parent's parent. */
  readonly grandchildren: readonly string[];
  /** Scratch folders of fork servers that were still there after the end. */
  readonly leftovers: readonly string[];
}

/** Watches this process's descendants through /proc. Does NOT cover: one that lived and left within one sample. */
export class ProcessWatch {
  readonly #seen = new Map<string, Process>();
  readonly #grandchildren = new Map<string, string>();
  readonly #scratch = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
    this.#timer.unref();
  }

  /** Call after the pool has closed. What still lives then is reported, and ended. */
  async end(): Promise<ProcessReport> {
    clearInterval(this.#timer);
    const deadline = performance.now() + GRACE_MS;
    while (this.#living().length > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
    const orphans = this.#living();
    for (const { pid } of orphans) endProcess(pid);
    return {
      orphans: orphans.map(({ pid, command }) => `${pid} ${command.slice(0, 80)}`),
      grandchildren: [...this.#grandchildren.values()],
      leftovers: [...this.#scratch].filter((folder) => existsSync(folder)),
    };
  }

  #sample(): void {
    const all = new Map(readProcesses().map((process) => [process.pid, process]));
    for (const found of all.values()) {
      if (found.pid === process.pid || !descendsFrom(found, process.pid, all)) continue;
      const key = `${found.pid}/${found.started}`;
      this.#seen.set(key, found);
      const scratch = /"scratch":"([^"]+)"/.exec(found.command)?.[1];
      if (scratch) this.#scratch.add(scratch);
      const parent = all.get(found.parent);
      const grandparent = parent && all.get(parent.parent);
      if (parent?.command.includes(SERVER) && grandparent?.command.includes(SERVER)) {
        this.#grandchildren.set(key, `${found.pid} ${found.command.slice(0, 80)}`);
      }
    }
  }

  #living(): Process[] {
    const now = new Set(readProcesses().map(({ pid, started }) => `${pid}/${started}`));
    return [...this.#seen].filter(([key]) => now.has(key)).map(([, process]) => process);
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // gone meanwhile
  }
}

function descendsFrom(child: Process, ancestor: number, all: ReadonlyMap<number, Process>): boolean {
  let current: Process | undefined = child;
  for (let depth = 0; current && depth < 20; depth++) {
    if (current.parent === ancestor) return true;
    current = all.get(current.parent);
  }
  return false;
}

/** Every process but the dead that wait for their parent. */
function readProcesses(): Process[] {
  const found: Process[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The command's name stands in brackets and may hold anything; state and parent follow the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      if (fields[0] !== 'Z') found.push({ pid, parent: Number(fields[1]), started: fields[19] ?? '', command });
    } catch {
      // gone meanwhile
    }
  }
  return found;
}
