// SPDX-License-Identifier: Apache-2.0
// The command line: which command, which options, and how a failure ends.
import { parseArgs } from 'node:util';
import { bench } from './bench.mjs';
import { build } from './build.mjs';
import { chat } from './chat.mjs';
import { approve, goal, pause, resume, ship, shell, task, user } from './commands.mjs';
import { Data, logs, start, status, stop } from './node.mjs';
import { create } from './new.mjs';
import { Plain, say, Usage } from './plain.mjs';
import { runSample } from './run.mjs';
import { test } from './test.mjs';

const help = `King AI

  ./king run [--once] [--goal "..."] [--business DIR] [--port N] [--data DIR]
                        builds what is not built, starts, imports the sample business, works on the goal,
                        prints the report; stays up, or with --once ends after the report
  ./king start [--port N] [--data DIR] [--retry]      builds and starts in the background
  ./king stop | status | logs [--follow]              of the node on the data folder
  ./king goal "..." [--business NAME]                 files a goal and shows its steps
  ./king goal --list | --show ID | --cancel ID        the newest goals, one with its steps and report, the end of one
  ./king task AGENT "..." [--business NAME] [key=value ...]   asks one agent for one thing, and shows its answer
  ./king pause | resume                               no effect, generation or step of a proposal starts on any node; or again
  ./king chat ["..."] [--business NAME] [--conversation ID]   asks or orders in words; without words line by line
  ./king approve [ID [--reject] [--notes "..."]]      shows what waits for a person, or votes
  ./king new agent|tool NAME                          a project for a plug of your own, as acme.forecast, that builds alone
  ./king ship JAR [--tests JAR] [--title "..."]       proposes a bundle for the running platform, with the tests beside it
  ./king ship FOLDER                                  the same, builds the plug in the folder first
  ./king ship [--source] FOLDER                       proposes source: without a pom.xml, or with --source, the jail builds it
  ./king ship --plug PID --name NAME key=value ...    proposes a configuration
  ./king ship --promote|--abort|--rollback|--show ID  ends a trial, undoes a proposal, shows one
  ./king ship --patch ID                              the approved patch of an INFRASTRUCTURE proposal, as it is
  ./king ship --follow ID                             shows a proposal as it goes on, until it ends
  ./king user [list] | add NAME --roles a,b | password NAME | remove NAME
  ./king shell [COMMAND]                              Karaf's shell over SSH, open only as long as it is used
  ./king bench [NAME...] [--rounds N]                 measures: boot pages steps lease sample swaps rollback campaign agents jail mutants gateway react prefixes memory; one table
  ./king test                                         builds and tests everything; last line: N passed, N failed, N skipped

Options for all: --data DIR (default .king/data), --user NAME (asks for the password once and keeps a token).
Environment: KING_ADMIN_PASSWORD (first password of admin), KING_PASSWORD (instead of asking),
KING_NEW_PASSWORD (for user add and password), KING_HEAP, KING_JAVA_OPTS.
`;

const text = { type: 'string' };
const flag = { type: 'boolean' };
const common = { data: text, user: text, port: text };
const commands = {
  run: [{ once: flag, goal: text, business: text }, 0, (d, o) => runSample(d, o)],
  start: [{ retry: flag }, 0, startInBackground],
  stop: [{}, 0, async (d) => say((await stop(d)) ? 'stopped' : `no node runs on ${d.folder}`)],
  status: [{}, 0, (d) => status(d)],
  logs: [{ follow: flag }, 0, (d, o) => logs(d, o.follow)],
  goal: [{ business: text, list: flag, show: text, cancel: text }, 1, (d, o, [words]) => goal(d, o, words)],
  task: [{ business: text }, 99, (d, o, words) => task(d, o, words)],
  pause: [{}, 0, (d, o) => pause(d, o)],
  resume: [{}, 0, (d, o) => resume(d, o)],
  chat: [{ business: text, conversation: text }, 1, (d, o, [words]) => chat(d, o, words)],
  approve: [{ reject: flag, notes: text }, 1, (d, o, [id]) => approve(d, o, id)],
  ship: [
    {
      tests: text, source: flag, title: text, plug: text, name: text, placement: text,
      promote: text, abort: text, rollback: text, withdraw: text, show: text, follow: text, patch: text,
    },
    99,
    (d, o, words) => ship(d, o, words),
  ],
  new: [{}, 99, (d, o, words) => create(words)],
  user: [{ roles: text }, 2, (d, o, words) => user(d, o, words)],
  shell: [{}, 99, (d, o, words) => shell(d, o, words)],
  build: [{}, 0, async () => say((await build()) ? 'built' : 'nothing to build')],
  test: [{}, 0, () => test()],
  bench: [{ rounds: text }, 99, (d, o, names) => bench(names, o)],
};

async function startInBackground(data, options) {
  await build();
  const { port, pid } = await start(data, options);
  say(`running: process ${pid}, http://127.0.0.1:${port}. ./king stop ends it.`);
}

function parsed(name, args) {
  const [options, most] = commands[name];
  let found;
  try {
    found = parseArgs({ args, options: { ...common, ...options }, allowPositionals: true });
  } catch (e) {
    throw new Usage(e.message.split('. ')[0]);
  }
  if (found.positionals.length > most) throw new Usage(`${name}: too many words: ${found.positionals.slice(most).join(' ')}`);
  const { port } = found.values;
  if (port !== undefined) {
    found.values.port = Number(port);
    if (!/^\d+$/.test(port) || found.values.port < 1 || found.values.port > 65535) {
      throw new Usage(`--port wants a number from 1 to 65535, not ${port}`);
    }
  }
  return found;
}

async function main([name, ...args]) {
  if (!name || ['help', '--help', '-h'].includes(name)) {
    say(help);
    return name ? 0 : 2;
  }
  if (!Object.hasOwn(commands, name)) throw new Usage(`there is no command "${name}".`);
  const { values, positionals } = parsed(name, args);
  return (await commands[name][2](new Data(values.data), values, positionals)) ?? 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (e) => {
    if (e instanceof Plain) {
      console.error(`king: ${e.message}`);
      process.exit(e.code);
    }
    if (e.code === 'ENOSPC') {
      console.error('king: the disk is full');
      process.exit(1);
    }
    throw e;
  },
);
