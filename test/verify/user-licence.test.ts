import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { solvers } from '../../src/solvers/index.ts';
import { findUserLicence } from '../../src/verify/user-licence.ts';

const root = mkdtempSync(join(tmpdir(), 'evom-licence-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
/** A folder with these files, all made up. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = join(root, String(count++));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const NODE_LOCKED = '# Gurobi\nTYPE=ACADEMIC\nVERSION=13\nHOSTNAME=box\nHOSTID=abc\nKEY=ABCDEFGH\n';

describe('Gurobi', () => {
  const find = (path: string) => findUserLicence(solvers.gurobi, { GRB_LICENSE_FILE: path });

  it.each(['gurobi.lic', 'my-own-name.txt'])('a node-locked file (%s) is passed on and may be read', (name) => {
    const path = join(folderWith({ [name]: NODE_LOCKED }), name);
    expect(find(path)).toEqual({ kind: 'node-locked', environment: { GRB_LICENSE_FILE: path }, readable: [path] });
  });

  it.each([
    ['token server', 'TOKENSERVER=licences.example\nPORT=41954\n'],
    ['web licence service', 'WLSACCESSID=1\nWLSSECRET=hush\nLICENSEID=3\n'],
    ['cloud', 'CLOUDACCESSID=1\nCLOUDKEY=hush\n'],
    ['compute server', '# ours\n  computeserver = box:61000\n'],
  ])('a licence of a %s is refused, and its text is not repeated', (_, text) => {
    const path = join(folderWith({ 'gurobi.lic': text }), 'gurobi.lic');
    const licence = find(path);
    expect(licence).toMatchObject({ kind: 'refused', reason: expect.stringContaining(path) });
    expect(JSON.stringify(licence)).not.toContain('hush');
  });

  it('is none where the variable leads nowhere', () => {
    expect(find(folderWith({}))).toEqual({ kind: 'none' });
    expect(find(join(root, 'absent.lic'))).toEqual({ kind: 'none' });
  });
});

describe('COPT', () => {
  const find = (folder: string) => findUserLicence(solvers.copt, { COPT_LICENSE_DIR: folder });

  it('a node-locked pair of files is passed on as its folder', () => {
    const folder = folderWith({ 'license.dat': 'DATE = 2030\n', 'license.key': 'ABC\n' });
    expect(find(folder)).toEqual({
      kind: 'node-locked',
      environment: { COPT_LICENSE_DIR: folder },
      readable: [join(folder, 'license.dat'), join(folder, 'license.key')],
    });
  });

  it('a floating or web licence is refused', () => {
    expect(find(folderWith({ 'client.ini': '[Client]\nHost = 10.0.0.1\n' })).kind).toBe('refused');
    expect(find(folderWith({ 'client.ini': 'WebLicenseId = 5\nWebAccessKey = hush\n' })).kind).toBe('refused');
  });
});

it('a solver that needs no licence has none', () => {
  for (const name of ['highs', 'scip', 'ortools'] as const) {
    expect(findUserLicence(solvers[name], { HOME: root })).toEqual({ kind: 'none' });
  }
});
