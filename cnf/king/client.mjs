// SPDX-License-Identifier: Apache-2.0
// The platform's REST door as this script uses it. The contract is /api/v1/openapi.json.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { Plain, say, writeSecret } from './plain.mjs';

export class Client {
  constructor(base, authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  async send(method, where, { body, type = 'application/json', headers = {}, repeatable = true } = {}) {
    let answer;
    try {
      answer = await fetch(`${this.base}${where}`, {
        method,
        body: type === 'application/json' && body !== undefined ? JSON.stringify(body) : body,
        headers: {
          Authorization: this.authorization,
          ...(body !== undefined && type ? { 'Content-Type': type } : {}),
          ...(method === 'POST' && repeatable ? { 'Idempotency-Key': randomUUID() } : {}),
          ...headers,
        },
      });
    } catch (e) {
      throw new Plain(`no answer from ${this.base}: ${e.cause?.code ?? e.message}. Is it running? ./king status`);
    }
    return answer;
  }

  /** The JSON of an answer; a problem is told with its reasons. */
  async json(method, where, options) {
    const answer = await this.send(method, where, options);
    const text = await answer.text();
    if (!answer.ok) throw problem(answer.status, text, method, where);
    return text ? JSON.parse(text) : undefined;
  }

  get(where) {
    return this.json('GET', where);
  }

  /** The text of an answer as it is. */
  async text(where) {
    const answer = await this.send('GET', where);
    const text = await answer.text();
    if (!answer.ok) throw problem(answer.status, text, 'GET', where);
    return text;
  }

  post(where, body, options = {}) {
    return this.json('POST', where, { body, ...options });
  }

  /** The server's events as they come, until the server ends the stream or `done` answers true. */
  async events(where, each, { method = 'GET', body } = {}) {
    const answer = await this.send(method, where, { body, repeatable: false, headers: { Accept: 'text/event-stream' } });
    if (!answer.ok) throw problem(answer.status, await answer.text(), method, where);
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of answer.body) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      for (const block of blocks) {
        const fields = block.split(/\r?\n/);
        const value = (name) =>
          fields.filter((f) => f.startsWith(`${name}:`)).map((f) => f.slice(name.length + 1).trimStart()).join('\n');
        if (value('data') && (await each(value('event') || 'message', value('data')))) return;
      }
    }
  }
}

class Problem extends Plain {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function problem(status, text, method, where) {
  let told = text.slice(0, 300);
  try {
    const { title, detail, errors = [] } = JSON.parse(text);
    const reasons = errors.map((e) => `${e.pointer ?? ''} ${e.message}`).filter((reason) => !detail?.includes(reason));
    told = [detail ?? title, ...reasons.map((reason) => `  ${reason}`)].join('\n');
  } catch {
    // not problem+json: the text as it is
  }
  const advice = status === 401 ? '\nWrong or expired login. Log in with --user NAME.' : '';
  return new Problem(status, `${method} ${where}: ${status} ${told}${advice}`);
}

const basic = (name, password) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

/** A client for a user: the first admin by the generated password, anybody else by a token that is kept. */
export async function login(data, { user, port } = {}) {
  const base = `http://127.0.0.1:${port ?? data.known.port ?? 8181}`;
  const token = path.join(data.tokens, user ?? 'admin');
  if (!user) {
    const password = process.env.KING_ADMIN_PASSWORD ?? generated(data);
    if (password) return new Client(base, basic('admin', password));
  }
  if (fs.existsSync(token)) {
    const kept = new Client(base, `Bearer ${fs.readFileSync(token, 'utf8').trim()}`);
    if ((await kept.send('GET', '/api/v1/system')).status !== 401) return kept;
  }
  const name = user ?? 'admin';
  const password = process.env.KING_PASSWORD ?? (await ask(`Password of ${name}: `, true));
  const once = new Client(base, basic(name, password));
  const issued = await once.post('/api/v1/tokens', { label: `./king of ${name}` }, { repeatable: false });
  writeSecret(token, issued.token);
  return new Client(base, `Bearer ${issued.token}`);
}

function generated(data) {
  return fs.existsSync(data.password) ? fs.readFileSync(data.password, 'utf8').trim() : undefined;
}

/** Asks on the terminal; a hidden answer is not echoed. Without a terminal it says which variable gives the answer. */
export function ask(question, hidden = false, variable = 'KING_PASSWORD') {
  if (!process.stdin.isTTY) {
    throw new Plain(`${question.replace(/: $/, '')} is needed: give it on a terminal, or in ${variable}`);
  }
  return new Promise((done) => {
    const lines = readline.createInterface({ input: process.stdin, output: process.stdout, terminal: true });
    lines.question(question, (answer) => {
      lines.close();
      if (hidden) say();
      done(answer);
    });
    if (hidden) lines._writeToOutput = () => {};
  });
}
