// SPDX-License-Identifier: Apache-2.0
// ./king bench: builds what is measured and its peers, then measures.
import path from 'node:path';
import { build, checkTools } from './build.mjs';
import { npm } from './npm.mjs';
import { home, Plain, run, say, Usage } from './plain.mjs';

const target = path.join(home, 'bench/target');

/** Ends with what Bench says: 0 when every figure keeps its limit, 1 when one does not, 2 for an unknown name. */
export async function bench(names, { rounds }) {
  if (rounds !== undefined && !/^[1-9]\d?$/.test(rounds)) throw new Usage(`--rounds wants a number from 1 to 99, not ${rounds}`);
  await checkTools();
  await build();
  say('Building what measures, and fetching its peers ...');
  const wrong = [];
  const args = ['-B', '-ntp', '-q', '-Pbench', '-DskipTests', '-Dspotless.check.skip=true', 'package', '-pl', 'bench', '-am'];
  if ((await run('mvn', args, { line: (text) => wrong.push(text) })) !== 0) {
    throw new Plain(`the build failed:\n  ${wrong.filter((text) => text.includes('ERROR')).slice(0, 12).join('\n  ')}`);
  }
  await npm(path.join(home, 'bench/peers/portkey'));
  const classes = [path.join(target, 'classes'), path.join(target, 'lib/*')].join(path.delimiter);
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const options = ['-Xmx1g', `-Dking.home=${home}`, '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];
  const measures = rounds === undefined ? names : [...names, '--rounds', rounds];
  return run(java, [...options, '-cp', classes, 'ai.king.bench.Bench', ...measures], { line: say });
}
