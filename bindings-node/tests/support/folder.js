'use strict';

// The folder of a function's files.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const PACKAGE = path.resolve(__dirname, '../..');

/**
 * A folder, removed after the test, in which `require('fgruntime')` finds the package.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} files Texts by the names of their files.
 */
function folderWith(t, files) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'fgruntime-')));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  fs.mkdirSync(path.join(folder, 'node_modules'));
  fs.symlinkSync(PACKAGE, path.join(folder, 'node_modules/fgruntime'));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return folder;
}

module.exports = { PACKAGE, folderWith };
