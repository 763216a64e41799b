/** Runs the program `fgruntime` with these arguments, and ends this process as it ends. */
export function run(words: string[]): never;
