// SPDX-License-Identifier: Apache-2.0
// OpenAI's own client against the gateway; the Java test that starts it says where the gateway is and what answers there.
import assert from 'node:assert/strict';
import test from 'node:test';
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.env.GATEWAY, apiKey: 'king-token', maxRetries: 0 });
const user = (content) => [{ role: 'user', content }];
const stock = {
  type: 'function',
  function: {
    name: 'stock',
    description: 'How many of an article there are',
    parameters: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'], additionalProperties: false },
  },
};

test('chat', async () => {
  const answer = await client.chat.completions.create({ model: 'king-auto', messages: user('hello') });
  assert.equal(answer.object, 'chat.completion');
  assert.equal(answer.model, 'small');
  assert.equal(answer.choices[0].message.content, 'Hello world');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.deepEqual(answer.usage, { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
});

test('chat routed by risk', async () => {
  const options = { headers: { 'X-King-Risk': 'critical' } };
  const answer = await client.chat.completions.create({ model: 'king-auto', messages: user('risk?') }, options);
  assert.equal(answer.choices[0].message.content, 'risk CRITICAL, accurate');
});

test('streaming, piece by piece, with usage', async () => {
  const stream = await client.chat.completions.create({
    model: 'small',
    messages: user('hello'),
    stream: true,
    stream_options: { include_usage: true },
  });
  const pieces = [];
  let usage;
  let finish;
  for await (const chunk of stream) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    if (chunk.choices[0]?.delta?.content) pieces.push(chunk.choices[0].delta.content);
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  assert.deepEqual(pieces, ['Hello', ' world']);
  assert.equal(finish, 'stop');
  assert.equal(usage.total_tokens, 5);
});

test('a long stream loses nothing and keeps its order', async () => {
  const stream = await client.chat.completions.create({ model: 'small', messages: user('count to 20000'), stream: true });
  let next = 0;
  for await (const chunk of stream) {
    const text = chunk.choices[0]?.delta?.content;
    if (text) assert.equal(text, `${next++} `);
  }
  assert.equal(next, 20000);
});

test('tool calls', async () => {
  const messages = user('how many dogs?');
  const first = await client.chat.completions.create({ model: 'king-auto', messages, tools: [stock] });
  const [call] = first.choices[0].message.tool_calls;
  assert.equal(first.choices[0].finish_reason, 'tool_calls');
  assert.equal(first.choices[0].message.content, null);
  assert.equal(call.function.name, 'stock');
  assert.deepEqual(JSON.parse(call.function.arguments), { sku: 'DOG' });
  messages.push(first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: '12' });
  const second = await client.chat.completions.create({ model: 'king-auto', messages, tools: [stock] });
  assert.equal(second.choices[0].message.content, 'There are 12.');
});

for (const stream of [false, true]) {
  test(`tools that the client runs itself, ${stream ? 'streaming' : 'whole'}`, async () => {
    const asked = [];
    const tool = { type: 'function', function: { ...stock.function, parse: JSON.parse, function: ({ sku }) => (asked.push(sku), '12') } };
    const runner = client.chat.completions.runTools({ model: 'king-auto', messages: user('how many dogs?'), tools: [tool], stream });
    assert.equal(await runner.finalContent(), 'There are 12.');
    assert.deepEqual(asked, ['DOG']);
  });
}

test('models', async () => {
  const names = [];
  for await (const model of client.models.list()) names.push(model.id);
  assert.deepEqual(names, ['king-auto', 'small']);
  assert.equal((await client.models.retrieve('small')).owned_by, 'openai');
});

test('embeddings, in both encodings', async () => {
  const plain = await client.embeddings.create({ model: 'small', input: ['a', 'bc'], encoding_format: 'float' });
  assert.deepEqual(plain.data.map((entry) => entry.embedding), [[1, 0.5], [2, 0.5]]);
  const packed = await client.embeddings.create({ model: 'small', input: 'abc' });
  assert.deepEqual([...packed.data[0].embedding], [3, 0.5]);
});

test('errors are those the client knows', async () => {
  const chat = (content, model = 'king-auto') => client.chat.completions.create({ model, messages: user(content) });
  await assert.rejects(chat('hello', 'none'), (e) => e instanceof OpenAI.NotFoundError && e.code === 'model_not_found');
  await assert.rejects(chat('refuse'), (e) => e instanceof OpenAI.BadRequestError && /refused/.test(e.message));
  await assert.rejects(chat('fail'), (e) => e instanceof OpenAI.InternalServerError && e.headers.get('retry-after') === '7');
  await assert.rejects(client.chat.completions.create({ model: 'small', messages: [] }), (e) => e.status === 400 && e.param === 'messages');
});

test('a stream that breaks off is an error, not an end', async () => {
  const stream = await client.chat.completions.create({ model: 'small', messages: user('break off'), stream: true });
  let text = '';
  await assert.rejects(async () => {
    for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
  }, /broke off/);
  assert.equal(text, 'half');
});

test('a stream that is not wanted any more ends', async () => {
  const stream = await client.chat.completions.create({ model: 'small', messages: user('never end'), stream: true });
  for await (const chunk of stream) if (chunk.choices[0]?.delta?.content) break;
  const answer = await client.chat.completions.create({ model: 'small', messages: user('ended?') });
  assert.equal(answer.choices[0].message.content, 'ended');
});
