/**
 * The Lab extension as a Python wheel, so that `pip install` puts it into any JupyterLab: a zip of `labextension/dist` as
 * data files of the environment, and the four files that say so (packaging.python.org, "Binary distribution format").
 * The same files give the same bytes.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';

/** A distribution's name in file names; pip knows it as `evom-labextension` too. */
const NAME = 'evom_labextension';
/** The zip format has no earlier date. */
const NO_DATE = new Date(1980, 0, 1);

/** Writes the wheel into `target` and gives its path. `folder`: the built extension. */
export function writeWheel({ folder, target }) {
  const { name, version, description, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const data = `${NAME}-${version}.data/data/share/jupyter/labextensions/${name}`;
  const info = `${NAME}-${version}.dist-info`;
  const text = (...lines) => Buffer.from(`${lines.join('\n')}\n`);
  const files = {
    ...Object.fromEntries(filesIn(folder).map((path) => [`${data}/${nameOf(folder, path)}`, readFileSync(path)])),
    // JupyterLab says with it how to remove the extension.
    [`${data}/install.json`]: Buffer.from(
      JSON.stringify({
        packageManager: 'python',
        packageName: NAME,
        uninstallInstructions: `Use your Python package manager (pip, uv, conda) to uninstall ${NAME}`,
      }),
    ),
    [`${info}/METADATA`]: text(
      'Metadata-Version: 2.1',
      `Name: ${NAME}`,
      `Version: ${version}`,
      `Summary: ${description}`,
      `License: ${license}`,
      'Classifier: Framework :: Jupyter :: JupyterLab :: 4',
      'Classifier: Framework :: Jupyter :: JupyterLab :: Extensions :: Prebuilt',
    ),
    [`${info}/WHEEL`]: text('Wheel-Version: 1.0', 'Generator: evom', 'Root-Is-Purelib: true', 'Tag: py3-none-any'),
  };
  const record = Object.entries(files).map(([path, bytes]) => `${path},sha256=${digestOf(bytes)},${bytes.length}`);
  files[`${info}/RECORD`] = text(...record, `${info}/RECORD,,`);
  const path = join(target, `${NAME}-${version}-py3-none-any.whl`);
  writeFileSync(path, zipSync(files, { level: 9, mtime: NO_DATE }));
  return path;
}

function filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return paths.sort();
}

function nameOf(folder, path) {
  return relative(folder, path).split(sep).join('/');
}

function digestOf(bytes) {
  return createHash('sha256').update(bytes).digest('base64url');
}
