import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/**
 * Starts a program that ends when its standard input does, thus also when this process is killed: end it by
 * `child.stdin.end()`.
 * @param signal what it is ended with, e.g. `INT`
 */
export function spawnAttached(
  command: string,
  args: readonly string[],
  signal: 'INT' | 'TERM' | 'QUIT',
  options: SpawnOptions,
): ChildProcess {
  return spawn(
    'sh',
    ['-c', `"$@" </dev/null & child=$!; read -r _; kill -${signal} $child; wait $child`, 'sh', command, ...args],
    { ...options, stdio: ['pipe', 'ignore', 'pipe'] },
  );
}
