// SPDX-License-Identifier: Apache-2.0
// The commands that talk to a running platform.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ask, login } from './client.mjs';
import { home, later, Plain, run, say, Usage, writeSecret } from './plain.mjs';
import { decided, follow, keep, open, showStep, tell } from './run.mjs';
import { isSource, sourceOf } from './source.mjs';

const api = '/api/v1';

export async function goal(data, options, words) {
  const { list, show, cancel } = options;
  const asked = [words, list, show, cancel].filter((one) => one !== undefined).length;
  if (!asked || words === '') throw new Usage('goal: which goal? ./king goal "...", or --list, --show ID, --cancel ID');
  if (asked > 1) throw new Usage('goal: one of "...", --list, --show ID and --cancel ID at a time');
  const client = await login(data, options);
  if (list) return listGoals(client);
  if (show !== undefined || cancel !== undefined) {
    const where = `${api}/goals/${encodeURIComponent(show ?? cancel)}`;
    await showGoal(client, cancel === undefined ? await client.get(where) : await client.post(`${where}/cancel`), data);
    return 0;
  }
  const businessId = await businessOf(client, options.business);
  const filed = await client.post(`${api}/goals`, { text: words, businessId });
  say(`goal ${filed.id}`);
  const ended = await follow(client, filed.id);
  await tell(client, data, ended);
  return ended.status === 'FAILED' ? 1 : 0;
}

async function listGoals(client) {
  const { items } = await client.get(`${api}/goals?limit=20`);
  if (!items.length) say('no goal was filed yet: ./king goal "..."');
  for (const { id, status, text } of items) say(`${id}  ${status.padEnd(17)} ${text.replace(/\s+/g, ' ').slice(0, 90)}`);
  return 0;
}

async function showGoal(client, { id, status, text, error, plan, report }, data) {
  say(`${id}  ${status}  ${text.replace(/\s+/g, ' ').slice(0, 200)}`);
  if (error) say(`  ${error.reason ?? error.detail ?? error}`);
  for (const step of plan?.steps ?? []) {
    showStep(step);
    if (step.status === 'WAITING_APPROVAL') say(`    ./king approve ${step.approvalId}${data.option}        or with --reject`);
    for (const missing of step.missing ?? []) say(`    needs: ${missing}`);
  }
  if (report) await keep(client, data, id);
}

/** One step for one agent; `key=value` is its input, a value that is JSON counts as that. */
export async function task(data, options, [agent, words, ...input]) {
  if (!agent || !words) throw new Usage('task: which agent, and what? ./king task echo "hello"');
  const client = await login(data, options);
  const answer = await client.post(`${api}/agents/${encodeURIComponent(agent)}/tasks`, {
    task: words,
    input: input.length ? pairs('task', input, valued) : undefined,
    businessId: await businessOf(client, options.business),
  });
  const { goalId, outcome, data: found, reason, missing = [], approvalId, agentVersion } = answer;
  say(`${outcome}  ${agent}${agentVersion ? ` ${agentVersion}` : ''}  goal ${goalId}`);
  if (found) say(JSON.stringify(found, null, 2));
  if (reason) say(`  ${reason}`);
  for (const one of missing) say(`  needs: ${one}`);
  if (approvalId) say(`  ./king approve ${approvalId}${data.option}        or with --reject`);
  if (outcome === 'RUNNING') say(`  how it goes on: ./king goal --show ${goalId}${data.option}`);
  return ['FAILED', 'DECLINED'].includes(outcome) ? 1 : 0;
}

function valued(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function pairs(command, words, value) {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new Usage(`${command}: "${word}" is not key=value`);
      return [word.slice(0, at), value(word.slice(at + 1))];
    }),
  );
}

/** Stops everything that has an effect from starting, on every node; what is under way ends and nothing is lost. */
export async function pause(data, options) {
  await (await login(data, options)).post(`${api}/pause`);
  say(`paused: from 2 seconds on nothing starts, calls under way end, steps stay queued. ./king resume${data.option} goes on.`);
  return 0;
}

export async function resume(data, options) {
  const { paused } = await (await login(data, options)).post(`${api}/resume`);
  say(paused ? 'still paused' : 'running: what was queued goes on');
  return paused ? 1 : 0;
}

/** The business by its id or name; without either the only one there is. */
export async function businessOf(client, wanted) {
  const { items } = await client.get(`${api}/businesses?limit=500`);
  if (!wanted) return items.length === 1 ? items[0].id : undefined;
  const found = items.find((one) => one.id === wanted || one.name === wanted);
  if (!found) throw new Plain(`there is no business ${wanted}; there are: ${items.map((one) => one.name).join(', ') || 'none'}`);
  return found.id;
}

export async function approve(data, options, id) {
  const client = await login(data, options);
  if (!id) {
    await open(client, data, true);
    return 0;
  }
  const approval = await client.get(`${api}/approvals/${encodeURIComponent(id)}`);
  say(`${approval.title}  (${approval.type}, ${approval.risk}, ${approval.requiredApprovers} needed)`);
  say(decided(approval));
  const what = options.reject ? 'Reject' : 'Approve';
  if (process.stdin.isTTY && !/^y(es)?$/i.test((await ask(`${what} it? (yes/no) `)).trim())) {
    say('nothing was decided');
    return 1;
  }
  const voted = await client.post(`${api}/approvals/${encodeURIComponent(id)}/votes`, {
    decision: options.reject ? 'REJECT' : 'APPROVE',
    notes: options.notes,
    payloadSha256: approval.payloadSha256,
  });
  say(`${options.reject ? 'rejected' : 'approved'}; the request is now ${voted.status}`);
  if (approval.proposalId) say(`how the proposal goes on: ./king ship --show ${approval.proposalId}${data.option}`);
  else if (approval.goalId) say(`how the goal goes on: ./king goal --show ${approval.goalId}${data.option}`);
  return 0;
}

export async function ship(data, options, words) {
  const ends = ['promote', 'abort', 'rollback', 'withdraw', 'show'].find((name) => options[name]);
  const source = ends || options.follow || options.patch || options.plug ? undefined : sourceIn(options, words);
  const client = await login(data, options);
  if (ends) {
    const where = `${api}/evolution/proposals/${encodeURIComponent(options[ends])}`;
    if (ends !== 'show') await client.post(`${where}/${ends}`, undefined);
    showProposal(await client.get(where), data);
    return 0;
  }
  if (options.patch) {
    process.stdout.write(await client.text(`${api}/evolution/proposals/${encodeURIComponent(options.patch)}/patch`));
    return 0;
  }
  if (options.follow) return follows(client, options.follow, data);
  const filed = options.plug
    ? await shipValues(client, options, words)
    : source
      ? await shipSource(client, options, source)
      : await shipJar(client, options, words);
  say(`proposal ${filed.id}: ${filed.status}`);
  if (process.stdout.isTTY) {
    say('followed until it ends; Ctrl-C ends the showing, not the proposal');
    return follows(client, filed.id, data);
  }
  return watch(client, filed.id, data);
}

/** The source that is to be shipped, or undefined where a jar is; wrong use is told before anybody logs in. */
function sourceIn(options, [what, ...more]) {
  if (!what || more.length) throw new Usage('ship: which jar, which folder of a plug, or which folder of source?');
  if (!fs.existsSync(what)) throw new Plain(`there is no file or folder ${what}`);
  const folder = fs.statSync(what).isDirectory();
  if (options.source && !folder) throw new Usage(`ship --source: ${what} is no folder of source`);
  if (!folder || !(options.source || isSource(what))) {
    if (folder && !fs.existsSync(path.join(what, 'pom.xml'))) {
      throw new Plain(`${what} holds neither a build (pom.xml) nor source (src/main/java/acme/forecast/ForecastAgent.java)`);
    }
    return undefined;
  }
  if (options.tests) throw new Usage('ship --source: the tests of source stand in its src/test/java, --tests goes with a jar');
  return sourceOf(what);
}

function shipSource(client, { title, placement }, { change, left }) {
  say(`source of ${change.plug}: ${Object.keys(change.files).length} files${left.length ? `; no part of it: ${left.join(', ')}` : ''}`);
  return client.post(`${api}/evolution/proposals`, { kind: 'SOURCE', title: title ?? `New ${change.plug}`, description: '', change, placement });
}

function shipValues(client, { plug, name, title }, words) {
  if (!words.length) throw new Usage('ship --plug: which values? key=value, or key= to take a value back');
  const values = pairs('ship --plug', words, (text) => (text === '' ? null : text));
  return client.post(`${api}/evolution/proposals`, {
    kind: 'CONFIGURATION',
    title: title ?? `Configure ${name ?? plug}`,
    description: words.join(', '),
    change: { plug, name: name ?? plug, values },
  });
}

async function shipJar(client, { title, tests: given, placement }, [what]) {
  const jar = fs.existsSync(what) && fs.statSync(what).isDirectory() ? await packaged(what) : what;
  const tests = given ?? testsBeside(jar);
  if (tests && given === undefined) say(`its tests come along: ${tests}; without them: --tests=`);
  const form = new FormData();
  const proposal = { kind: 'BUNDLE', title: title ?? `New ${path.basename(jar).replace(/(-[0-9].*)?\.jar$/, '')}`, description: '', placement };
  form.append('proposal', new Blob([JSON.stringify(proposal)], { type: 'application/json' }));
  form.append('bundle', blob(jar), path.basename(jar));
  if (tests) form.append('tests', blob(tests), path.basename(tests));
  return client.json('POST', `${api}/evolution/proposals`, { body: form, type: null });
}

/** What its build left beside a jar; the platform's own plugs have tests that need files of this repository, which no jail has. */
export function testsBeside(jar) {
  const beside = jar.replace(/\.jar$/, '-tests.jar');
  const ours = !path.relative(path.join(home, 'bundles'), path.resolve(jar)).startsWith('..');
  return beside !== jar && !ours && fs.existsSync(beside) ? beside : undefined;
}

function blob(file) {
  if (!fs.existsSync(file)) throw new Plain(`there is no file ${file}`);
  return new Blob([fs.readFileSync(file)], { type: 'application/java-archive' });
}

async function packaged(folder) {
  const module = path.relative(home, path.resolve(folder));
  const own = module.startsWith('..') || path.isAbsolute(module);
  say(`building ${module} ...`);
  const lines = [];
  const where = own ? ['-f', path.join(path.resolve(folder), 'pom.xml')] : ['-pl', module, '-am'];
  const args = ['-B', '-ntp', '-q', '-Dspotless.check.skip=true', 'package', ...where];
  const code = await run('mvn', own ? args : [...args, '-DskipTests'], {
    line: (line) => lines.push(line),
  });
  if (code !== 0) throw new Plain(`the build of ${module} failed:\n${lines.slice(0, 15).join('\n')}`);
  const target = path.join(folder, 'target');
  const jars = fs.readdirSync(target).filter((name) => /\.jar$/.test(name) && !/-(sources|tests|javadoc)\.jar$/.test(name));
  if (jars.length !== 1) throw new Plain(`${target} holds ${jars.length} jars, one is expected`);
  return path.join(target, jars[0]);
}

const settled = new Set(['READY', 'CANARY', 'COMPLETED', 'FAILED', 'REJECTED', 'WITHDRAWN', 'ROLLED_BACK']);

/** Shows a proposal when its checks are through; a DRAFT that waits for a jail says so at once. Ends with 1 for one that failed. */
async function watch(client, id, data) {
  const where = `${api}/evolution/proposals/${id}`;
  for (let waited = 0; waited < 120; waited++) {
    const proposal = await client.get(where);
    if (settled.has(proposal.status) || (proposal.status === 'DRAFT' && waited > 4)) {
      showProposal(proposal, data);
      return ended.has(proposal.status) && proposal.status !== 'COMPLETED' ? 1 : 0;
    }
    await later(1000);
  }
  say(`the checks still run: ./king ship --follow ${id}${data.option}`);
  return 0;
}

const ended = new Set(['COMPLETED', 'FAILED', 'REJECTED', 'WITHDRAWN', 'ROLLED_BACK']);

/** Shows a proposal each time it moves, until it ends; Ctrl-C ends the showing only. */
export async function follows(client, id, data, pause = 1000) {
  const where = `${api}/evolution/proposals/${encodeURIComponent(id)}`;
  let before = '';
  for (;;) {
    const proposal = await client.get(where);
    const { canary } = proposal;
    const now = [proposal.status, proposal.reason, canary?.weight, canary?.calls, canary?.errorsNew].join(' ');
    if (now !== before) {
      say(`${new Date().toTimeString().slice(0, 8)}`);
      showProposal(proposal, data);
    }
    if (ended.has(proposal.status)) return ['FAILED', 'REJECTED'].includes(proposal.status) ? 1 : 0;
    before = now;
    await later(pause);
  }
}

function showProposal(proposal, data) {
  say(`${proposal.id}  ${proposal.kind}  ${proposal.status}  risk ${proposal.risk}  ${proposal.title}`);
  if (proposal.reason) say(`  ${proposal.reason}`);
  for (const { check, verdict, detail } of proposal.findings ?? []) {
    say(`  ${verdict.padEnd(12)} ${check}${detail ? `: ${detail}` : ''}`);
  }
  const canary = proposal.canary;
  if (canary) {
    const heard = canary.calls === undefined ? 'no calls yet' : `${canary.calls} calls, errors ${canary.errorsOld} old / ${canary.errorsNew} new`;
    say(`  canary: weight ${canary.weight}, ${heard}`);
  }
  if (proposal.status === 'READY') say(`decide it, as another person than its author: ./king approve ${proposal.approvalId}${data.option}`);
  if (proposal.status === 'CANARY') say(`end it: ./king ship --promote ${proposal.id}${data.option}   or   --abort ${proposal.id}`);
  if (proposal.status !== 'COMPLETED') return;
  // Nothing of infrastructure was applied here: people apply it, and take it back by another patch.
  say(proposal.kind === 'INFRASTRUCTURE'
    ? `its patch, for people to apply: ./king ship --patch ${proposal.id}${data.option} > ${proposal.id}.patch`
    : `undo it: ./king ship --rollback ${proposal.id}${data.option}`);
}

export async function user(data, options, [what = 'list', name, ...more]) {
  if (!['list', 'add', 'password', 'remove'].includes(what)) throw new Usage(`user: there is no "${what}"`);
  if (what !== 'list' && !name) throw new Usage(`user ${what}: which name?`);
  if (more.length) throw new Usage(`user ${what}: too many words`);
  const client = await login(data, options);
  const where = `${api}/users/${encodeURIComponent(name ?? '')}`;
  if (what === 'list') {
    const { items } = await client.get(`${api}/users`);
    for (const one of items) say(`${one.name.padEnd(20)} ${one.roles.join(' ')}`);
  } else if (what === 'add') {
    if (!options.roles) throw new Usage('user add: which roles? --roles viewer,operator,approver,legal-approver,developer,admin');
    const password = await newPassword(name);
    const roles = options.roles.split(',').map((role) => role.trim());
    await client.post(`${api}/users`, { name, password, roles }, { repeatable: false });
    say(`${name} may log in: --user ${name}`);
  } else if (what === 'password') {
    await client.json('PATCH', where, { body: { password: await newPassword(name) } });
    say(`the password of ${name} is changed`);
  } else {
    await client.json('DELETE', where);
    fs.rmSync(path.join(data.tokens, name), { force: true });
    say(`${name} is removed`);
  }
  return 0;
}

async function newPassword(name) {
  if (process.env.KING_NEW_PASSWORD) return process.env.KING_NEW_PASSWORD;
  const first = await ask(`New password of ${name}: `, true, 'KING_NEW_PASSWORD');
  if ((await ask('Once more: ', true, 'KING_NEW_PASSWORD')) !== first) throw new Plain('the two differ');
  return first;
}

/** Opens the SSH daemon for this session: a key pair in the data folder, a switch that is taken away afterwards. */
export async function shell(data, { user: name = 'admin' }, words) {
  if (!data.running) throw new Plain(`no node runs on ${data.folder}: ./king start`);
  if (data.known.java > 23) {
    throw new Plain(
      `the shell needs JDK 17 to 23, and this node runs on JDK ${data.known.java}: Karaf's shell asks for what later ones refuse.\n` +
        'Start the platform with JAVA_HOME set to such a JDK; all else works on both.',
    );
  }
  const port = Number(process.env.KING_SSH_PORT ?? data.known.port + 1);
  const key = path.join(data.ssh, `${name}.key`);
  if (!fs.existsSync(key)) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 3072 });
    writeSecret(path.join(data.ssh, `${name}.pem`), pair.publicKey.export({ type: 'spki', format: 'pem' }));
    writeSecret(key, pair.privateKey.export({ type: 'pkcs1', format: 'pem' }));
  }
  const open = path.join(data.etc, 'ai.king.door.login.shell.cfg');
  // The platform closes the shell by itself when this process is gone, whatever ended it.
  const already = fs.existsSync(open) && lives(/^process = (\d+)$/m.exec(fs.readFileSync(open, 'utf8'))?.[1]);
  if (!already) writeSecret(open, `process = ${process.pid}\n`);
  try {
    await listening(port);
    const client = await session([
      ...['-p', String(port), '-i', key, '-o', 'IdentitiesOnly=yes', '-o', 'LogLevel=QUIET'],
      ...['-o', 'StrictHostKeyChecking=accept-new', '-o', `UserKnownHostsFile=${path.join(data.ssh, 'known_hosts')}`],
      ...['-o', 'PreferredAuthentications=publickey', `${name}@127.0.0.1`, ...quoted(words)],
    ]);
    if (client.status === 255) throw new Plain(`the shell was refused: ${name} must be a user with the role admin`);
    return client.status;
  } finally {
    if (!already) {
      fs.rmSync(open, { force: true });
      await answers(port, false);
    }
  }
}

function lives(pid) {
  try {
    return process.kill(Number(pid), 0);
  } catch (e) {
    return e.code === 'EPERM';
  }
}

/** Runs ssh until it ends. Whatever ends this script ends ssh first, so that the shell is closed behind it. */
function session(args) {
  return new Promise((done, failed) => {
    const client = spawn('ssh', args, { stdio: ['inherit', 'inherit', 'pipe'] });
    let told = '';
    client.stderr.setEncoding('utf8').on('data', (text) => (told += text));
    const end = () => client.kill();
    const signals = { SIGTERM: end, SIGHUP: end, SIGINT: () => {} }; // the terminal gives Ctrl-C to ssh, too
    for (const [signal, act] of Object.entries(signals)) process.on(signal, act);
    client.on('error', (e) =>
      failed(e.code === 'ENOENT' ? new Plain('an ssh client is needed (Debian: apt-get install openssh-client)') : e),
    );
    client.on('close', (status) => {
      for (const [signal, act] of Object.entries(signals)) process.off(signal, act);
      // Karaf hangs up when a command has ended; that is no news.
      process.stderr.write(told.replace(/^Connection to \S+ closed by remote host\.\r?\n/m, ''));
      done({ status: status ?? 1 });
    });
  });
}

/** Several words are a command and its arguments: one with a space stays one. A single word may be a whole command line. */
const quoted = (words) =>
  words.length < 2 ? words : words.map((word) => (/^[^\s"'\\$]+$/.test(word) ? word : `"${word.replace(/["\\$]/g, '\\$&')}"`));

async function listening(port) {
  if (!(await answers(port, true))) throw new Plain(`the SSH shell does not open on port ${port}; see ./king logs`);
}

/** Waits until something listens on a port, or nothing does any more; whether it came to that. */
async function answers(port, wanted) {
  const net = await import('node:net');
  for (let tried = 0; tried < 200; tried++) {
    const there = await new Promise((done) => {
      const socket = net.connect(port, '127.0.0.1', () => socket.end(() => done(true)));
      socket.on('error', () => done(false));
    });
    if (there === wanted) return true;
    await later(100);
  }
  return false;
}
