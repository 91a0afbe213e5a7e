/** Programs run in the terminal of a run, one at a time; plain node:, as nothing is installed yet. */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of this run alone, gone at its end. */
export const scratch = mkdtempSync(join(tmpdir(), 'wangge-run-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

export const title = (text) => console.log(`\n── ${text}`);

let running = null;
let interrupted = false;
let end = () => process.exit(1);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    // From a terminal the child has had its own; one that is told twice only ends faster.
    if (running) running.kill(signal);
    else process.exit(1);
  });
}

/** @param {() => never} finish how a run ends whose program was interrupted */
export function whenInterrupted(finish) {
  end = finish;
}

/** Runs a program in the terminal of this one. @returns its exit code */
export async function run(command, args, options = {}) {
  running = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment(),
    ...options,
  });
  const code = await new Promise((resolve) => {
    running.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    running.once('close', (exit, signal) => resolve(signal ? 1 : exit));
  });
  running = null;
  if (interrupted) end();
  return code;
}

/** Chromium and some tools want a home, and a service account may have none. */
export function environment() {
  const env = { ...process.env };
  if (!process.stdout.isTTY) env.NO_COLOR = '1';
  try {
    accessSync(env.HOME || '/nonexistent', constants.W_OK);
  } catch {
    env.HOME = scratch;
  }
  return env;
}
