/**
 * tslab's converter, made to fit: one warm program of two files, the cell and what earlier cells declared, where the names
 * of the second are in scope of the first.
 *
 * tslab fixes its compiler options (not strict, older resolution of modules, JavaScript is emitted), watches whole
 * `node_modules` trees, and keeps quiet about the declarations of a cell with a type error, although that cell ran and
 * later cells use its names. So before its converter is loaded, the TypeScript that it requires is replaced by a copy with
 * two functions changed: the host has our options and our files, and every new program is kept here, so that diagnostics
 * and declarations are asked of the program itself. tslab's `convert` is never called: it would make each program twice.
 *
 * The replacement is for this thread, which has a `require` of its own.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from '@tslab/typescript-for-tslab';
import { compilerOptions } from './compiler-options.ts';
import { type LocalFiles, openLocalFiles } from './local-files.ts';
import { NEWER_LIBRARY } from './newer-library.ts';
import { resolveModules } from './resolve-modules.ts';

/** TypeScript 5.0.4 with what is not in its declarations; a few names are tslab's additions. */
export type TypeScript = typeof ts & {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  isInComment(file: ts.SourceFile, position: number): unknown;
};

/** What tslab puts before a cell and before the declarations, so that both are modules. */
export const PREFIX = 'export {};\n';

export interface Tslab {
  readonly ts: TypeScript;
  /** Offsets are of `code`. */
  readonly complete: (declarations: string, code: string, offset: number) => TslabCompletions;
  readonly inspect: (declarations: string, code: string, offset: number) => ts.QuickInfo | undefined;
  /** Makes the program. Its cell begins with {@link PREFIX}. */
  readonly view: (declarations: string, code: string) => { readonly program: ts.Program; readonly cell: ts.SourceFile };
  /** Counts from the next change of a file on. */
  readonly setStrict: (isStrict: boolean) => void;
}

export interface TslabCompletions {
  readonly start: number;
  readonly end: number;
  /** Best first. */
  readonly candidates: readonly string[];
  readonly original: ts.CompletionInfo | undefined;
}

interface Converter extends Pick<Tslab, 'complete' | 'inspect'> {
  close(): void;
}

export interface TslabOptions {
  readonly folder: string;
  /** Declarations of the kernel's globals. */
  readonly ambient: string;
}

export function loadTslab({ folder, ambient }: TslabOptions): Tslab {
  const require = createRequire(createRequire(import.meta.url).resolve('tslab'));
  const path = require.resolve('@tslab/typescript-for-tslab');
  const ts = require(path) as TypeScript;
  ts.sys.getCurrentDirectory = () => folder; // a thread cannot change its process's
  const options = compilerOptions(ts, folder);
  const files = openLocalFiles();
  let program: ts.Program | null = null;

  const createHost = (roots: string[], _: ts.CompilerOptions, system: ts.System): Host =>
    createCellHost(ts, { roots, options, system, ambient: NEWER_LIBRARY + ambient, files });
  const createWatchProgram = (host: Host): ts.WatchOfFilesAndCompilerOptions<ts.BuilderProgram> => {
    const tellTslab = host.afterProgramCreate;
    host.afterProgramCreate = (builder) => {
      program = builder.getProgram();
      program.getTypeChecker(); // binds the files: tslab walks up from a token before it asks for the checker
      tellTslab?.(builder);
    };
    return ts.createWatchProgram(host);
  };
  const loaded = require.cache[path];
  if (loaded) loaded.exports = { ...ts, createWatchCompilerHost: createHost, createWatchProgram };
  const { createConverter } = require('tslab/dist/converter.js') as { createConverter(): Converter };
  const converter = createConverter();

  return {
    ts,
    complete(declarations, code, offset) {
      files.tellChanges();
      return converter.complete(declarations, code, offset);
    },
    inspect(declarations, code, offset) {
      files.tellChanges();
      return converter.inspect(declarations, code, offset);
    },
    view(declarations, code) {
      files.tellChanges();
      converter.inspect(declarations, code, 0); // tslab's only way to a new program and nothing else
      const cell = program?.getSourceFile(join(folder, '__tslab__.ts'));
      if (!program || !cell) throw new Error('tslab made no program.');
      return { program, cell };
    },
    setStrict(isStrict) {
      options.strict = isStrict;
    },
  };
}

type Host = ts.WatchCompilerHostOfFilesAndCompilerOptions<ts.BuilderProgram> & {
  hasInvalidatedResolutions?(path: string): boolean;
};

interface HostOptions {
  /** The two files that live in tslab's memory. */
  readonly roots: readonly string[];
  readonly options: ts.CompilerOptions;
  readonly system: ts.System;
  readonly ambient: string;
  readonly files: LocalFiles;
}

/** Lies beside this file, so that what it imports is found as from here. */
const AMBIENT_FILE = join(import.meta.dirname, '__ambient__.d.ts');

function createCellHost(ts: TypeScript, { roots, options, system, ambient, files }: HostOptions): Host {
  const host = ts.createWatchCompilerHost(
    [...roots, AMBIENT_FILE],
    options,
    system,
    ts.createAbstractBuilder as ts.CreateProgram<ts.BuilderProgram>,
  ) as Host;
  const { readFile, fileExists, watchFile } = host;
  host.readFile = (path, encoding) => (path === AMBIENT_FILE ? ambient : readFile(path, encoding));
  host.fileExists = (path) => path === AMBIENT_FILE || fileExists(path);
  host.watchFile = (path, callback) => (roots.includes(path) ? watchFile(path, callback) : files.watch(path, callback));
  host.watchDirectory = () => ({ close() {} });
  host.onWatchStatusChange = () => {};
  return Object.assign(host, resolveModules(ts, host));
}
