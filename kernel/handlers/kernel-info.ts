import { createRequire } from 'node:module';
import { evomVersion } from '../../src/evom-version.ts';
import { type JsonObject, PROTOCOL_VERSION } from '../wire/message.ts';

export const KERNEL_NAME = 'TypeScript (EVOM)';

/** Who this is, what it speaks, and what it can not do: there is no debugger. */
export function kernelInfo(): JsonObject {
  const version = evomVersion();
  return {
    protocol_version: PROTOCOL_VERSION,
    implementation: 'evom',
    implementation_version: version,
    banner: `EVOM ${version}: TypeScript with generate, verify, reward, update. %lsmagic lists the magics.`,
    debugger: false,
    supported_features: [],
    help_links: [],
    language_info: {
      name: 'typescript',
      version: compilerVersion(),
      mimetype: 'text/x-typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { name: 'javascript', typescript: true },
      nbconvert_exporter: 'script',
    },
  };
}

/** TypeScript's, as the type checker has it; what declares the version is read, since the compiler takes long to load. */
function compilerVersion(): string {
  const require = createRequire(import.meta.url);
  return (require('@tslab/typescript-for-tslab/package.json') as { readonly version: string }).version;
}
