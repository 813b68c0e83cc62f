import { expect, it } from 'vitest';
import { unreadableSection } from '../../../src/verify/certificate/mps.ts';

const LINEAR =
  'NAME model\nOBJSENSE\n    MAX\nROWS\n N  OBJ\n L  SOS\nCOLUMNS\n    GENCON  OBJ  1\nRHS\nBOUNDS\nENDATA\n';

it('finds nothing unreadable in a linear or quadratic model, whatever its names are', () => {
  expect(unreadableSection(LINEAR)).toBeNull();
  expect(unreadableSection(LINEAR.replace('RHS', 'RANGES\n R  C  1\nRHS'))).toBeNull();
  expect(unreadableSection(LINEAR.replace('ENDATA', 'QUADOBJ\n X X 2\nENDATA'))).toBeNull();
  expect(unreadableSection(LINEAR.replaceAll('\n', '\r\n'))).toBeNull();
  expect(unreadableSection('* COMMENT\nname small\nendata\n')).toBeNull();
  expect(unreadableSection('')).toBeNull();
});

it.each(['SOS', 'SOS1', 'QCMATRIX', 'GENCONS', 'INDICATORS', 'CSECTION', 'PWLOBJ', 'LAZYCONS', 'NAMES', 'rangesX'])(
  'names %s, which a reader would drop silently',
  (section) => {
    expect(unreadableSection(LINEAR.replace('ENDATA', `${section} x\nENDATA`))).toBe(section);
  },
);

it('searches 24 MiB of section lines without holding up Node', () => {
  const started = performance.now();
  expect(unreadableSection('ROWS\n'.repeat(5 << 20))).toBeNull();
  expect(performance.now() - started).toBeLessThan(1_000);
});
