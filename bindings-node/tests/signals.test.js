'use strict';

// How a function is told to stop.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');

const SLEEPING = `
  exports.handler = async (event, context) => {
    console.log('began %s', event);
    await new Promise((done) => setTimeout(done, event));
    return 'done';
  };`;
const LONG = 3_600_000;

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} ends the wait`, async (t) => {
    const running = await start(t, 'exports.handler = (event, context) => {};');
    await running.isIdle();
    running.kill(signal);
    assert.deepEqual(await running.ended(), { status: 0, signal: null, out: '', err: '' });
  });

  test(`${signal} lets what runs finish`, async (t) => {
    const running = await start(t, SLEEPING);
    const ids = [running.send(300), running.send(301)];
    await running.printed('began 300');
    await running.printed('began 301');
    running.kill(signal);
    for (const id of ids) assert.equal((await running.reply(id)).text, 'done');
    assert.equal((await running.ended()).status, 0);
  });

  test(`a second ${signal} ends it at once`, async (t) => {
    const running = await start(t, SLEEPING);
    running.send(LONG);
    await running.printed('began');
    await kill(running, signal);
    running.kill(signal);
    const { status, err } = await running.ended();
    assert.deepEqual([status, err], [1, '']);
  });
}

/** Waits until it has understood: it gives its request for an event up. */
async function kill(running, signal) {
  await running.isIdle();
  running.kill(signal);
  await running.until(() => running.platform.abandonedPolls > 0 || undefined, 'the end of its wait');
}

test('a second signal ends a handler that never returns', async (t) => {
  const running = await start(t, "exports.handler = (event, context) => { console.log('began'); for (;;); };");
  running.send({});
  await running.printed('began');
  await kill(running, 'SIGTERM');
  running.kill('SIGTERM');
  assert.equal((await running.ended()).status, 1);
});

test('what a function still does does not keep it alive', async (t) => {
  const source = `
    const { createServer } = require('node:net');
    setInterval(() => {}, 1);
    createServer().listen(0, '127.0.0.1');
    exports.handler = (event, context) => { setTimeout(() => {}, ${LONG}); return 'fine'; };`;
  const running = await start(t, source);
  assert.equal((await running.ask({})).text, 'fine');
  await running.stop();
});

test('one that nothing will settle any more does not keep it alive', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      console.log('began');
      return new Promise((done) => { const timer = setInterval(() => { if (exports.stopped) clearInterval(timer); }, 1); });
    };
    process.on('SIGTERM', () => { exports.stopped = true; });`;
  const running = await start(t, source);
  const id = running.send({});
  await running.printed('began');
  running.kill('SIGTERM');
  assert.equal((await running.reply(id)).json.errorType, 'FunctionNotReplied');
  assert.equal((await running.ended()).status, 0);
});

const LISTENING = {
  'from the start': "process.on('SIGTERM', () => console.log('heard'));",
  'from the start, once': "process.once('SIGTERM', () => console.log('heard'));",
  later: "setTimeout(() => { process.on('SIGTERM', () => console.log('heard')); console.log('ready'); }, 1);",
  'for a while':
    "const none = () => {}; process.on('SIGTERM', none); process.off('SIGTERM', none); console.log('heard');",
};

for (const [when, listen] of Object.entries(LISTENING)) {
  test(`a function with a listener of its own is stopped as well: ${when}`, async (t) => {
    const running = await start(t, `${listen}\n${SLEEPING}`);
    if (when === 'later') await running.printed('ready');
    const id = running.send(300);
    await running.printed('began');
    running.kill('SIGTERM');
    assert.equal((await running.reply(id)).text, 'done');
    const { status, out } = await running.ended();
    assert.equal(status, 0);
    assert.match(out, /heard/);
  });
}

test('a program with a listener of its own from before is stopped as well', async (t) => {
  const source = `
    process.on('SIGTERM', () => console.log('heard'));
    ${SLEEPING}
    require('fgruntime').run(exports.handler);`;
  const running = await start(t, { 'bootstrap.js': source }, { command: [process.execPath, 'bootstrap.js'] });
  const id = running.send(300);
  await running.printed('began');
  running.kill('SIGTERM');
  assert.equal((await running.reply(id)).text, 'done');
  const { status, out } = await running.ended();
  assert.equal(status, 0);
  assert.match(out, /heard/);
});

for (const signals of [['SIGTERM'], ['SIGTERM', 'SIGINT']]) {
  test(`SIGINT is understood, whoever listens for ${signals.join(' and ')}`, async (t) => {
    const listen = signals.map((signal) => `process.on('${signal}', () => {});`).join('\n');
    const running = await start(t, `${listen}\n${SLEEPING}`);
    const id = running.send(300);
    await running.printed('began');
    running.kill('SIGINT');
    assert.equal((await running.reply(id)).text, 'done');
    assert.equal((await running.ended()).status, 0);
  });
}

test('a function that cannot be called is stopped while it waits to say so', async (t) => {
  const running = await start(t, '1 +');
  await running.isIdle();
  running.kill('SIGTERM');
  const { status, out } = await running.ended();
  assert.equal(status, 1);
  assert.match(out, /SyntaxError/);
});

test('a status that the code has set is that of the process', async (t) => {
  const running = await start(t, 'exports.handler = (event, context) => { process.exitCode = 7; };');
  await running.ask({});
  running.kill('SIGTERM');
  assert.equal((await running.ended()).status, 7);
});
