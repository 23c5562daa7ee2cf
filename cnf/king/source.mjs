// SPDX-License-Identifier: Apache-2.0
// A folder of source as a proposal carries it: the text of each file of one agent, which the platform builds in its jail.
import fs from 'node:fs';
import path from 'node:path';
import { Plain, Usage } from './plain.mjs';

const single = ['bnd.bnd', 'README.md', 'specification.txt'];
const roots = ['src/main/java', 'src/test/java', 'src/main/resources', 'src/main/cfg'];
const main = 'src/main/java/';

/** The change of a proposal of the kind SOURCE, and what of the folder is no part of it. */
export function sourceOf(folder) {
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) throw new Usage(`ship: ${folder} is no folder of source`);
  const paths = [...single.filter((name) => isFile(path.join(folder, name))), ...roots.flatMap((root) => below(folder, root))];
  const packages = new Set(paths.filter((one) => one.startsWith(main) && one.endsWith('.java')).map((one) => path.posix.dirname(one.slice(main.length))));
  if (packages.size !== 1) {
    const found = packages.size ? `java in ${packages.size} packages (${[...packages].join(', ')})` : `no java under ${main}`;
    throw new Plain(`${folder} holds ${found}; source is one agent in one package: ${main}acme/forecast/ForecastAgent.java makes acme.forecast`);
  }
  const plug = [...packages][0].replaceAll('/', '.');
  const files = Object.fromEntries(paths.map((one) => [one, text(path.join(folder, one))]));
  const left = fs.readdirSync(folder).filter((name) => !single.includes(name) && !['src', 'target'].includes(name) && !name.startsWith('.'));
  return { change: { plug, files }, left: left.sort() };
}

/** Whether a folder is source and no project with a build of its own. */
export const isSource = (folder) => fs.existsSync(path.join(folder, 'src/main/java')) && !fs.existsSync(path.join(folder, 'pom.xml'));

const isFile = (file) => fs.lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

function below(folder, root) {
  const start = path.join(folder, root);
  if (!fs.existsSync(start)) return [];
  return fs
    .readdirSync(start, { recursive: true })
    .map((name) => `${root}/${name.split(path.sep).join('/')}`)
    .filter((name) => isFile(path.join(folder, name)))
    .sort();
}

function text(file) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(file));
  } catch {
    throw new Plain(`${file} is no text: source carries text files only; ship a jar for the rest`);
  }
}
