'use strict';

// Tells where handlers are stuck that take longer than their timeout, if FGRUNTIME_STUCK_STACK=1: a thread that is not stuck with them
// watches this one.

const { once } = require('node:events');
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const { place } = require('./errors');

/** Starts the thread, if it is wanted; fulfilled when it watches. @param {import('../index').Logger} outside */
async function watch(outside) {
  if (process.env.FGRUNTIME_STUCK_STACK !== '1') return;
  const thread = path.join(__dirname, 'stuck_thread.js');
  const worker = new Worker(thread, { workerData: place.codeRoot, execArgv: [] });
  try {
    await once(worker, 'message');
  } catch (error) {
    return outside.warn('nobody tells where handlers are stuck: %s', error);
  }
  // Whoever answers is not busy.
  worker
    .on('message', (question) => worker.postMessage(question))
    .on('error', (error) => {
      outside.warn('nobody tells any more where handlers are stuck: %s', error);
    });
  worker.unref();
}

module.exports = { watch };
