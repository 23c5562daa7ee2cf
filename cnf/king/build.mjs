// SPDX-License-Identifier: Apache-2.0
// Builds what is not built. A stamp beside the distribution remembers which sources it came from.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { home, Plain, run, say, shown } from './plain.mjs';

const target = path.join(home, 'karaf-distribution/assembly/target');
const stamp = path.join(target, 'king.stamp');
export const distribution = path.join(target, 'assembly');

const sources = ['pom.xml', 'bnd.bnd', '.mvn', 'cnf', 'bundles', 'features', 'karaf-distribution/assembly'];
const skipped = new Set(['target', 'node_modules', 'test']);
/** The code of ./king itself makes nothing of the distribution; our Java packages are named king, too. */
const front = path.join(home, 'cnf/king');

function* files(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    yield file;
    return;
  }
  for (const name of fs.readdirSync(file).sort()) {
    const next = path.join(file, name);
    if (!skipped.has(name) && next !== front) yield* files(next);
  }
}

/** A digest over everything the distribution is made of; tests and documentation are not. */
export function sourceHash() {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) {
    hash.update(path.relative(home, file)).update('\0').update(fs.readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

export const sourceFiles = () =>
  sources
    .flatMap((source) => [...files(path.join(home, source))])
    .filter((file) => !file.endsWith('.md') || file.includes('/src/'))
    // What the compiler was called with, which Maven leaves beside a pom now and then.
    .filter((file) => !/^javac\.\w+\.args$/.test(path.basename(file)));

const version = (text) => Number((/version "?(?:1\.)?(\d+)/.exec(text) ?? [])[1]);

export async function checkTools() {
  const need = async (program, args, what) => {
    let text = '';
    try {
      await run(program, args, { line: (l) => (text += `${l}\n`) });
    } catch {
      throw new Plain(`${what} is needed and ${program} is not there`);
    }
    return text;
  };
  const java = version(await need('java', ['-version'], 'JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)'));
  if (!(java >= 17)) throw new Plain(`JDK 17 or newer is needed, java is ${java}`);
  await need('javac', ['-version'], 'a JDK, not only a JRE (Debian: apt-get install openjdk-17-jdk-headless)');
  await need('mvn', ['--version'], 'Maven 3.8 or newer (Debian: apt-get install maven)');
}

/** One line for each module as Maven comes to it; everything else goes to a log file. */
export function progress(log) {
  const out = fs.openSync(log, 'w');
  const errors = [];
  return {
    errors,
    close: () => fs.closeSync(out),
    line(text) {
      const plain = text.replace(/\x1b\[[0-9;]*m/g, '');
      fs.writeSync(out, `${plain}\n`);
      const module = /^\[INFO\] Building (.+?) \S+\s+\[(\d+\/\d+)\]/.exec(plain);
      if (module) say(`  [${module[2].padStart(7)}] ${module[1]}`);
      if (plain.startsWith('[ERROR]')) errors.push(plain.slice(8));
    },
  };
}

export async function build() {
  const now = sourceHash();
  const built = fs.existsSync(distribution) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === now;
  if (built) return false;
  await checkTools();
  say('Building (the first time Maven also fetches what it needs) ...');
  const log = path.join(home, '.king/build.log');
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const shownProgress = progress(log);
  const args = ['-B', '-ntp', '-T1C', '-DskipTests', '-Dspotless.check.skip=true', 'package']
    .concat(['-pl', 'karaf-distribution/assembly', '-am']);
  const code = await run('mvn', args, { line: shownProgress.line });
  shownProgress.close();
  if (code !== 0) {
    const first = shownProgress.errors.filter((e) => e.trim()).slice(0, 12).join('\n  ');
    throw new Plain(`the build failed:\n  ${first}\nThe whole output: ${shown(log)}`);
  }
  stamped(now);
  return true;
}

/** Remembers that the distribution is built from these sources. */
export const stamped = (hash) => fs.writeFileSync(stamp, hash);
