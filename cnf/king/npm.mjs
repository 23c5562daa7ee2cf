// SPDX-License-Identifier: Apache-2.0
// What tests and measures need from npm: exactly what a folder's lock says, without running any script of a package.
import fs from 'node:fs';
import path from 'node:path';
import { run, say, shown } from './plain.mjs';

export const onPath = (program) =>
  (process.env.PATH ?? '').split(':').some((folder) => folder && fs.existsSync(path.join(folder, program)));

export async function npm(folder) {
  const installed = fs.statSync(path.join(folder, 'node_modules/.package-lock.json'), { throwIfNoEntry: false });
  if (installed && installed.mtimeMs >= fs.statSync(path.join(folder, 'package-lock.json')).mtimeMs) return;
  if (!onPath('npm')) {
    say(`npm is not there, so what ${shown(folder)} is for will be left out`);
    return;
  }
  say(`Installing what ${shown(folder)} needs ...`);
  const code = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  if (code !== 0) say(`  npm failed with ${code}; what it is for will be left out`);
}
