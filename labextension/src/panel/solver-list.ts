/** The solvers of a session: asked for once, when somebody looks, and again on demand, as starting them takes seconds. */

import type { SolversData } from '../../../kernel/spec/mime.ts';
import { element } from '../dom.ts';
import { oneLine } from '../text/visible-text.ts';
import type { Connection } from './connection.ts';
import type { EvomSession } from './sessions.ts';
import { solverRow } from './solver-rows.ts';

export interface SolverList {
  readonly node: HTMLElement;
  show(session: EvomSession | null): void;
  refresh(session: EvomSession): void;
}

export function createSolverList(): SolverList {
  const known = new WeakMap<Connection, Promise<SolversData>>();
  const said = element('p', { class: 'evom-Quiet', role: 'status' });
  const list = element('ul', { class: 'evom-Panel-list' });
  let shown: Promise<SolversData> | null = null;

  const draw = async (answer: Promise<SolversData> | null): Promise<void> => {
    if (answer === shown) return;
    shown = answer;
    const [words, rows] = answer === null ? ['', []] : ['Looking …', null];
    said.textContent = words;
    if (rows !== null) list.replaceChildren();
    if (answer === null) return;
    const [text, found] = await answer.then(
      (data) => ['', data.rows.map(solverRow)] as const,
      (error: Error) => [oneLine(error.message, 300), []] as const,
    );
    if (answer !== shown) return;
    said.textContent = text;
    list.replaceChildren(...found);
  };
  const askFor = ({ connection }: EvomSession): Promise<SolversData> => {
    const answer = connection.ask({ about: 'solvers' });
    known.set(connection, answer);
    return answer;
  };
  return {
    node: element('div', {}, said, list),
    show: (session) => void draw(session === null ? null : (known.get(session.connection) ?? askFor(session))),
    refresh: (session) => void draw(askFor(session)),
  };
}
