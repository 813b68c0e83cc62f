/** The module at `path` from the module `from`, without its extension: `.ts` in a clone, `.js` in a package. */
export function siblingModule(path: string, from: string): URL {
  return new URL(`${path}.${from.endsWith('.ts') ? 'ts' : 'js'}`, from);
}
