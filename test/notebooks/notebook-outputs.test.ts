import { expect, test } from 'vitest';
import { cleanNotebook, complaintIn, firstDifference, type Notebook } from '../../binder/notebook-outputs.mjs';

function notebook(...outputs: readonly unknown[]): Notebook {
  const cell = { cell_type: 'code', source: '%verify', metadata: { execution: 1 }, outputs };
  const text = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  return cleanNotebook(text, ['/home/somebody/evom']);
}

const shown = (data: object, output_type = 'display_data'): unknown => ({ output_type, data });

test('folders of the machine and what Jupyter noted of the run are left out', () => {
  expect(notebook(shown({ 'text/plain': '/home/somebody/evom/policies' })).cells[0]).toMatchObject({
    metadata: {},
    outputs: [{ data: { 'text/plain': './policies' } }],
  });
});

test('times, memory, pictures and how an output came make no difference', () => {
  const data = (ms: number): object => ({ rows: [{ cpuMs: ms, objective: 5 }] });
  const before = notebook(shown({ 'image/png': 'a', 'text/plain': '3 ms of 10.0 s, 20 MiB', own: data(3) }));
  const now = notebook(
    shown({ 'image/png': 'b', 'text/plain': '41 ms of 10.0 s, 9 MiB', own: data(41) }, 'execute_result'),
  );
  expect(firstDifference(before, now)).toBeNull();
});

test('another number makes one, and so does another output', () => {
  const before = notebook(shown({ 'text/plain': 'optimal 4700' }));
  expect(firstDifference(before, notebook(shown({ 'text/plain': 'optimal 4800' })))).toContain('cell 0');
  expect(firstDifference(before, notebook())).toContain('cell 0');
});

test('a complaint about types is found', () => {
  expect(complaintIn(notebook({ output_type: 'stream', name: 'stderr', text: ['TS7006 …'] }))).toBe('TS7006 …');
  expect(complaintIn(notebook({ output_type: 'stream', name: 'stdout', text: 'fine' }))).toBeNull();
});
