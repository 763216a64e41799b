'use strict';

const { spawnSync } = require('node:child_process');

/** @type {Record<string, string>} */
const TRIPLES = {
  'linux x64': 'linux-x64-gnu',
  'linux arm64': 'linux-arm64-gnu',
  'darwin x64': 'darwin-x64',
  'darwin arm64': 'darwin-arm64',
};

/** The program, which is in a package for this platform. */
function find() {
  const platform = `${process.platform} ${process.arch}`;
  const triple = TRIPLES[platform];
  if (triple === undefined) {
    throw new Error(
      `fgruntime-cli has no program for ${platform}; there are some for ${Object.keys(TRIPLES).join(', ')}`,
    );
  }
  try {
    return require.resolve(`fgruntime-cli-${triple}/fgruntime`);
  } catch (cause) {
    const text = `the package fgruntime-cli-${triple} is missing, which has the program; run npm install without --omit=optional`;
    throw new Error(text, { cause });
  }
}

/**
 * Runs the program in place of this process.
 * @param {string[]} words
 * @returns {never}
 */
function run(words) {
  // It has the terminal's signals itself; here they must not end what waits for it.
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {});
  const { status, signal, error } = spawnSync(find(), words, { stdio: 'inherit' });
  if (error) throw error;
  process.exit(status ?? (signal === null ? 1 : 128));
}

exports.run = run;
