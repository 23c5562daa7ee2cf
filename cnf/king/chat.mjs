// SPDX-License-Identifier: Apache-2.0
// Talks with a running platform: the reply is shown while it comes, with its source and what waits.
import readline from 'node:readline/promises';
import { login } from './client.mjs';
import { businessOf } from './commands.mjs';
import { Plain, Usage } from './plain.mjs';

const write = (text) => process.stdout.write(text);

export async function chat(data, options, words) {
  if (!words && !process.stdin.isTTY) throw new Usage('chat: which question? ./king chat "..."');
  const client = await login(data, options);
  const businessId = options.business ? await businessOf(client, options.business) : undefined;
  if (words) {
    const id = await converse(client, { message: words, conversationId: options.conversation, businessId }, data, write);
    write(`go on with: ./king chat --conversation ${id} "..."${data.option}\n`);
    return 0;
  }
  const lines = readline.createInterface({ input: process.stdin, output: process.stdout });
  let conversationId = options.conversation;
  try {
    for (;;) {
      const message = (await lines.question('> ')).trim();
      if (!message) return 0;
      conversationId = await converse(client, { message, conversationId, businessId }, data, write);
    }
  } catch (e) {
    if (e.code === 'ABORT_ERR' || e.code === 'ERR_USE_AFTER_CLOSE') return 0;
    throw e;
  } finally {
    lines.close();
  }
}

/** Says one thing and answers the conversation's id. */
export async function converse(client, body, data, out) {
  let answer;
  await client.events(
    '/api/v1/chat',
    (event, text) => {
      const given = JSON.parse(text);
      if (event === 'text') out(printable(given.text));
      if (event === 'problem') throw new Plain(printable(given.detail ?? given.title));
      if (event === 'done') answer = given;
      return event === 'done';
    },
    { method: 'POST', body },
  );
  if (!answer) throw new Plain('the answer was broken off; ask again');
  out('\n');
  for (const source of answer.sources) {
    if (source.type === 'rows') out(`  source: ${source.count} rows of ${source.kind}, ${printable(source.filter)}\n`);
    if (source.type === 'formula') out(`  source: ${printable(source.text)}\n`);
  }
  for (const { type, id, title } of answer.actions) {
    const what = printable(title);
    if (type === 'APPROVAL') out(`  waits: ${what}: ./king approve ${id}${data.option}\n`);
    if (type === 'GOAL') out(`  goal: ${what} (${id})\n`);
  }
  return answer.conversationId;
}

/** Nothing from outside moves the cursor or colours the terminal. */
function printable(text) {
  return String(text).replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');
}
