import { describe, expect, test } from 'vitest';
import { detectFormat, FORMATS, formatNamed } from '../../../src/problems/formats/detect.ts';
import type { FormatName, Row } from '../../../src/problems/formats/format.ts';

/** One made-up row per format, with the fields of the published file. */
const SAMPLES: readonly {
  readonly name: FormatName;
  readonly row: Row;
  readonly id: string | null;
  readonly label: unknown;
}[] = [
  { name: 'sirl', row: { en_question: 'q', en_answer: '7.0' }, id: null, label: '7.0' },
  { name: 'sirl', row: { en_question: 'q', en_answer: '7', difficulty: 'Easy', id: 3 }, id: '3', label: '7' },
  { name: 'sirl', row: { id: 4, ch_question: 'q', en_answer: 7 }, id: '4', label: 7 },
  {
    name: 'mamo',
    row: { id: 1, Question: 'q', Answer: '7', Category: 'optimization', Type: 'easy_lp' },
    id: '1',
    label: '7',
  },
  { name: 'or-instruct', row: { question: 'q', answer: '7' }, id: null, label: '7' },
  { name: 'plain', row: { id: 'mine/1', text: 'q', answer: 7 }, id: 'mine/1', label: 7 },
  {
    name: 'plain',
    row: { id: 'run/1', solver: 'copt', program: 'x = 1', problem: 'q', answer: 7 },
    id: 'run/1',
    label: 7,
  },
  {
    name: 'resocratic',
    row: {
      question: 'q',
      results: { 'Number of lamps': '2.0', 'Total profit': '7.0' },
      code: 'x',
      type: 'linear',
      index: 0,
    },
    id: '0',
    label: '7.0',
  },
  {
    name: 'orlm-results',
    row: {
      source: 's',
      en_question: 'q',
      en_answer: 7,
      to_run_script: 'x = 1',
      execution_result: '',
      execution_best_solution: '7.0',
      execution_state: 'Execution Successful and Best Solution Found',
    },
    id: null,
    label: 7,
  },
];

describe('detectFormat', () => {
  test.each(SAMPLES)('tells $name by its fields and reads id, text and label', ({ name, row, id, label }) => {
    const format = detectFormat([row]);
    expect(format?.name).toBe(name);
    expect(format?.read(row)).toMatchObject({ id, text: 'q', label });
  });

  test('every format has a sample here and can be named', () => {
    for (const { name } of FORMATS) {
      expect(SAMPLES.map((sample) => sample.name)).toContain(name);
      expect(formatNamed(name)?.name).toBe(name);
    }
    expect(formatNamed('none')).toBeUndefined();
  });

  test('one odd row at the top decides nothing', () => {
    const rows = [{ text: 'q', answer: 1 }, ...Array.from({ length: 3 }, () => ({ en_question: 'q', en_answer: 1 }))];
    expect(detectFormat(rows)?.name).toBe('sirl');
  });

  test('rows without a label (prompt and completion) are in no format', () => {
    expect(detectFormat([{ prompt: 'p', completion: 'c' }])).toBeNull();
    expect(detectFormat([])).toBeNull();
  });
});

describe('labels of -99999', () => {
  test.each([-99999, -99999.0, '-99999', '-99999.0'])('SIRL’s %j is no solution, as its README says', (label) => {
    expect(formatNamed('sirl')?.read({ en_question: 'q', en_answer: label }).label).toBe('No Best Solution');
  });

  test('-9999 and an empty label stay as they are', () => {
    expect(formatNamed('sirl')?.read({ en_question: 'q', en_answer: '-9999' }).label).toBe('-9999');
    expect(formatNamed('sirl')?.read({ en_question: 'q', en_answer: '' }).label).toBe('');
  });

  test('ORLM’s result files keep them as numbers, as ORLM’s evaluation does', () => {
    const row = { en_question: 'q', en_answer: -99999, execution_best_solution: null };
    expect(formatNamed('orlm-results')?.read(row).label).toBe(-99999);
  });
});
