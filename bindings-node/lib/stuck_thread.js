'use strict';

// The thread that tells where the main thread is stuck. That one is asked for an answer first: a handler that awaits something keeps
// nobody from answering, and only a thread that is busy needs to be held to be looked at.

const { Session } = require('node:inspector');
const { setTimeout: sleep } = require('node:timers/promises');
const { fileURLToPath } = require('node:url');
const { parentPort, workerData } = require('node:worker_threads');
const native = require('./native');
require('./context');
const { framesOf, place } = require('./errors');

// When all handlers are stuck, the process ends after a second.
const ANSWER_MS = 200;
const HOLD_MS = 600;
const FREE =
  'it is not stuck in JavaScript: the event loop is free, and the handler awaits something that has not come';
const BUSY = 'the event loop is busy, so that no handler goes on; it is';
const NATIVE = 'in what is not JavaScript, such as a regular expression or a call of the system that waits';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
/** @type {import('./native').Context[]} */
const stuck = [];
let isLooking = false;
let questions = 0;

/** Looks once for all that wait to be told. @param {import('./native').Context} context */
async function tell(context) {
  stuck.push(context);
  if (isLooking) return;
  isLooking = true;
  if (await isFree()) log(FREE);
  else await tellWhereItIs();
  stuck.length = 0;
  isLooking = false;
}

/** What is not JavaScript cannot be held: that is told then, and later where it has come back. */
async function tellWhereItIs() {
  const held = hold();
  const frames = await Promise.race([held, sleep(HOLD_MS)]);
  if (frames !== undefined) return log(here(frames));
  log(`${BUSY} ${NATIVE}`);
  log(here(await held));
}

/** @param {string[]} frames */
function here(frames) {
  return frames.length === 0 ? `${BUSY} in no code of the function` : [`${BUSY} here:`, ...frames].join('\n    ');
}

/** @param {string} text */
function log(text) {
  for (const { logger } of stuck) logger.error('%s', text);
}

/** Whether the main thread answers. @returns {Promise<boolean>} */
function isFree() {
  questions += 1;
  const question = questions;
  return new Promise((resolve) => {
    const heard = (/** @type {unknown} */ answer) => {
      if (answer === question) end(true);
    };
    const timer = setTimeout(() => end(false), ANSWER_MS);
    const end = (/** @type {boolean} */ isHeard) => {
      clearTimeout(timer);
      port.off('message', heard);
      resolve(isHeard);
    };
    port.on('message', heard);
    port.postMessage(question);
  });
}

/** Holds the main thread for a moment, as soon as it is in JavaScript; gives the frames of its stack. @returns {Promise<string[]>} */
function hold() {
  const session = new Session();
  /** @type {Map<string, string>} */
  const scripts = new Map();
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
  session.connectToMainThread();
  session.post('Debugger.enable');
  session.post('Debugger.pause');
  return new Promise((resolve) => {
    session.on('Debugger.paused', ({ params }) => {
      session.post('Debugger.resume');
      session.post('Debugger.disable', () => session.disconnect());
      resolve(framesIn(params.callFrames, scripts));
    });
  });
}

/**
 * As they are in the stack of an error.
 * @param {import('node:inspector').Debugger.CallFrame[]} callFrames
 * @param {Map<string, string>} scripts
 */
function framesIn(callFrames, scripts) {
  const lines = callFrames.map(({ functionName, location: { scriptId, lineNumber, columnNumber = 0 } }) => {
    const script = scripts.get(scriptId) ?? '';
    const file = script.startsWith('file:') ? fileURLToPath(script) : script;
    const at = `${file}:${lineNumber + 1}:${columnNumber + 1}`;
    return functionName === '' ? `    at ${at}` : `    at ${functionName} (${at})`;
  });
  return framesOf({ stack: lines.join('\n') });
}

place.codeRoot = workerData;
// What keeps this thread alive.
port.on('message', () => {});
native.watchTimeouts(tell);
port.postMessage('watching');
