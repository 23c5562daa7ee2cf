// SPDX-License-Identifier: Apache-2.0
// What every command shares: how failures are told, and small helpers for files and programs.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A failure that a person caused or can mend: told in one line, without a stack trace. */
export class Plain extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

/** Wrong use of the command line. */
export class Usage extends Plain {
  constructor(message) {
    super(`${message}\nSee ./king help.`, 2);
  }
}

export const say = (line = '') => console.log(line);

export const later = (millis) => new Promise((done) => setTimeout(done, millis));

export const shown = (file) => {
  const relative = path.relative(process.cwd(), file);
  return relative && !relative.startsWith('..') ? relative : file;
};

export function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (e) {
    if (e.code === 'ENOENT' || e.code === 'ENOTDIR') return undefined;
    throw new Plain(`cannot read ${file}: ${e.message}`);
  }
}

/** Writes a file that only its owner may read, whole or not at all. */
export function writeSecret(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}`;
  fs.writeFileSync(beside, text, { mode: 0o600 });
  fs.renameSync(beside, file);
}

/** Runs a program, hands every line of its output to `line`, and answers its exit code. */
export function run(program, args, { line = () => {}, cwd = home, env = process.env, detachedInput = true } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd, env, stdio: [detachedInput ? 'ignore' : 'inherit', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        lines.forEach(line);
      });
      stream.on('end', () => rest && line(rest));
    }
    child.on('error', (e) =>
      failed(e.code === 'ENOENT' ? new Plain(`${program} is needed and not installed`) : e));
    child.on('close', (code, signal) => done(signal ? 128 : code));
  });
}
