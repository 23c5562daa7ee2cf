// SPDX-License-Identifier: Apache-2.0
// ./king run: the main job from nothing to the report.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { build } from './build.mjs';
import { login } from './client.mjs';
import { start, stop } from './node.mjs';
import { home, later, Plain, readJson, say, shown } from './plain.mjs';

const api = '/api/v1';
const kinds = ['products', 'suppliers', 'orders', 'costs', 'advertising', 'stock', 'targets', 'metrics'];
const types = { '.md': 'text/markdown', '.txt': 'text/plain', '.pdf': 'application/pdf', '.html': 'text/html' };

export async function runSample(data, options) {
  const folder = path.resolve(options.business ?? path.join(home, 'config/examples/pet-supplies'));
  if (!fs.existsSync(path.join(folder, 'business.json'))) throw new Plain(`${folder} holds no business (no business.json)`);
  const text = options.goal ?? read(path.join(folder, 'goal.txt'));
  if (!text) throw new Plain(`there is no ${path.join(folder, 'goal.txt')}: say the goal with --goal "..."`);
  await build();
  const began = Date.now();
  const { port } = await start(data, options).catch(async (e) => {
    if (data.started) await stop(data);
    throw e;
  });
  say(`Ready after ${seconds(began)} on http://127.0.0.1:${port}`);
  try {
    const client = await login(data, options);
    const system = await client.get(`${api}/system`);
    say(`Mode ${system.mode}${system.jail ? `, jail ${jail(system.jail)}` : ''}`);
    const { business, documents } = await bring(client, data, folder);
    say(`\nGoal: ${text.trim()}\n`);
    const filed = await client.post(`${api}/goals`, { text: text.trim(), businessId: business.id, documents });
    const ended = await follow(client, filed.id);
    await tell(client, data, ended);
    addresses(data, port);
    if (options.once) {
      await stop(data);
      return ended.report ? 0 : 1;
    }
  } catch (e) {
    if (options.once) await stop(data);
    throw e;
  }
  return stayUp(data);
}

const jail = ({ tier, missing }) => (missing ? `${tier} (for a stronger one: ${missing})` : tier);

const seconds = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`;

const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : undefined);

/** The business with its records and documents; what an earlier run brought is used again. */
export async function bring(client, data, folder) {
  const wanted = readJson(path.join(folder, 'business.json'));
  const { items } = await client.get(`${api}/businesses?limit=500`);
  const business = items.find((one) => one.name === wanted.name) ?? (await client.post(`${api}/businesses`, wanted));
  const whole = path.join(data.folder, `imported-${business.id}`);
  if (fs.existsSync(whole)) {
    say(`${business.name} is here already, its records and documents are used again`);
  } else {
    say(`Importing ${business.name}`);
    for (const kind of kinds) await upload(client, business.id, folder, kind);
    await letters(client, business.id, path.join(folder, 'documents'));
    fs.writeFileSync(whole, '');
  }
  const documents = await client.get(`${api}/businesses/${business.id}/documents?limit=500`);
  return { business, documents: documents.items.map((one) => one.id) };
}

async function upload(client, id, folder, kind) {
  const file = path.join(folder, `${kind}.csv`);
  if (!fs.existsSync(file)) return;
  const began = Date.now();
  const answer = await fetch(`${client.base}${api}/businesses/${id}/records?kind=${kind}`, {
    method: 'POST',
    body: Readable.toWeb(fs.createReadStream(file)),
    duplex: 'half',
    headers: { Authorization: client.authorization, 'Content-Type': 'text/csv', 'Idempotency-Key': randomUUID() },
  });
  const told = await answer.json();
  if (!answer.ok) throw new Plain(`${shown(file)}: ${told.detail ?? told.title ?? answer.status}`);
  say(`  ${kind.padEnd(12)} ${String(told.accepted).padStart(6)} lines in ${seconds(began)}`);
  for (const { line, reason } of told.rejected.slice(0, 5)) say(`    line ${line}: ${reason}`);
  if (told.rejected.length) throw new Plain(`${shown(file)}: ${told.rejected.length} lines are refused, nothing of it was taken`);
}

async function letters(client, id, folder) {
  if (!fs.existsSync(folder)) return;
  const names = fs.readdirSync(folder).filter((name) => types[path.extname(name)]).sort();
  for (const name of names) {
    await client.json('POST', `${api}/businesses/${id}/documents?name=${encodeURIComponent(name)}`, {
      body: fs.readFileSync(path.join(folder, name)),
      type: types[path.extname(name)],
    });
  }
  say(`  documents    ${String(names.length).padStart(6)}`);
}

const over = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);
const waiting = new Set(['WAITING_APPROVAL', 'WAITING_INPUT']);

/** Prints every step as it happens, until the goal ends or waits for a person. */
export async function follow(client, id) {
  const seen = new Map();
  let last;
  const look = async () => {
    last = await client.get(`${api}/goals/${id}`);
    for (const step of last.plan?.steps ?? []) {
      if (seen.get(step.id) === step.status) continue;
      seen.set(step.id, step.status);
      if (!['PENDING', 'READY'].includes(step.status)) showStep(step);
    }
    return over.has(last.status) || waiting.has(last.status);
  };
  while (!(await look())) {
    // The events only say when to look again; without them it looks twice a second.
    const woken = client.events(`${api}/goals/${id}/events`, look).catch((e) => {
      if (!(e instanceof Plain)) throw e;
    });
    await Promise.all([Promise.race([woken, later(5_000)]), later(500)]);
  }
  return last;
}

export function showStep({ status, agent, name, error, startedAt, finishedAt }) {
  const took = startedAt && finishedAt ? ` (${((new Date(finishedAt) - new Date(startedAt)) / 1000).toFixed(1)} s)` : '';
  say(`  ${status.padEnd(17)} ${agent.padEnd(10)} ${name}${took}${error ? `: ${error.reason ?? error.detail ?? error}` : ''}`);
}

/** The report, where it stands, and what waits for a person. */
export async function tell(client, data, goal) {
  say(`\nThe goal is ${goal.status}${goal.error ? `: ${goal.error.reason ?? goal.error.detail ?? goal.error}` : ''}`);
  for (const step of goal.plan?.steps ?? []) {
    for (const missing of step.missing ?? []) say(`  ${step.name} needs: ${missing}`);
  }
  if (goal.report) await keep(client, data, goal.id, true);
  await open(client, data);
}

/** Writes the report as Markdown, HTML and JSON and says where; with `whole` the text is shown, too. */
export async function keep(client, data, id, whole = false) {
  fs.mkdirSync(data.reports, { recursive: true });
  const files = [];
  for (const [kind, type] of [['md', 'text/markdown'], ['html', 'text/html'], ['json', 'application/json']]) {
    const answer = await client.send('GET', `${api}/goals/${id}/report`, { headers: { Accept: type } });
    if (!answer.ok) throw new Plain(`the report as ${type}: ${answer.status}`);
    const file = path.join(data.reports, `${id}.${kind}`);
    const text = await answer.text();
    fs.writeFileSync(file, text);
    files.push(file);
    if (whole && kind === 'md') say(`\n${text}`);
  }
  say('The report stands in');
  files.forEach((file) => say(`  ${shown(file)}`));
}

/** What waits for a person, most pressing first, with the command that decides it. */
/** What people decide on, all of it; where the payload holds the text that stands above it, it need not be read twice. */
export function decided({ description, payload }) {
  const { text, ...rest } = payload;
  const shownPayload = JSON.stringify(text === description ? rest : payload, null, 2);
  return description ? `${description}\n${shownPayload}` : shownPayload;
}

/** @param whole whether everything that stands in each decision is shown, too */
export async function open(client, data, whole = false) {
  const pages = await Promise.all(
    ['PENDING', 'PARTIAL'].map((status) => client.get(`${api}/approvals?status=${status}`)),
  );
  const items = pages.flatMap((page) => page.items);
  if (!items.length) {
    say('\nNothing waits for a decision.');
    return;
  }
  say('\nWaiting for a decision:');
  for (const item of items) {
    const { id, title, risk, amount, votes, requiredApprovers } = item;
    const money = amount ? `, ${amount.amount} ${amount.currency}` : '';
    say(`  ${title} (${risk}${money}, ${votes.length} of ${requiredApprovers} votes)`);
    if (whole) say(decided(item).replace(/^/gm, '    '));
    say(`    ./king approve ${id}${data.option}        or with --reject`);
  }
}

function addresses(data, port) {
  say(`\nREST       http://127.0.0.1:${port}/api/v1/openapi.json`);
  say(`Console    http://127.0.0.1:${port}/system/console   (user admin)`);
  say(`Shell      ./king shell${data.option}`);
  if (fs.existsSync(data.password)) say(`Password of admin: in ${shown(data.password)} until it is changed (./king user password admin${data.option})`);
}

function stayUp(data) {
  say('\nThe platform stays up; Ctrl-C stops it.');
  const own = data.running;
  return new Promise((done) => {
    // Another node may have been started on the folder meanwhile: that one is not ours to stop.
    const end = () => (data.running === own ? stop(data) : Promise.resolve()).then(() => done(0));
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    setInterval(() => {
      if (own && data.running === own) return;
      say(`The platform has ended. If nobody stopped it, its log says why: ${shown(data.log)}`);
      done(1);
    }, 2000);
  });
}
