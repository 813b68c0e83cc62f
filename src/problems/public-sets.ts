/**
 * The public sets: where each lies, pinned. Data only; the project ships no benchmark text.
 *
 * `sha256` is of the file's bytes at that revision. Where it is null nobody here has held those bytes: `fetch` prints the
 * hash it saw and takes the file only with `--accept-hash`. Revisions are commits at which a public index holds that very
 * path, except those marked `inferred`: there the path was seen in a copy of the same folder and the commit is one at
 * which the repository's own listing implies it. A wrong guess ends in "404" or "other hash", never in wrong labels.
 */

import { EvomError, expected } from '../errors.ts';
import type { FormatName } from './formats/format.ts';

export interface PublicSet {
  readonly name: string;
  /** GitHub `owner/name`, full commit hash, path. */
  readonly repository: string;
  readonly revision: string;
  readonly path: string;
  readonly format: FormatName;
  /** Problems in the file, as its publisher says or as counted here; null where neither is known. */
  readonly count: number | null;
  /** 64 hexadecimal digits; null where it is not known here. */
  readonly sha256: string | null;
  /** Whose labels these are, since public label sets disagree. */
  readonly note: string;
}

const SIRL = 'Cardinal-Operations/SIRL';
const SIRL_TRANSLATED = '27460c905f50b687f739570508f7ebc8f5de515c';
const ORLM = { repository: 'Cardinal-Operations/ORLM', revision: '4b7352d2687e29413890d76e34f3ca55288916cd' };
const MAMO = { repository: 'FreedomIntelligence/Mamo', revision: '5b0ac2501f3707f9dc9d993a2be023b252376aec' };

export const PUBLIC_SETS: readonly PublicSet[] = [
  {
    name: 'nl4opt',
    repository: SIRL,
    revision: SIRL_TRANSLATED,
    path: 'test_data/NL4OPT.jsonl',
    format: 'sirl',
    count: 245,
    sha256: '7cf8e6fb097a57d9f647ab7b37d005656cbc6a89f6ba2978a52ed618bfbdb5df',
    note: 'labels corrected by SIRL; revision inferred',
  },
  {
    name: 'mamo-easy',
    repository: SIRL,
    revision: SIRL_TRANSLATED,
    path: 'test_data/MAMO_EasyLP_fixed.jsonl',
    format: 'sirl',
    count: 642,
    sha256: '3704621599ff600216f810dd3b118b6ae86a69eb2afa7f386dbea88069657fb7',
    note: 'labels corrected by SIRL; revision inferred',
  },
  {
    name: 'mamo-complex',
    repository: SIRL,
    revision: 'ea1e23d84ce07deecea79a40445deb7e18c68026',
    path: 'test_data/MAMO_ComplexLP_fixed.jsonl',
    format: 'sirl',
    count: 203,
    sha256: null,
    note: 'labels corrected by SIRL, which has published at least two states of this file',
  },
  {
    name: 'industryor',
    repository: SIRL,
    revision: '496425fac955543d6173f924ff2e0f12afafc738',
    path: 'test_data/IndustryOR_fixedV2.json',
    format: 'sirl',
    count: 100,
    sha256: null,
    note: 'labels corrected by SIRL, second version',
  },
  {
    name: 'optibench',
    repository: SIRL,
    revision: SIRL_TRANSLATED,
    path: 'test_data/OptiBench.jsonl',
    format: 'sirl',
    count: 605,
    sha256: '1652b89ba6e3f08b4c67662ea1c8534170577e6f32e486df28befaa0d742174e',
    note: 'one label each, as in SIRL; revision inferred',
  },
  {
    name: 'optibench-resocratic',
    repository: 'yangzhch6/ReSocratic',
    revision: '4578550e31ca6cd404e4f8bb2077edb50ee5a437',
    path: 'data/e-opt.json',
    format: 'resocratic',
    count: 605,
    sha256: null,
    note: 'the authors’ file; the last result is taken as the label',
  },
  {
    name: 'optmath',
    repository: 'optsuite/OptMATH',
    revision: 'a1712fad3f19ae67763921917902453034db36ef',
    path: 'benchmark/OptMATH_Bench.json',
    format: 'sirl',
    count: 166,
    sha256: null,
    note: 'the authors’ file',
  },
  {
    name: 'mamo-easy-original',
    ...MAMO,
    path: 'data/optimization/Easy_LP/mamo_easy_lp.jsonl',
    format: 'mamo',
    count: 652,
    sha256: null,
    note: 'the authors’ labels',
  },
  {
    name: 'mamo-complex-original',
    ...MAMO,
    path: 'data/optimization/Complex_LP/mamo_complex_lp.jsonl',
    format: 'mamo',
    count: 211,
    sha256: null,
    note: 'the authors’ labels',
  },
  ...(['NL4OPT', 'IndustryOR', 'MAMO.ComplexLP'] as const).map(
    (benchmark): PublicSet => ({
      name: `orlm-${benchmark.toLowerCase().replace('.complexlp', '-complex')}`,
      ...ORLM,
      path: `results/${benchmark}.q2mc_en.ORLM-LLaMA-3-8B/executed.jsonl`,
      format: 'orlm-results',
      count: null,
      sha256: null,
      note: 'ORLM’s labels, with what its 8B model’s programs did',
    }),
  ),
];

/** The public set of that name, whatever its case; null where there is none. */
export function findPublicSet(name: string): PublicSet | null {
  return PUBLIC_SETS.find((set) => set.name === name.toLowerCase()) ?? null;
}

/** The public set of that name. Throws `unknown-set`, with the names there are. */
export function publicSetNamed(name: string): PublicSet {
  const set = findPublicSet(name);
  if (set !== null) return set;
  const next = `The public sets are: ${PUBLIC_SETS.map((known) => known.name).join(', ')}.`;
  throw new EvomError('problem', 'unknown-set', expected('name', 'a public set', name, next));
}

/** Where the file is downloaded from: pinned by a full commit hash. */
export function addressOf({ repository, revision, path }: PublicSet): string {
  return `https://raw.githubusercontent.com/${repository}/${revision}/${path}`;
}

/** The file's name in the benchmarks' folder. */
export function fileNameOf({ name, path }: PublicSet): string {
  return `${name}${path.slice(path.lastIndexOf('.'))}`;
}
