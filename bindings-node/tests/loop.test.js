'use strict';

// What runs besides a handler, and invocations at once.

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const { folderWith } = require('./support/folder');
const { start } = require('./support/function');

test('timers go on between events', async (t) => {
  const source = `
    let open = 0;
    setInterval(() => { if (open === 0) console.log('tick'); }, 1);
    exports.handler = (event, context) => 'fine';`;
  const running = await start(t, source);
  await running.isIdle();
  await running.printed(/tick[^]*tick[^]*tick/);
  await running.ask({});
  const ticks = () => running.process.out.split('tick').length;
  const before = ticks();
  await running.until(() => ticks() > before + 3 || undefined, 'more ticks');
});

test('what a handler has begun goes on after its reply', async (t) => {
  const source = `
    const fs = require('node:fs');
    exports.handler = (event, context) => {
      setTimeout(() => console.log('a timer'), 20);
      fs.promises.readFile(__filename).then(() => console.log('a file'));
      return 'fine';
    };`;
  const running = await start(t, source);
  assert.equal((await running.ask({})).text, 'fine');
  await running.printed('a timer');
  await running.printed('a file');
});

test('handlers that wait for all threads of libuv do not delay the next event', async (t) => {
  const folder = folderWith(t, {});
  const pipes = Array.from({ length: 8 }, (_, index) => path.join(folder, `pipe-${index}`));
  execFileSync('mkfifo', pipes);
  const source = `
    const fs = require('node:fs');
    exports.handler = async (event, context) => (event === '' ? 'quick' : fs.promises.readFile(event, 'utf8'));`;
  const running = await start(t, source);
  const ids = pipes.map((pipe) => running.send(pipe));
  assert.equal((await running.ask('')).text, 'quick');
  assert(ids.every((id) => !running.platform.replies.has(id)));
  for (const pipe of pipes) await fs.promises.writeFile(pipe, `from ${pipe}`);
  for (const [index, id] of ids.entries()) assert.equal((await running.reply(id)).text, `from ${pipes[index]}`);
});

test('keys are derived for several invocations at once', async (t) => {
  const source = `
    const { pbkdf2 } = require('node:crypto');
    exports.handler = (event, context, callback) => {
      pbkdf2('password', 'salt', event, 8, 'sha256', (error, key) => callback(error, key?.toString('hex')));
    };`;
  const running = await start(t, source);
  const ids = Array.from({ length: 8 }, () => running.send(10_000));
  const quick = await running.ask(1);
  for (const id of ids) assert.equal((await running.reply(id)).text, '5ec02b91a4b59c6f');
  assert.equal(quick.text, '120fb6cffcf8b32c');
});

test("a reply that the platform does not take yet is in nobody's way", async (t) => {
  const source = `
    setInterval(() => { if (exports.count > 1) console.log('tick'); }, 1);
    exports.count = 0;
    exports.handler = (event, context) => {
      exports.count += 1;
      console.log('called for %s', event);
      return event;
    };`;
  const running = await start(t, source);
  const answerReplies = running.platform.holdReplies();
  assert.equal((await running.ask('first')).text, 'first');
  const second = running.send('second');
  await running.printed('called for second');
  await running.printed(/tick[^]*tick[^]*tick/);
  answerReplies();
  assert.equal((await running.reply(second)).text, 'second');
});

test('an event that needs another one is not given up while that may come', async (t) => {
  const source = `
    const waiting = [];
    exports.handler = async (event, context) => {
      const alive = setInterval(() => {}, 1);
      await new Promise((done) => {
        waiting.push(done);
        if (waiting.length === 3) for (const each of waiting) each();
      });
      clearInterval(alive);
      return waiting.length;
    };`;
  const running = await start(t, source);
  const ids = [1, 2, 3].map((event) => running.send(event));
  for (const id of ids) assert.equal((await running.reply(id)).json, 3);
});

test('a broken connection is asked over again', async (t) => {
  const running = await start(t, "exports.handler = (event, context) => 'fine';");
  assert.equal((await running.ask({})).text, 'fine');
  await running.isIdle();
  running.platform.closeConnections();
  await running.until(() => running.platform.abandonedPolls > 0 || undefined, 'the end of its connection');
  assert.equal((await running.ask({})).text, 'fine');
});
