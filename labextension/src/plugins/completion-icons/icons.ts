/**
 * A sign for each kind of completion: TypeScript's own kinds, and those of magics (`kernel/magics/complete.ts`). Letters on
 * a coloured ground, as JupyterLab's own; the kind stands beside them as a word.
 */

import { LabIcon } from '@jupyterlab/ui-components';
import { own } from '../../own.ts';

/** Grounds on which white text has a contrast of 4.5 and more. */
const GROUNDS = { call: '#0068a3', data: '#5b5b5b', type: '#9a4b00', magic: '#00704e' } as const;

/** Kinds that share a sign. */
const SIGNS: readonly (readonly [sign: string, ground: keyof typeof GROUNDS, kinds: string])[] = [
  ['ƒ', 'call', 'function,local function,method,constructor'],
  ['x', 'data', 'const,let,var,local var,parameter'],
  ['.', 'data', 'property,getter,setter,accessor,index'],
  ['"', 'data', 'string'],
  ['k', 'data', 'keyword'],
  ['C', 'type', 'class,local class'],
  ['I', 'type', 'interface'],
  ['T', 'type', 'type,type parameter,primitive type,alias'],
  ['E', 'type', 'enum,enum member'],
  ['{}', 'type', 'module,external module name'],
  ['/', 'type', 'directory,script'],
  ['%', 'magic', 'magic'],
  ['--', 'magic', 'flag'],
  ['∑', 'magic', 'solver'],
  ['π', 'magic', 'policy'],
  ['?', 'magic', 'problem set'],
  ['=', 'magic', 'value'],
];

const ICONS: Readonly<Record<string, LabIcon>> = Object.fromEntries(
  SIGNS.flatMap(([sign, ground, kinds], index) => {
    const icon = new LabIcon({ name: `evom:completion-${index}`, svgstr: svgOf(sign, GROUNDS[ground]) });
    return kinds.split(',').map((kind) => [kind, icon]);
  }),
);

/** What a completion of this kind brings besides; nothing for kinds that nobody knows. */
export function completionIcon(kind: string | undefined): { readonly icon?: LabIcon } {
  const icon = own(ICONS, kind ?? '');
  return icon === undefined ? {} : { icon };
}

/** Signs as entities: JupyterLab reads an icon's text as a URI's part. The margin puts it into the middle of its row. */
function svgOf(sign: string, ground: string): string {
  const text = [...sign].map((character) => `&#${character.codePointAt(0)};`).join('');
  const font = 'font-family="monospace" font-size="12" font-weight="700" text-anchor="middle"';
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16" style="display:block;margin:4px 0 0 3px">' +
    `<rect width="16" height="16" rx="3" fill="${ground}"/><text x="8" y="12" fill="#fff" ${font}>${text}</text></svg>`
  );
}
