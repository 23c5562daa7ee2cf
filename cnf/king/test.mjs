// SPDX-License-Identifier: Apache-2.0
// ./king test: everything, from nothing, and one line at the end that says how it went.
import fs from 'node:fs';
import path from 'node:path';
import { checkTools, progress, sourceHash, stamped } from './build.mjs';
import { npm, onPath } from './npm.mjs';
import { home, run, say, shown } from './plain.mjs';

/** Debian packages that some tests need; without them those tests are skipped and say so. */
const packages = { bwrap: 'bubblewrap', cc: 'gcc libc6-dev', ssh: 'openssh-client', chromedriver: 'chromium chromium-driver', 'redis-server': 'redis-server' };

export async function test() {
  await checkTools();
  await install();
  const began = Date.now();
  const script = await scriptTests();
  say('Building and testing every module ...');
  const log = path.join(home, '.king/test.log');
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const shownProgress = progress(log);
  const hash = sourceHash();
  // A test that fails is run once more, and named when it passes then: it is to be mended, but says nothing of this change.
  const again = ['-Dsurefire.rerunFailingTestsCount=1', '-Dfailsafe.rerunFailingTestsCount=1'];
  const walls = ['-Dsurefire.timeout=1500', '-Dfailsafe.timeout=2700'];
  const args = ['-B', '-ntp', '-T1C', '-fae', '-Dmaven.test.failure.ignore=true', ...again, ...walls, 'verify'];
  const running = classes();
  let told = Promise.resolve();
  const watch = setInterval(() => (told = stuck(running, shownProgress.line)), 60_000);
  const code = await run('mvn', args, {
    line(text) {
      shownProgress.line(text);
      running.line(text);
    },
  }).finally(() => clearInterval(watch));
  await told;
  shownProgress.close();
  const counts = summed(began, script);
  for (const name of running.open.keys()) {
    counts.failed++;
    counts.failures.push(`${name} did not end`);
  }
  if (code === 0) stamped(hash);
  else say(`Maven failed:\n  ${shownProgress.errors.filter((e) => e.trim()).slice(0, 15).join('\n  ')}`);
  for (const failure of counts.failures) say(`FAILED  ${failure}`);
  for (const name of counts.flaky) say(`FLAKY   ${name}, passed when it was run again`);
  for (const [reason, names] of counts.skips) say(`skipped ${names.length}: ${reason}`);
  say(`The whole output: ${shown(log)}, ${Math.round((Date.now() - began) / 1000)} s`);
  say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return code === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

/** How long a class of tests may run before people are told, with what its JVM's threads do. */
const PATIENCE = 10 * 60_000;

/**
 * The classes of tests that have begun and not ended, by what Maven says: one whose JVM was stopped at its limit writes no
 * report, and with `maven.test.failure.ignore` Maven calls that a success.
 */
export function classes() {
  const open = new Map();
  return {
    open,
    line(text) {
      const began = /\bRunning (ai\.king\.[\w.$]+)\s*$/.exec(text);
      const ended = /\bTests run: .*, Time elapsed: ([\d.]+) s\b.* in (ai\.king\.[\w.$]+)/.exec(text);
      if (began) open.set(began[1], { since: Date.now(), told: false });
      if (ended) open.delete(ended[2]);
      if (ended?.[2].endsWith('IT')) say(`            ${ended[2].replace(/.*\./, '')}, ${Math.round(ended[1])} s`);
    },
  };
}

/** Names what runs for too long, once, with where its thread is; all threads of the JVMs with tests go to the log. */
async function stuck(running, line) {
  const late = [...running.open].filter(([, one]) => !one.told && Date.now() - one.since > PATIENCE);
  if (!late.length) return;
  for (const [name, one] of late) {
    one.told = true;
    say(`  ${name} has run for ${Math.round((Date.now() - one.since) / 60_000)} min`);
  }
  const dump = [];
  await run('jcmd', ['surefire', 'Thread.print'], { line: (text) => dump.push(text) }).catch((e) => dump.push(e.message));
  dump.forEach(line);
  for (const where of whereabouts(dump)) say(`    ${where}`);
}

/** Of each JVM's main thread, the first three calls of ours. */
export function whereabouts(dump) {
  const found = [];
  let left = 0;
  for (const text of dump) {
    if (text.startsWith('"')) left = text.startsWith('"main"') ? 3 : 0;
    else if (left > 0 && /^\s+at ai\.king\./.test(text)) {
      found.push(text.trim());
      left--;
    }
  }
  return found;
}

/** Folders of tests with packages from npm; without them those tests are skipped and say so. */
const clients = ['bundles/door/gateway/src/test/node', 'bundles/memory/pgvector/src/test/node', 'bundles/lib/wire/src/test/node'];

async function install() {
  await debian();
  for (const folder of clients) await npm(path.join(home, folder));
}

async function debian() {
  const missing = Object.entries(packages).filter(([program]) => !onPath(program));
  if (!missing.length) return;
  const names = missing.flatMap(([, name]) => name.split(' '));
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    say(`Not installed, so some tests will be skipped: ${names.join(' ')}`);
    return;
  }
  say(`Installing ${names.join(' ')} ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['-qq', 'update'], { env });
  const code = await run('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', ...names], { env });
  if (code !== 0) say(`  apt-get failed with ${code}; some tests will be skipped`);
}

/** The tests of this script itself, by Node's own runner. */
async function scriptTests() {
  say('Testing the script ...');
  const folder = path.join(home, 'cnf/king/test');
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).map((name) => path.join(folder, name));
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  await run(process.execPath, ['--test', '--test-reporter=tap', ...files], {
    line(text) {
      const total = /^# (pass|fail|skipped) (\d+)$/.exec(text);
      if (total) counts[{ pass: 'passed', fail: 'failed', skipped: 'skipped' }[total[1]]] = Number(total[2]);
      const failure = /^\s*not ok \d+ - (.*)$/.exec(text);
      if (failure) counts.failures.push(`king: ${failure[1]}`);
    },
  });
  return counts;
}

function* reports(folder, depth = 0) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !['node_modules', 'src', '.git', 'assembly', 'exam'].includes(entry.name)) {
      if (depth < 7) yield* reports(file, depth + 1);
    } else if (/^TEST-.*\.xml$/.test(entry.name) && /(surefire|failsafe)-reports$/.test(folder)) {
      yield file;
    }
  }
}

/** Sums the reports that were written since `began`. */
export function summed(began, script) {
  const counts = { ...script, skips: new Map(), flaky: [] };
  for (const file of ['bundles', 'features', 'karaf-distribution', 'bench'].flatMap((name) => {
    const folder = path.join(home, name);
    return fs.existsSync(folder) ? [...reports(folder)] : [];
  })) {
    if (fs.statSync(file).mtimeMs >= began) add(counts, fs.readFileSync(file, 'utf8'));
  }
  return counts;
}

const entities = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };
const unescaped = (text) =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (all, number, name) => (number ? String.fromCodePoint(Number(number)) : (entities[name] ?? all)));
const attribute = (text, name) => {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1];
  return value === undefined ? undefined : unescaped(value);
};

/** The start of what a failed test said: enough to know where to look, also where the log itself is out of reach. */
function why(body) {
  const text = unescaped(/<(?:failure|error)\b[^>]*>(?:<!\[CDATA\[)?([\s\S]*?)(?:\]\]>)?<\/(?:failure|error)>/.exec(body)?.[1] ?? '');
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  const said = lines.filter((line) => !line.startsWith('at ')).slice(0, 6);
  const ours = lines.filter((line) => /^at (app\/\/)?ai\.king\./.test(line)).slice(0, 3);
  return [...said, ...ours].map((line) => `\n          ${line.slice(0, 400)}`).join('');
}

/** Adds one report's test cases to the counts. */
export function add(counts, xml) {
  for (const [, head, self, body = ''] of xml.matchAll(/<testcase\b([^>]*?)(?:(\/)>|>([\s\S]*?)<\/testcase>)/g)) {
    const name = `${attribute(head, 'classname')}.${attribute(head, 'name')}`;
    const skipped = /<skipped\b([^>]*)>(?:<!\[CDATA\[[\w.]+: (?:Assumption failed: )?(.*))?/.exec(body);
    if (!self && /<(failure|error)\b/.test(body)) {
      counts.failed++;
      counts.failures.push(name + why(body));
    } else if (skipped) {
      counts.skipped++;
      const reason = attribute(skipped[1], 'message') ?? skipped[2] ?? 'no reason given';
      counts.skips.set(reason, [...(counts.skips.get(reason) ?? []), name]);
    } else {
      counts.passed++;
      if (!self && /<flaky(Failure|Error)\b/.test(body)) counts.flaky.push(name);
    }
  }
}
