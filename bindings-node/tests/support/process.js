'use strict';

// A function that runs as a process of its own.

const { spawn } = require('node:child_process');

// What those who run the tests have set means something to a function, and must not.
const OTHERS = /^(RUNTIME_|FGRUNTIME_|ENV_DELEGATE|NODE_)/;

class FunctionProcess {
  out = '';
  err = '';
  /** Once it has ended. @type {{ status: number | null, signal: string | null, out: string, err: string } | undefined} */
  ended;
  #process;
  #changes;

  /**
   * @param {string[]} command
   * @param {string} folder
   * @param {Record<string, string>} variables
   * @param {import('node:events').EventEmitter} changes Told of everything that happens.
   */
  constructor([program, ...args], folder, variables, changes) {
    this.#changes = changes;
    const stdio = ['ignore', 'pipe', 'pipe'];
    this.#process = spawn(program, args, { cwd: folder, env: environment(variables), stdio });
    this.#read('stdout', 'out');
    this.#read('stderr', 'err');
    this.#process.on('close', (status, signal) => {
      this.ended = { status, signal, out: this.out, err: this.err };
      changes.emit('change');
    });
  }

  get id() {
    return this.#process.pid;
  }

  /** @param {NodeJS.Signals} signal */
  kill(signal) {
    this.#process.kill(signal);
  }

  /** From now on its standard output is read, or not. @param {boolean} isRead */
  readOutput(isRead) {
    if (isRead) this.#process.stdout.resume();
    else this.#process.stdout.pause();
  }

  show() {
    return JSON.stringify({ out: this.out.slice(-5000), err: this.err.slice(-5000), ...this.ended });
  }

  #read(stream, member) {
    this.#process[stream].setEncoding('utf8').on('data', (text) => {
      this[member] += text;
      this.#changes.emit('change');
    });
  }
}

/** @param {Record<string, string>} variables */
function environment(variables) {
  const kept = Object.entries(process.env).filter(([name]) => !OTHERS.test(name));
  return { ...Object.fromEntries(kept), ...variables };
}

module.exports = { FunctionProcess, environment };
