// SPDX-License-Identifier: Apache-2.0
// A project for a plug of one's own: the reference agent under another name, or the template of a tool, with a build that
// needs nothing but the published API and kit.
import fs from 'node:fs';
import path from 'node:path';
import { checkTools } from './build.mjs';
import { home, Plain, run, say, shown, Usage } from './plain.mjs';

const templates = path.join(home, 'cnf/king/template');
const families = {
  agent: { from: 'ai.king.agent.echo', type: 'EchoAgent', suffix: 'Agent', source: path.join(home, 'bundles/agent/echo') },
  tool: { from: 'ai.king.tool.echo', type: 'EchoTool', suffix: 'Tool', source: path.join(templates, 'tool') },
};
const words = new Set(
  ('abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for ' +
    'goto if implements import instanceof int interface long native new package private protected public return short static strictfp super ' +
    'switch synchronized this throw throws transient try void volatile while true false null').split(' '),
);

export async function create([family, plug, ...more]) {
  if (!Object.hasOwn(families, family ?? '')) throw new Usage('new: what? ./king new agent acme.forecast, or ./king new tool acme.rates');
  if (!plug || more.length) throw new Usage(`new ${family}: which name? One with a dot, as acme.forecast`);
  const parts = plug.split('.');
  const wellFormed = parts.length > 1 && parts.every((part) => /^[a-z][a-z0-9]*$/.test(part) && !words.has(part)) && /^[a-z]+$/.test(parts.at(-1));
  if (!wellFormed) throw new Usage(`new ${family}: ${plug} is no name of a plug: words in lower case with dots between them, the last one letters only`);
  if (plug.startsWith('ai.king.')) throw new Usage(`new ${family}: names that begin with ai.king belong to the platform`);
  const folder = path.resolve(plug);
  if (fs.existsSync(folder)) throw new Plain(`${shown(folder)} is there already`);
  await checkTools();
  await publish();
  copy(families[family], plug, folder);
  fs.writeFileSync(path.join(folder, 'pom.xml'), pom(plug));
  fs.appendFileSync(path.join(folder, 'README.md'), shipping(plug));
  say(`${shown(folder)} is an ${family} of its own that works as it stands:`.replace('an tool', 'a tool'));
  say(`  cd ${shown(folder)}`);
  say('  mvn verify                                    builds it and runs its tests and the contract kit');
  say(`  ${shown(path.join(home, 'king'))} ship target/${plug}-1.0.0.jar   proposes it and shows how it fares`);
  return 0;
}

/** The API and the kit of this platform, in the local Maven repository. */
async function publish() {
  say('Publishing the API and the kit to the local Maven repository ...');
  const lines = [];
  const args = ['-B', '-ntp', '-q', '-DskipTests', '-Dspotless.check.skip=true', 'install', '-pl', 'bundles/api,bundles/kit', '-am'];
  const code = await run('mvn', args, { line: (line) => lines.push(line) });
  if (code !== 0) throw new Plain(`the API cannot be published:\n${lines.slice(0, 15).join('\n')}`);
}

function copy({ from, type, suffix, source }, plug, folder) {
  const short = plug.split('.').at(-1);
  const named = short[0].toUpperCase() + short.slice(1);
  const renamed = (text) =>
    text
      .replaceAll(from, plug)
      .replaceAll(type, named + suffix)
      .replaceAll(/\becho\b/g, short)
      .replaceAll(/\bEcho\b/g, named)
      .replace(/^\/\* SPDX[^\n]*\n/, '')
      .replace(/The reference agent: [^\n]*?\. \*\//, `The ${short} agent. */`);
  const java = path.join(...plug.split('.'));
  for (const file of fs.readdirSync(source, { recursive: true })) {
    const parts = file.split(path.sep);
    if (parts.includes('target') || parts.includes('pom.xml') || !fs.statSync(path.join(source, file)).isFile()) continue;
    const name = renamed(parts.at(-1));
    const place = name.endsWith('.java') ? path.join(...parts.slice(0, 3), java) : path.join(...parts.slice(0, -1));
    fs.mkdirSync(path.join(folder, place), { recursive: true });
    fs.writeFileSync(path.join(folder, place, name), renamed(fs.readFileSync(path.join(source, file), 'utf8')));
  }
  fs.writeFileSync(path.join(folder, '.gitignore'), 'target/\n');
}

/** The template with the versions that the platform itself is built with. */
function pom(plug) {
  const policy = fs.readFileSync(path.join(home, 'cnf/pom.xml'), 'utf8');
  const property = (name) => new RegExp(`<${name.replaceAll('.', '\\.')}>([^<]+)<`).exec(policy)?.[1];
  const artifact = (name) => {
    const version = new RegExp(`<artifactId>${name.replaceAll('.', '\\.')}</artifactId>\\s*<version>([^<]+)<`).exec(policy)?.[1];
    return /^\$\{(.+)\}$/.test(version ?? '') ? property(version.slice(2, -1)) : version;
  };
  const fixed = { plug, group: plug.split('.').slice(0, -1).join('.'), king: /<version>([^<]+)</.exec(policy)[1], bnd: property('bnd.version') };
  return fs.readFileSync(path.join(templates, 'pom.xml'), 'utf8').replaceAll(/@([a-z.-]+)@/g, (_, name) => {
    const value = fixed[name] ?? artifact(name);
    if (!value) throw new Plain(`cnf/pom.xml names no version of ${name}`);
    return value;
  });
}

const shipping = (plug) => `
## Ship it

\`\`\`
mvn verify
./king ship target/${plug}-1.0.0.jar
\`\`\`

The second command stands in the platform's folder. Each build stamps a version of its own; a check that fails says what to change.
`;
