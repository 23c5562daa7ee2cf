// SPDX-License-Identifier: Apache-2.0
// A vendor's own client asks a double of that vendor once and prints what it understood: node client.mjs VENDOR URL MODEL
const [vendor, url, model] = process.argv.slice(2);
const messages = [{ role: 'user', content: 'Say hello' }];

const ask = {
  async anthropic() {
    const { default: Anthropic } = await import('@anthropic-ai/sdk');
    const client = new Anthropic({ apiKey: 'k', baseURL: url, maxRetries: 0 });
    const stream = client.messages.stream({ model, max_tokens: 50, messages });
    const pieces = [];
    stream.on('text', (text) => pieces.push(text));
    const whole = await stream.finalMessage();
    const text = whole.content.map((block) => block.text).join('');
    return { pieces, text, finish: whole.stop_reason, prompt: whole.usage.input_tokens, completion: whole.usage.output_tokens };
  },

  async gemini() {
    const { GoogleGenAI } = await import('@google/genai');
    const client = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: url, apiVersion: 'v1beta' } });
    const pieces = [];
    let last;
    for await (const chunk of await client.models.generateContentStream({ model, contents: 'Say hello' })) {
      if (chunk.text) pieces.push(chunk.text);
      last = chunk;
    }
    const usage = last.usageMetadata;
    return {
      pieces,
      text: pieces.join(''),
      finish: last.candidates[0].finishReason,
      prompt: usage.promptTokenCount,
      completion: usage.candidatesTokenCount,
    };
  },

  async ollama() {
    const { Ollama } = await import('ollama');
    const pieces = [];
    let last;
    for await (const part of await new Ollama({ host: url }).chat({ model, messages, stream: true })) {
      if (part.message.content) pieces.push(part.message.content);
      last = part;
    }
    return { pieces, text: pieces.join(''), finish: last.done_reason, prompt: last.prompt_eval_count, completion: last.eval_count };
  },
};

try {
  console.log(JSON.stringify(await ask[vendor]()));
} catch (error) {
  console.log(JSON.stringify({ error: error.message, status: error.status ?? error.status_code ?? null }));
}
process.exit(0);
