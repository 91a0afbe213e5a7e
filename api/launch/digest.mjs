import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const LEFT_OUT = new Set(['node_modules', 'dist', 'screenshots', '.git', '.wangge']);

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [path];
  return readdirSync(path).flatMap((name) => (LEFT_OUT.has(name) ? [] : filesUnder(join(path, name))));
}

/**
 * SHA-256 over the names and bytes of files, and of all files under folders; a path that does not exist counts as
 * absent. Tests are left out: they change nothing that is installed or built.
 * @param {readonly string[]} paths relative to the root
 */
export function digest(paths) {
  const hash = createHash('sha256');
  const files = paths.flatMap((path) => filesUnder(join(ROOT, path))).filter((file) => !/\.test\.[a-z]+$/.test(file));
  for (const file of files.sort()) {
    hash.update(`${relative(ROOT, file)}\0`);
    hash.update(readFileSync(file));
    hash.update('\0');
  }
  return hash.digest('hex');
}
