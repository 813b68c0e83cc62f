/**
 * What Node has and the libraries of TypeScript 5.0 do not declare: ECMAScript 2023 to 2025, `using`, WebAssembly. Where
 * Node's own types declare it too, theirs and these are the same.
 *
 * Not covered: `Float16Array`, resizable buffers, `Atomics.waitAsync`.
 */
export const NEWER_LIBRARY: string = `
interface Array<T> {
  toReversed(): T[];
  toSorted(compareFn?: (a: T, b: T) => number): T[];
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  with(index: number, value: T): T[];
}
interface ReadonlyArray<T> {
  toReversed(): T[];
  toSorted(compareFn?: (a: T, b: T) => number): T[];
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  with(index: number, value: T): T[];
}
interface ArrayConstructor {
  fromAsync<T>(items: AsyncIterable<T> | Iterable<T | PromiseLike<T>> | ArrayLike<T | PromiseLike<T>>): Promise<T[]>;
  fromAsync<T, U>(items: AsyncIterable<T> | Iterable<T> | ArrayLike<T>, map: (value: Awaited<T>, index: number) => U): Promise<Awaited<U>[]>;
}
${['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64']
  .map((kind) => typedArray(`${kind}Array`, 'number'))
  .join('\n')}
${['BigInt64', 'BigUint64'].map((kind) => typedArray(`${kind}Array`, 'bigint')).join('\n')}
interface ObjectConstructor {
  groupBy<K extends PropertyKey, T>(items: Iterable<T>, key: (item: T, index: number) => K): Partial<Record<K, T[]>>;
}
interface MapConstructor {
  groupBy<K, T>(items: Iterable<T>, key: (item: T, index: number) => K): Map<K, T[]>;
}
interface PromiseConstructor {
  withResolvers<T>(): PromiseWithResolvers<T>;
  try<T, U extends unknown[]>(call: (...given: U) => T | PromiseLike<T>, ...given: U): Promise<Awaited<T>>;
}
interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve: (value: T | PromiseLike<T>) => void;
  reject: (reason?: any) => void;
}
interface String {
  isWellFormed(): boolean;
  toWellFormed(): string;
}
interface RegExpConstructor {
  escape(text: string): string;
}
interface ErrorConstructor {
  isError(value: unknown): value is Error;
}
${['Set<T>', 'ReadonlySet<T>'].map(setMethods).join('\n')}
interface ReadonlySetLike<T> {
  keys(): Iterator<T>;
  has(value: T): boolean;
  readonly size: number;
}
interface IterableIterator<T> {
  map<U>(call: (value: T, index: number) => U): IterableIterator<U>;
  filter<S extends T>(test: (value: T, index: number) => value is S): IterableIterator<S>;
  filter(test: (value: T, index: number) => unknown): IterableIterator<T>;
  take(limit: number): IterableIterator<T>;
  drop(count: number): IterableIterator<T>;
  flatMap<U>(call: (value: T, index: number) => Iterator<U> | Iterable<U>): IterableIterator<U>;
  reduce(call: (sum: T, value: T, index: number) => T): T;
  reduce<U>(call: (sum: U, value: T, index: number) => U, initial: U): U;
  toArray(): T[];
  forEach(call: (value: T, index: number) => void): void;
  some(test: (value: T, index: number) => unknown): boolean;
  every(test: (value: T, index: number) => unknown): boolean;
  find<S extends T>(test: (value: T, index: number) => value is S): S | undefined;
  find(test: (value: T, index: number) => unknown): T | undefined;
}
interface Generator<T> extends IterableIterator<T> {}
interface ImportCallOptions {
  with?: Record<string, string>;
}
interface SymbolConstructor {
  readonly dispose: unique symbol;
  readonly asyncDispose: unique symbol;
}
interface Disposable {
  [Symbol.dispose](): void;
}
interface AsyncDisposable {
  [Symbol.asyncDispose](): PromiseLike<void>;
}
interface SuppressedError extends Error {
  error: any;
  suppressed: any;
}
declare var SuppressedError: new (error: any, suppressed: any, message?: string) => SuppressedError;
interface DisposableStack extends Disposable {
  readonly disposed: boolean;
  dispose(): void;
  use<T extends Disposable | null | undefined>(value: T): T;
  adopt<T>(value: T, onDispose: (value: T) => void): T;
  defer(onDispose: () => void): void;
  move(): DisposableStack;
}
declare var DisposableStack: new () => DisposableStack;
interface AsyncDisposableStack extends AsyncDisposable {
  readonly disposed: boolean;
  disposeAsync(): Promise<void>;
  use<T extends AsyncDisposable | Disposable | null | undefined>(value: T): T;
  adopt<T>(value: T, onDispose: (value: T) => PromiseLike<void> | void): T;
  defer(onDispose: () => PromiseLike<void> | void): void;
  move(): AsyncDisposableStack;
}
declare var AsyncDisposableStack: new () => AsyncDisposableStack;
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, Function | Global | Memory | Table | number>>;
  class Module { constructor(bytes: BufferSource); }
  class Instance { constructor(module: Module, imports?: Imports); readonly exports: Record<string, any>; }
  class Memory { constructor(size: { initial: number; maximum?: number; shared?: boolean }); readonly buffer: ArrayBuffer; grow(pages: number): number; }
  class Table { constructor(size: { element: 'anyfunc' | 'externref'; initial: number; maximum?: number }); readonly length: number; get(index: number): any; set(index: number, value?: any): void; }
  class Global { constructor(type: { value: string; mutable?: boolean }, value?: any); value: any; }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
  type BufferSource = ArrayBufferView | ArrayBuffer;
  function compile(bytes: BufferSource): Promise<Module>;
  function validate(bytes: BufferSource): boolean;
  function instantiate(bytes: BufferSource, imports?: Imports): Promise<{ module: Module; instance: Instance }>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}
`;

function typedArray(name: string, element: string): string {
  return `interface ${name} {
  toReversed(): ${name};
  toSorted(compareFn?: (a: ${element}, b: ${element}) => number): ${name};
  with(index: number, value: ${element}): ${name};
}`;
}

function setMethods(type: string): string {
  return `interface ${type} {
  union<U>(other: ReadonlySetLike<U>): Set<T | U>;
  intersection<U>(other: ReadonlySetLike<U>): Set<T & U>;
  difference<U>(other: ReadonlySetLike<U>): Set<T>;
  symmetricDifference<U>(other: ReadonlySetLike<U>): Set<T | U>;
  isSubsetOf(other: ReadonlySetLike<unknown>): boolean;
  isSupersetOf(other: ReadonlySetLike<unknown>): boolean;
  isDisjointFrom(other: ReadonlySetLike<unknown>): boolean;
}`;
}
