'use strict';

// A function with its platform.

const assert = require('node:assert/strict');
const { PACKAGE, folderWith } = require('./folder');
const { Platform } = require('./platform');
const { Running } = require('./running');

const PROGRAM = `${PACKAGE}/bin/fgruntime.js`;

// The runtime warns of those that are missing.
const SETTINGS = {
  RUNTIME_PROJECT_ID: 'project-1',
  RUNTIME_FUNC_NAME: 'test',
  RUNTIME_FUNC_VERSION: 'latest',
  RUNTIME_PACKAGE: 'default',
  RUNTIME_HANDLER: 'index.handler',
  RUNTIME_TIMEOUT: '30',
  RUNTIME_USERDATA: '{}',
  RUNTIME_CPU: '300',
  RUNTIME_MEMORY: '128',
  RUNTIME_MAX_RESP_BODY_SIZE: '6291456',
  RUNTIME_ROOT: '/home/snuser/runtime',
  RUNTIME_LOG_DIR: '/home/snuser/log',
};

/**
 * How a function is started.
 * @typedef {object} How
 * @property {string[]} [args] Of the program `fgruntime`.
 * @property {string[]} [command] Instead of that program.
 * @property {Record<string, string>} [variables]
 */

/** A function that runs. */
class RunningFunction extends Running {
  platform = new Platform(this.changes);

  /**
   * @param {string} folder Where its files are.
   * @param {How} how
   */
  async start(folder, { args = ['index.handler'], command = [process.execPath, PROGRAM, ...args], variables }) {
    await this.platform.listen();
    const own = { RUNTIME_CODE_ROOT: folder, RUNTIME_API_ADDR: this.platform.address };
    this.spawn(command, folder, { ...SETTINGS, ...own, ...variables });
    return this;
  }

  /**
   * Hands out an event: bytes as they are, anything else as JSON. Gives its request id.
   * @param {unknown} event
   * @param {{ requestId?: string, headers?: Record<string, string> }} [how]
   */
  send(event, how) {
    return this.platform.send(event, how);
  }

  /** The reply to the event of that id. @param {string} requestId */
  reply(requestId) {
    return this.until(() => this.platform.replies.get(requestId), `a reply to ${requestId}`);
  }

  /**
   * Hands out an event and gives the reply to it.
   * @param {unknown} event
   * @param {{ requestId?: string, headers?: Record<string, string> }} [how]
   */
  ask(event, how) {
    return this.reply(this.send(event, how));
  }

  /** Waits until it asks for an event. */
  isIdle() {
    return this.until(() => this.platform.isAsked || undefined, 'a request for an event');
  }

  async close() {
    await super.close();
    this.platform.close();
    assert.deepEqual(this.platform.surprises, []);
  }
}

/**
 * Starts a function that ends with the test.
 * @param {import('node:test').TestContext} t
 * @param {string | Record<string, string>} files The text of index.js, or texts by the names of their files.
 * @param {How} [how]
 */
async function start(t, files, how = {}) {
  const folder = folderWith(t, typeof files === 'string' ? { 'index.js': files } : files);
  const running = await new RunningFunction().start(folder, how);
  t.after(() => running.close());
  return running;
}

module.exports = { PROGRAM, SETTINGS, start };
