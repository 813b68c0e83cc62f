/**
 * The kernel's end of the comm `evom.panel` (`spec/comm.ts`). Trainings are asynchronous, so that it is heard between two
 * of their turns. What comes is read as what it should be; what it is not is refused or passed over.
 */

import type {
  LiveRunData,
  PanelMessage,
  PanelOpening,
  PanelQuestion,
  PanelRequest,
  PanelTarget,
} from '../../../spec/comm.ts';
import type { JsonObject } from '../../../wire/message.ts';
import { type Comm, jupyter } from '../jupyter.ts';
import { whileLoading } from '../loading.ts';
import type { LiveRun } from './live-run.ts';
import { session } from './session-watch.ts';
import { createThrottle } from './throttle.ts';

const TARGET: PanelTarget = 'evom.panel';
const MOST_UPDATES = 15;

export function listenToPanel(): void {
  jupyter.onComm(TARGET, openPanel);
}

function openPanel(comm: Comm, opening: JsonObject): void {
  const tell = (message: PanelMessage): void => comm.send(message as unknown as JsonObject);
  const { updatesPerSecond = MOST_UPDATES }: PanelOpening = opening;
  const asked = Number(updatesPerSecond);
  const perSecond = asked > 0 && asked < MOST_UPDATES ? asked : MOST_UPDATES;
  const runs = createThrottle(1000 / perSecond, () => {
    const seen = new Set<string>();
    tell({ kind: 'runs', runs: session.runs.map((run) => run.brief()).filter(isNewestOf(seen)) });
  });
  const onSession = (): void => void tellSession(tell);
  const stopWatching = session.watch({ onRuns: runs.touch, onSession });
  comm.onClose(() => {
    stopWatching();
    runs.stop();
  });
  comm.onMessage((data) => receive(data as unknown as PanelRequest, tell, onSession, runs.touch));
  onSession();
  runs.touch();
}

function receive(
  request: PanelRequest,
  tell: (message: PanelMessage) => void,
  onSession: () => void,
  onRuns: () => void,
): void {
  switch (request.kind) {
    case 'refresh':
      onSession();
      onRuns();
      break;
    case 'pause':
      runningAs(request.run)?.gate.shut();
      break;
    case 'resume':
      runningAs(request.run)?.gate.open();
      break;
    case 'stop':
      runningAs(request.run)?.stop();
      break;
    case 'ask':
      void answer(request.id, request.question, tell);
  }
}

function runningAs(name: string): LiveRun | null {
  return session.runs.find((run) => !run.isOver && run.brief().run === name) ?? null;
}

/** A run that was called twice is told of as it is now. */
function isNewestOf(seen: Set<string>): (run: LiveRunData) => boolean {
  return ({ run }) => !seen.has(run) && seen.add(run) !== null;
}

async function tellSession(tell: (message: PanelMessage) => void): Promise<void> {
  const { listSession } = await whileLoading(() => import('../../../views/live/list-session.ts'));
  tell({ kind: 'session', session: { ...session.chosen, ...(await listSession()) } });
}

async function answer(id: number, question: PanelQuestion, tell: (message: PanelMessage) => void): Promise<void> {
  try {
    const live = question.about === 'run' ? session.runs.find((run) => run.brief().folder === question.folder) : null;
    if (live && !live.isOver) {
      tell({ kind: 'answer', id, answer: live.whole() });
      return;
    }
    const { answerPanel } = await whileLoading(() => import('../../../views/live/answer-panel.ts'));
    tell({ kind: 'answer', id, answer: await answerPanel(question) });
  } catch (error) {
    tell({ kind: 'refused', id, reason: error instanceof Error ? error.message : String(error) });
  }
}
