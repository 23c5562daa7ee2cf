// SPDX-License-Identifier: Apache-2.0
// What the script says when something is wrong. Nothing here builds or starts the platform.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { sourceHash } from '../build.mjs';
import { Client, login } from '../client.mjs';
import { converse } from '../chat.mjs';
import { follows, goal, pause, resume, shell, ship, task, testsBeside } from '../commands.mjs';
import { open } from '../run.mjs';
import { Data, start } from '../node.mjs';
import { home, writeSecret } from '../plain.mjs';
import { isSource, sourceOf } from '../source.mjs';
import { add, classes, whereabouts } from '../test.mjs';

const folder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'king-test-'));

function king(...args) {
  const { status, stdout, stderr } = spawnSync(path.join(home, 'king'), args, {
    encoding: 'utf8',
    env: { ...process.env, KING_DATA: folder() },
  });
  return { status, stdout, stderr };
}

test('help names every command and ends well', () => {
  const { status, stdout } = king('help');
  assert.equal(status, 0);
  for (const name of ['run', 'start', 'stop', 'status', 'goal', 'task', 'pause', 'resume', 'chat', 'approve', 'new', 'ship', 'user', 'shell', 'logs', 'test']) {
    assert.match(stdout, new RegExp(`\\./king [a-z |]*\\b${name}\\b`));
  }
});

test('an unknown command is named and ends with 2', () => {
  const { status, stderr } = king('fly');
  assert.equal(status, 2);
  assert.match(stderr, /no command "fly"/);
});

test('an unknown option is named', () => {
  const { status, stderr } = king('run', '--fast');
  assert.equal(status, 2);
  assert.match(stderr, /--fast/);
});

test('a port that is no port is refused', () => {
  for (const port of ['x', '0', '70000', '80.5']) {
    const { status, stderr } = king('start', '--port', port);
    assert.equal(status, 2);
    assert.match(stderr, /--port wants a number/);
  }
});

test('a goal without words, a vote on nothing running and a folder without a business are told plainly', () => {
  assert.match(king('goal').stderr, /which goal/);
  assert.match(king('goal', 'Plan', '--list').stderr, /at a time/);
  assert.match(king('goal', '--show').stderr, /--show/);
  assert.match(king('task', 'echo').stderr, /which agent, and what/);
  assert.match(king('pause', 'now').stderr, /too many words/);
  assert.match(king('approve').stderr, /Is it running|KING_PASSWORD/);
  assert.match(king('run', '--business', folder()).stderr, /holds no business/);
});

test('stop and status without a node say so', () => {
  assert.match(king('stop').stdout, /no node runs/);
  const { status, stdout } = king('status');
  assert.equal(status, 3);
  assert.match(stdout, /stopped/);
});

test('the shell says which JDK it needs', async () => {
  const data = new Data(folder());
  const other = spawnSleeper(data.folder);
  try {
    fs.writeFileSync(data.node, JSON.stringify({ pid: other.pid, port: 1234, java: 25 }));
    await assert.rejects(shell(data, {}, []), /needs JDK 17 to 23, and this node runs on JDK 25/);
  } finally {
    other.kill('SIGKILL');
  }
});

test('the shell needs a running node', () => {
  assert.match(king('shell').stderr, /no node runs/);
});

test('a busy port is told with the way out', async () => {
  const other = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  try {
    await assert.rejects(start(new Data(folder()), { port: other.address().port }), /in use by another program.*--port/);
  } finally {
    other.close();
  }
});

test('a second start on the same data folder is refused', async () => {
  const data = new Data(folder());
  const other = spawnSleeper(data.folder);
  try {
    fs.writeFileSync(data.node, JSON.stringify({ pid: other.pid, port: 1234 }));
    fs.writeFileSync(data.pid, String(other.pid));
    await assert.rejects(start(data, {}), /already runs on/);
  } finally {
    other.kill('SIGKILL');
  }
});

test('a process id of somebody else does not count as running', () => {
  const data = new Data(folder());
  fs.writeFileSync(data.pid, String(process.pid));
  assert.equal(data.running, undefined);
});

test('a data folder that cannot be made is told', async () => {
  const file = path.join(folder(), 'file');
  fs.writeFileSync(file, '');
  await assert.rejects(start(new Data(path.join(file, 'data')), {}), /cannot be used/);
});

test('a full disk is told before anything starts', { skip: !fs.existsSync('/proc/mounts') }, async (t) => {
  const small = folder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]);
  if (mounted.status !== 0) return t.skip('mounting a small disk needs root');
  try {
    await assert.rejects(start(new Data(path.join(small, 'data')), {}), /disk is full/);
  } finally {
    spawnSync('umount', [small]);
  }
});

test('a secret is written for its owner only', () => {
  const file = path.join(folder(), 'a/b');
  writeSecret(file, 'x');
  assert.equal(fs.statSync(file).mode & 0o777, 0o600);
});

test('a problem is told with its reasons and without a stack', async () => {
  await serving(
    (request, response) => {
      response.writeHead(422, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ detail: 'bad goal', errors: [{ pointer: '/text', message: 'too long' }] }));
    },
    async (base) => {
      await assert.rejects(new Client(base, 'x').post('/goals', {}), /422 bad goal\n {2}\/text too long/);
    },
  );
});

test('a reason that the problem already tells is not told twice', async () => {
  await serving(
    (request, response) => {
      response.writeHead(422, { 'Content-Type': 'application/problem+json' });
      response.end(JSON.stringify({ detail: '/password too short', errors: [{ pointer: '/password', message: 'too short' }] }));
    },
    async (base) => {
      await assert.rejects(new Client(base, 'x').post('/users', {}), (e) => e.message.match(/too short/g).length === 1);
    },
  );
});

test('goals are listed, shown with what they wait for, and cancelled; the platform is paused and resumed', async () => {
  const found = {
    id: 'g-1', status: 'WAITING_APPROVAL', text: 'Plan\nthe quarter',
    plan: { steps: [{ status: 'WAITING_APPROVAL', agent: 'commerce', name: 'stock', approvalId: 'a-1', missing: [] }] },
  };
  const answers = {
    'GET /api/v1/goals?limit=20': { items: [found] },
    'GET /api/v1/goals/g-1': found,
    'POST /api/v1/goals/g-1/cancel': { ...found, status: 'CANCELLED', plan: undefined },
    'GET /api/v1/businesses?limit=500': { items: [] },
    'POST /api/v1/agents/echo/tasks': { goalId: 'g-2', outcome: 'DONE', data: { text: 'echo: hello' }, agentVersion: '1.0.0' },
    'POST /api/v1/pause': { paused: true },
    'POST /api/v1/resume': { paused: false },
  };
  const lines = [];
  const log = console.log;
  console.log = (line) => lines.push(line);
  process.env.KING_ADMIN_PASSWORD = 'pw';
  try {
    await serving(
      (request, response) => response.end(JSON.stringify(answers[`${request.method} ${request.url}`])),
      async (base) => {
        const data = new Data(folder());
        const port = Number(new URL(base).port);
        assert.equal(await goal(data, { port, list: true }), 0);
        assert.equal(await goal(data, { port, show: 'g-1' }), 0);
        assert.equal(await goal(data, { port, cancel: 'g-1' }), 0);
        assert.equal(await task(data, { port }, ['echo', 'hello', 'seconds=1']), 0);
        assert.equal(await pause(data, { port }), 0);
        assert.equal(await resume(data, { port }), 0);
      },
    );
  } finally {
    console.log = log;
    delete process.env.KING_ADMIN_PASSWORD;
  }
  const text = lines.join('\n');
  assert.match(text, /g-1 +WAITING_APPROVAL +Plan the quarter/);
  assert.match(text, /\.\/king approve a-1/);
  assert.match(text, /g-1 +CANCELLED/);
  assert.match(text, /DONE +echo 1\.0\.0 +goal g-2\n[^]*"text": "echo: hello"/);
  assert.match(text, /paused: .*\.\/king resume/);
  assert.match(text, /running: what was queued goes on/);
});

test('a token is asked for once, kept and used again', async () => {
  let issued = 0;
  await serving(
    (request, response) => {
      if (request.url.endsWith('/tokens')) {
        issued++;
        response.end(JSON.stringify({ token: 's3cret' }));
      } else {
        response.end(JSON.stringify({ authorization: request.headers.authorization }));
      }
    },
    async (base) => {
      const data = new Data(folder());
      const port = Number(new URL(base).port);
      process.env.KING_PASSWORD = 'pw';
      await login(data, { user: 'ann', port });
      delete process.env.KING_PASSWORD;
      const client = await login(data, { user: 'ann', port });
      assert.deepEqual(await client.get('/x'), { authorization: 'Bearer s3cret' });
      assert.equal(issued, 1);
    },
  );
});

test('events arrive one by one, also when they are cut between chunks', async () => {
  await serving(
    (request, response) => {
      response.write('event: step\ndata: {"a"');
      response.write(':1}\n\nevent: done\nda');
      response.end('ta: {}\n\n');
    },
    async (base) => {
      const seen = [];
      await new Client(base, 'x').events('/', (event, text) => void seen.push([event, text]));
      assert.deepEqual(seen, [['step', '{"a":1}'], ['done', '{}']]);
    },
  );
});

test('the digest of the sources is the same for the same sources', () => {
  assert.equal(sourceHash(), sourceHash());
  assert.notEqual(sourceHash(), createHash('sha256').digest('hex'));
});

async function serving(handler, use) {
  const server = http.createServer(handler).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  try {
    await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A process whose command line looks like a node on the folder. */
function spawnSleeper(data) {
  return spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', `-Dkaraf.data=${data}`], { stdio: 'ignore' });
}

test('a changed class is a reason to build, a changed test or page is none', async () => {
  const { sourceFiles } = await import('../build.mjs');
  const all = sourceFiles().join('\n');
  assert.match(all, /bundles\/agent\/echo\/src\/main\/java\/ai\/king\/agent\/echo\/EchoAgent\.java/);
  assert.doesNotMatch(all, /src\/test\/|README\.md|cnf\/king\//);
});

test('a name that is none of a plug is refused before anything is made', () => {
  for (const [words, told] of [
    [['new'], /new: what\?/],
    [['new', 'agent'], /which name/],
    [['new', 'agent', 'forecast'], /no name of a plug/],
    [['new', 'agent', 'acme.class'], /no name of a plug/],
    [['new', 'tool', 'ai.king.tool.mine'], /belong to the platform/],
  ]) {
    const { status, stderr } = king(...words);
    assert.equal(status, 2);
    assert.match(stderr, told);
  }
});

for (const [family, plug, type] of [['agent', 'acme.forecast', 'ForecastAgent'], ['tool', 'acme.rates', 'RatesTool']]) {
  test(`a new ${family} builds alone, keeps its contract and is a bundle that may be proposed`, () => {
    const cwd = folder();
    const made = spawnSync(path.join(home, 'king'), ['new', family, plug], { cwd, encoding: 'utf8' });
    assert.equal(made.status, 0, made.stdout + made.stderr);
    const place = path.join(cwd, plug);
    assert.ok(fs.existsSync(path.join(place, 'src/main/java', ...plug.split('.'), `${type}.java`)));
    const built = spawnSync('mvn', ['-B', '-ntp', 'verify'], { cwd: place, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stdout);
    assert.match(built.stdout, new RegExp(`${type}ContractTest`));
    assert.doesNotMatch(fs.readFileSync(path.join(place, 'README.md'), 'utf8'), /echo/i);
    const manifest = fs.readFileSync(path.join(place, 'target/classes/META-INF/MANIFEST.MF'), 'utf8');
    assert.match(manifest, new RegExp(`Bundle-SymbolicName: ${plug}`));
    assert.match(manifest, /Bundle-Version: 1\.0\.0\.\d{14}/);
    const jar = path.join(place, 'target', `${plug}-1.0.0.jar`);
    assert.ok(fs.existsSync(jar));
    assert.equal(testsBeside(jar), jar.replace('.jar', '-tests.jar'), 'what is shipped with it');
    assert.equal(spawnSync(path.join(home, 'king'), ['new', family, plug], { cwd }).status, 1);
  });
}

const written = (files) => {
  const place = folder();
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    fs.writeFileSync(path.join(place, name), content);
  }
  return place;
};

test('a folder of source is proposed with the texts of its one agent, and says what it leaves out', () => {
  const place = written({
    'src/main/java/acme/forecast/ForecastAgent.java': 'package acme.forecast;',
    'src/test/java/acme/forecast/ForecastAgentTest.java': 'package acme.forecast;',
    'src/main/cfg/acme.forecast.cfg': '# none',
    'README.md': '# Forecast',
    'notes.txt': 'mine',
    'target/classes/Old.class': 'x',
  });
  assert.ok(isSource(place));
  const { change, left } = sourceOf(place);
  assert.equal(change.plug, 'acme.forecast');
  assert.deepEqual(Object.keys(change.files).sort(), [
    'README.md',
    'src/main/cfg/acme.forecast.cfg',
    'src/main/java/acme/forecast/ForecastAgent.java',
    'src/test/java/acme/forecast/ForecastAgentTest.java',
  ]);
  assert.deepEqual(left, ['notes.txt']);
  fs.writeFileSync(path.join(place, 'pom.xml'), '<project/>');
  assert.ok(!isSource(place), 'a project with a build is built');
});

test('the tests that a build left beside a jar are shipped with it, those of the platform are not', () => {
  const place = written({ 'a-1.0.0.jar': '', 'a-1.0.0-tests.jar': '', 'b-1.0.0.jar': '' });
  assert.equal(testsBeside(path.join(place, 'a-1.0.0.jar')), path.join(place, 'a-1.0.0-tests.jar'));
  assert.equal(testsBeside(path.join(place, 'b-1.0.0.jar')), undefined);
  const ours = path.join(home, 'bundles/agent/echo/src/test');
  assert.equal(testsBeside(path.relative(process.cwd(), path.join(ours, 'x.jar'))), undefined);
});

test('shipping what is no source is explained before anybody logs in', () => {
  const agent = { 'src/main/java/acme/one/OneAgent.java': 'package acme.one;' };
  const binary = written(agent);
  fs.mkdirSync(path.join(binary, 'src/main/resources/acme/one'), { recursive: true });
  fs.writeFileSync(path.join(binary, 'src/main/resources/acme/one/model.bin'), Buffer.from([0xff, 0xfe, 0x00]));
  for (const [words, status, told] of [
    [[], 2, /which jar, which folder/],
    [['nowhere'], 1, /no file or folder nowhere/],
    [[folder()], 1, /neither a build \(pom\.xml\) nor source/],
    [['--source', path.join(home, 'king')], 2, /no folder of source/],
    [['--source', folder()], 1, /no java under src\/main\/java/],
    [[written({ ...agent, 'src/main/java/acme/two/TwoAgent.java': '' })], 1, /java in 2 packages \(acme\/one, acme\/two\)/],
    [[binary], 1, /model\.bin is no text/],
    [[written(agent), '--tests', 'tests.jar'], 2, /src\/test\/java/],
  ]) {
    const ended = king('ship', ...words);
    assert.match(ended.stderr, told);
    assert.equal(ended.status, status, words.join(' '));
  }
});

test('a proposal is shown each time it moves, until it ends', async () => {
  const states = [
    { status: 'VALIDATING', reason: 'checks run' },
    { status: 'VALIDATING', reason: 'checks run' },
    { status: 'READY', reason: 'waits', approvalId: 'a-1', findings: [{ check: 'manifest', verdict: 'PASS' }] },
    { status: 'REJECTED', reason: 'the approval was REJECTED' },
  ];
  let asked = 0;
  const lines = [];
  const log = console.log;
  console.log = (line) => lines.push(line);
  try {
    const client = { get: async () => ({ id: 'p-1', kind: 'BUNDLE', title: 'New', risk: 'LOW', ...states[asked++] }) };
    assert.equal(await follows(client, 'p-1', { option: '' }, 1), 1);
  } finally {
    console.log = log;
  }
  assert.equal(asked, 4);
  const text = lines.join('\n');
  assert.equal(text.match(/VALIDATING/g).length, 1);
  assert.match(text, /PASS +manifest/);
  assert.match(text, /\.\/king approve a-1/);
  assert.match(text, /REJECTED/);
});

test('an approved patch is handed out byte for byte, and its proposal says how to get it and not how to undo it', async () => {
  const patch = '--- a/terraform/main.tf\n+++ b/terraform/main.tf\n';
  const proposal = { id: 'p-9', kind: 'INFRASTRUCTURE', status: 'COMPLETED', risk: 'HIGH', title: 'One node more' };
  const out = [];
  const [write, log] = [process.stdout.write, console.log];
  process.env.KING_ADMIN_PASSWORD = 'pw';
  try {
    await serving(
      (request, response) => response.end(request.url.endsWith('/p-9/patch') ? patch : JSON.stringify(proposal)),
      async (base) => {
        const port = Number(new URL(base).port);
        // The runner of these tests speaks in bytes on the same stream.
        process.stdout.write = (text) => (typeof text === 'string' ? Boolean(out.push(text)) : write.call(process.stdout, text));
        console.log = (line) => out.push(`${line}\n`);
        assert.equal(await ship(new Data(folder()), { patch: 'p-9', port }, []), 0);
        assert.deepEqual(out, [patch]);
        assert.equal(await ship(new Data(folder()), { show: 'p-9', port }, []), 0);
      },
    );
  } finally {
    [process.stdout.write, console.log] = [write, log];
    delete process.env.KING_ADMIN_PASSWORD;
  }
  const told = out.slice(1).join('');
  assert.match(told, /ship --patch p-9 .*> p-9\.patch/);
  assert.doesNotMatch(told, /--rollback/);
});

test('what waits is listed with everything that stands in the decision, a text of its payload once', async () => {
  const item = {
    id: 'a-1', title: 'Buy toys', risk: 'MEDIUM', votes: [], requiredApprovers: 1,
    description: 'Why\n  low stock', payload: { text: 'Why\n  low stock', amount: '743.00' },
  };
  const lines = [];
  const log = console.log;
  console.log = (line) => lines.push(line);
  try {
    await open({ get: async (path) => ({ items: path.endsWith('PENDING') ? [item] : [] }) }, { option: '' }, true);
  } finally {
    console.log = log;
  }
  const text = lines.join('\n');
  assert.equal(text.match(/low stock/g).length, 1);
  assert.match(text, /"amount": "743.00"/);
  assert.match(text, /\.\/king approve a-1/);
});

test('a chat shows the reply while it comes, its source and what waits, and goes on in its conversation', async (t) => {
  const bodies = [];
  const done = {
    conversationId: 'c-1',
    sources: [{ type: 'rows', kind: 'orders', filter: '2026-08-01 to 2026-08-31', count: 3, digest: 'ab' }],
    actions: [{ type: 'APPROVAL', id: 'a-1', title: 'Buy toys', detail: { risk: 'MEDIUM' } }],
  };
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(JSON.parse(body));
    assert.equal(request.headers.accept, 'text/event-stream');
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(': \n\nevent: text\ndata: {"text":"169.98 "}\n\n');
    response.end(`event: text\ndata: {"text":"USD\\u001b[31m"}\n\nevent: done\ndata: ${JSON.stringify(done)}\n\n`);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => server.close());
  const client = new Client(`http://127.0.0.1:${server.address().port}`, 'Basic eA==');
  let out = '';
  const write = (text) => (out += text);
  const id = await converse(client, { message: 'How much?' }, { option: '' }, write);
  await converse(client, { message: 'And in July?', conversationId: id }, { option: '' }, write);
  assert.match(out, /169\.98 USD\[31m/);
  assert.match(out, /3 rows of orders, 2026-08-01 to 2026-08-31/);
  assert.match(out, /\.\/king approve a-1/);
  assert.deepEqual(bodies, [{ message: 'How much?' }, { message: 'And in July?', conversationId: 'c-1' }]);
});

test('a chat without words needs a terminal', () => {
  assert.match(king('chat').stderr, /which question\?|Is it running|KING_PASSWORD/);
});

test('a failed test is named with what it said and where', () => {
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [], skips: new Map(), flaky: [] };
  add(counts, `<testsuite>
    <testcase name="goesWell" classname="a.OneTest" time="0.1"/>
    <testcase name="fails" classname="a.OneTest" time="0.1">
      <failure message="m" type="E"><![CDATA[org.opentest4j.AssertionFailedError: [the price]
expected: &lt;1&gt;
\tat org.assertj.Assert.that(Assert.java:1)
\tat ai.king.one.OneTest.fails(OneTest.java:12)
]]></failure>
      <rerunFailure message="m" type="E"><stackTrace><![CDATA[once more]]></stackTrace></rerunFailure>
    </testcase>
    <testcase name="left" classname="a.OneTest" time="0"><skipped message="no &quot;cc&quot;"/></testcase>
  </testsuite>`);
  assert.deepEqual([counts.passed, counts.failed, counts.skipped], [1, 1, 1]);
  assert.deepEqual([...counts.skips], [['no "cc"', ['a.OneTest.left']]]);
  assert.equal(counts.failures.length, 1);
  assert.match(counts.failures[0], /^a\.OneTest\.fails\n +org\.opentest4j.*\[the price\]\n +expected: <1>\n +at ai\.king\.one\.OneTest\.fails\(OneTest\.java:12\)$/);
});

test('a class of tests that never ends is known, and where it is', () => {
  const { open, line } = classes();
  line('[INFO] Running ai.king.one.FirstTest');
  line('[INFO] Running ai.king.one.SecondTest$Inner');
  line('[WARNING] Tests run: 1, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.1 s -- in ai.king.one.FirstTest');
  line('[INFO] Tests run: 20, Failures: 0, Errors: 0, Skipped: 0');
  assert.deepEqual([...open.keys()], ['ai.king.one.SecondTest$Inner']);
  const frames = ['wait(Own.java:2)', 'calls(Own.java:3)', 'test(OwnTest.java:4)', 'deeper(Own.java:5)'].map((frame) => `\tat ai.king.one.${frame}`);
  assert.deepEqual(
    whereabouts(['"main" #1 prio=5', '\tat java.lang.Object.wait(Object.java:1)', ...frames, '"other" #2', frames[0]]),
    frames.slice(0, 3).map((frame) => frame.trim()),
  );
});
