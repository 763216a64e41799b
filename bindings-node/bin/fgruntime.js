#!/usr/bin/env node
'use strict';

// `npx fgruntime index.handler` runs a handler as the platform does; `invoke` and `event` are the command's.

const USAGE = `usage: npx fgruntime [FILE.FUNCTION]
       npx fgruntime invoke|event …

Runs FUNCTION(event, context) of FILE.js (.cjs, .mjs, .ts), for example index.handler or src/index.handler, for every invocation of
the platform at RUNTIME_API_ADDR. Without an argument RUNTIME_HANDLER says which.

invoke and event are forwarded to the command with the local emulator, which is in the package fgruntime-cli.`;

/** @param {string[]} words */
function main(words) {
  const [first] = words;
  if (first === 'invoke' || first === 'event') return forward(words);
  if (words.length === 1 && (first === '-h' || first === '--help')) return console.log(USAGE);
  if (words.length > 1 || first?.startsWith('-')) {
    process.stderr.write(`fgruntime: at most one argument is expected, but got: ${words.join(' ')}\n\n${USAGE}\n`);
    return process.exit(2);
  }
  return require('../lib/program').runNamed(first ?? '');
}

/** @param {string[]} words */
function forward(words) {
  const command = findCommand();
  if (command !== undefined) return require(command).run(words);
  process.stderr.write(
    `fgruntime: \`fgruntime ${words[0]}\` is in the package fgruntime-cli, which is not installed; run: npm install --save-dev fgruntime-cli\n`,
  );
  return process.exit(1);
}

/** The package is looked for from here, and from where the user is. */
function findCommand() {
  try {
    return require.resolve('fgruntime-cli', { paths: [__dirname, process.cwd()] });
  } catch {
    return undefined;
  }
}

main(process.argv.slice(2));
