// SPDX-License-Identifier: Apache-2.0
// One node on one data folder: start, stop, status, logs.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { distribution } from './build.mjs';
import { home, later, Plain, readJson, say, shown } from './plain.mjs';

const leastFree = 300 * 1024 * 1024;
const patience = 180_000;

const usual = path.join(home, '.king/data');

/** Where a data folder keeps what this script needs. */
export class Data {
  constructor(folder) {
    this.folder = path.resolve(folder ?? process.env.KING_DATA ?? usual);
    /** What a command that is shown needs to reach this folder. */
    this.option = folder ? ` --data ${shown(this.folder)}` : '';
    this.node = path.join(this.folder, 'node.json');
    this.pid = path.join(this.folder, 'karaf.pid');
    this.log = path.join(this.folder, 'log/karaf.log');
    this.password = path.join(this.folder, 'admin-password');
    this.tokens = path.join(this.folder, 'tokens');
    this.ssh = path.join(this.folder, 'ssh');
    this.etc = path.join(this.folder, 'etc');
    this.reports = path.join(this.folder, 'reports');
  }

  /** Port, process id, start time and Java version of the node that was started here, running or not. */
  get known() {
    return readJson(this.node) ?? {};
  }

  /** The process id of the node that runs on this folder, or undefined. */
  get running() {
    const pid = Number(fs.existsSync(this.pid) ? fs.readFileSync(this.pid, 'utf8') : this.known.pid);
    return pid && alive(pid, this.folder) ? pid : undefined;
  }
}

function alive(pid, folder) {
  try {
    process.kill(pid, 0);
  } catch (e) {
    return e.code === 'EPERM';
  }
  try {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes(`-Dkaraf.data=${folder}`) || command === '';
  } catch {
    return true; // no /proc on this system: the process id is all there is
  }
}

function prepare(data) {
  if (/\s/.test(data.folder)) throw new Plain(`the data folder's path must not contain spaces: ${data.folder}`);
  try {
    fs.mkdirSync(data.etc, { recursive: true, mode: 0o700 });
    fs.chmodSync(data.folder, 0o700);
    fs.accessSync(data.folder, fs.constants.W_OK);
  } catch (e) {
    if (e.code === 'ENOSPC') throw new Plain(`the disk is full: ${data.folder} cannot be made`);
    throw new Plain(`the data folder ${data.folder} cannot be used: ${e.message}`);
  }
  const disk = fs.statfsSync(data.folder);
  const free = Number(disk.bavail) * Number(disk.bsize);
  if (free < leastFree) {
    throw new Plain(
      `the disk is full: ${Math.floor(free / 1048576)} MB are free at ${data.folder}, ` +
        `at least ${leastFree / 1048576} MB are needed. Free some, or choose another folder with --data DIR.`,
    );
  }
}

function portFree(port) {
  return new Promise((done, failed) => {
    const probe = net.createServer();
    probe.once('error', (e) => (e.code === 'EADDRINUSE' ? done(false) : failed(new Plain(`port ${port}: ${e.message}`))));
    probe.listen(port, process.env.KING_HOST ?? '127.0.0.1', () => probe.close(() => done(true)));
  });
}

export async function start(data, { port, retry = false } = {}) {
  const pid = data.running;
  if (pid) {
    throw new Plain(
      `a node (process ${pid}, port ${data.known.port}) already runs on ${data.folder}.\n` +
        'Stop it with ./king stop, or choose another folder with --data DIR and another port with --port N.',
    );
  }
  prepare(data);
  const chosen = port ?? data.known.port ?? 8181;
  if (!(await portFree(chosen))) {
    throw new Plain(`port ${chosen} is in use by another program. Choose another one with --port N.`);
  }
  fs.rmSync(path.join(data.etc, 'ai.king.door.login.shell.cfg'), { force: true });
  fs.rmSync(data.pid, { force: true });
  fs.mkdirSync(path.dirname(data.log), { recursive: true });
  const out = fs.openSync(path.join(data.folder, 'log/console.log'), 'w');
  const java = process.env.JAVA_HOME ?? javaHome();
  const options = [process.env.KING_JAVA_OPTS ?? '', retry ? '-Dking.retry=true' : ''].join(' ').trim();
  const child = spawn(path.join(distribution, 'bin/karaf'), ['daemon'], {
    cwd: data.folder,
    detached: true,
    stdio: ['ignore', out, out],
    env: {
      ...process.env,
      JAVA_HOME: java,
      KARAF_DATA: data.folder,
      KING_PORT: String(chosen),
      KING_SSH_PORT: String(process.env.KING_SSH_PORT ?? chosen + 1),
      KING_JAVA_OPTS: options,
    },
  });
  child.unref();
  data.started = true;
  const began = new Date();
  fs.writeFileSync(data.node, JSON.stringify({ port: chosen, pid: child.pid, started: began.toISOString(), java: javaVersion(java) }));
  await ready(data, chosen, child, began);
  return { port: chosen, pid: child.pid };
}

function javaHome() {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const java = path.join(folder, 'java');
    if (fs.existsSync(java)) return path.dirname(path.dirname(fs.realpathSync(java)));
  }
  throw new Plain('JDK 17 or newer is needed and java is not there (Debian: apt-get install openjdk-17-jdk-headless)');
}

/** The feature version that a JDK's `release` file names; undefined for one without such a file. */
function javaVersion(folder) {
  const file = path.join(folder, 'release');
  const [, version] = (fs.existsSync(file) && /^JAVA_VERSION="(\d+)/m.exec(fs.readFileSync(file, 'utf8'))) || [];
  return version && Number(version);
}

async function ready(data, port, child, began) {
  let ended = false;
  child.on('exit', () => (ended = true));
  let last;
  while (Date.now() - began < patience) {
    if (ended) throw new Plain(`the platform ended while it started.\n${trouble(data)}`);
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health/ready`, { signal: AbortSignal.timeout(5000) });
      if (answer.ok) return;
      last = await answer.text();
    } catch {
      // not listening yet
    }
    await later(200);
  }
  throw new Plain(`the platform is not ready after ${patience / 1000} s${last ? `: ${last}` : '.'}\n${trouble(data)}`);
}

function trouble(data) {
  const tail = (file, pick) => {
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    return text.split('\n').filter(pick).slice(-8);
  };
  const lines = [
    ...tail(path.join(data.folder, 'log/console.log'), (line) => line.trim()),
    ...tail(data.log, (line) => / \| ERROR \| /.test(line)),
  ];
  return `${lines.map((line) => `  ${line.slice(0, 240)}`).join('\n')}\nThe log: ${shown(data.log)}`;
}

export async function stop(data) {
  const pid = data.running;
  if (!pid) return false;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (!data.running) return true;
    await later(100);
  }
  throw new Plain(`process ${pid} does not end; its log: ${shown(data.log)}`);
}

export async function status(data) {
  const pid = data.running;
  if (!pid) {
    say(`stopped: no node runs on ${data.folder}`);
    return 3;
  }
  const { port, started } = data.known;
  say(`running: process ${pid}, http://127.0.0.1:${port}, since ${started}`);
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health/ready`, { signal: AbortSignal.timeout(5000) });
    const { status: state, checks = [] } = await answer.json();
    say(`health: ${state}`);
    for (const check of checks) say(`  ${check.status.padEnd(5)} ${check.name}${check.detail ? `: ${check.detail}` : ''}`);
    return answer.ok ? 0 : 1;
  } catch (e) {
    say(`health: no answer (${e.message})`);
    return 1;
  }
}

export function logs(data, follow) {
  if (!fs.existsSync(data.log)) throw new Plain(`there is no log yet: ${data.log}`);
  return new Promise((done) => {
    const tail = spawn('tail', [...(follow ? ['-F'] : []), '-n', '200', data.log], { stdio: 'inherit' });
    tail.on('close', (code) => done(code ?? 0));
  });
}
