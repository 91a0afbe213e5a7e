import { spawn } from 'node:child_process';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

// A stopped start must not leave an installer or a bundler running behind it.
function stopChildren(signal) {
  for (const child of running) child.kill(signal);
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

/**
 * Runs a program and gives what it printed. Its output is shown only where the caller decides so.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number, output: string }>} code 127 where the program cannot be started
 */
export function run(command, args, { cwd, env = process.env }) {
  return new Promise((resolve) => {
    // npx and its like are scripts on Windows, which only a shell can start.
    const child = spawn(command, args, {
      cwd,
      env,
      shell: process.platform === 'win32' && command !== process.execPath,
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    if (running.size === 0) for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopChildren);
    running.add(child);
    const end = (code) => {
      running.delete(child);
      if (running.size === 0) for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stopChildren);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      keep(String(error.message));
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/** The last lines of an output, indented: enough to see what failed. */
export const tail = (output, lines = 15) =>
  output
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `    ${line}`)
    .join('\n');
