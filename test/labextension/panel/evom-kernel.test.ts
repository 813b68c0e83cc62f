import { expect, test } from 'vitest';
import { evomKernelName } from '../../../labextension/src/panel/evom-kernel.ts';

test('the kernel is found by its name, else by its title, or is not there', () => {
  const spec = (name: string, title: string) => ({ [name]: { name, display_name: title } });
  const named = (...specs: object[]) =>
    evomKernelName({ default: '', kernelspecs: Object.assign({}, ...specs) } as never);
  expect(named(spec('python3', 'Python 3'), spec('evom', 'TypeScript (EVOM)'))).toBe('evom');
  expect(named(spec('mine', 'TypeScript (EVOM): mine'))).toBe('mine');
  expect(named(spec('python3', 'Python 3'))).toBeNull();
  expect(evomKernelName(null)).toBeNull();
});
