'use strict';

// A function that runs, whatever calls it.

const assert = require('node:assert/strict');
const { EventEmitter } = require('node:events');
const { until } = require('./patience');
const { FunctionProcess } = require('./process');

class Running {
  /** Emits `change` at everything that happens. */
  changes = new EventEmitter().setMaxListeners(0);

  /**
   * @param {string[]} command
   * @param {string} folder
   * @param {Record<string, string>} variables
   */
  spawn(command, folder, variables) {
    this.process = new FunctionProcess(command, folder, variables, this.changes);
  }

  /** Waits until it has printed this. @param {string | RegExp} text */
  printed(text) {
    return this.until(() => (this.process.out.search(text) >= 0 ? true : undefined), `${text} in its output`);
  }

  /** How it ended, and all that it has printed. */
  ended() {
    return this.until(() => this.process.ended, 'its end');
  }

  /**
   * Gives what `find` finds while the function runs.
   * @template T
   * @param {() => T | undefined} find
   * @param {string} what
   */
  until(find, what) {
    const show = () => `${what}; the function: ${this.process.show()}`;
    const findWhileItRuns = () => {
      const found = find();
      if (found === undefined && this.process.ended) throw new Error(`it ended without ${show()}`);
      return found;
    };
    return until(this.changes, findWhileItRuns, show);
  }

  /** @param {NodeJS.Signals} signal */
  kill(signal) {
    this.process.kill(signal);
  }

  /** Tells it to stop, which it must do well; gives what it printed. */
  async stop() {
    this.kill('SIGTERM');
    const { status, out, err } = await this.ended();
    assert.deepEqual([status, err], [0, ''], out);
    return out;
  }

  async close() {
    this.kill('SIGKILL');
    await this.ended();
  }
}

module.exports = { Running };
