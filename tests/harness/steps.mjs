/** The steps of a run, and its one line at the end. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, ROOT, run, scratch, title, whenInterrupted } from './terminal.mjs';

const total = { passed: 0, failed: 0 };

/** Ends the run with its one line. */
export function finish() {
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

/** A step that nothing after it can do without. */
export function giveUp(error) {
  console.error(`\n${error?.name === 'Refusal' ? error.message : (error?.stack ?? error)}\n`);
  total.failed += 1;
  finish();
}

whenInterrupted(() => {
  total.failed += 1;
  finish();
});

/** One check that passes or fails as a whole. */
export async function check(name, args) {
  title(name);
  const code = await run(process.execPath, args);
  if (code === 0) total.passed += 1;
  else total.failed += 1;
  console.log(code === 0 ? 'passed' : `failed (exit ${code})`);
}

/**
 * A project of vitest.config.ts.
 * @param {Record<string, string>} more environment beside that of the run
 * @param {readonly string[]} files those of the project that run; none for all
 */
export async function suite(name, project, more = {}, files = []) {
  title(name);
  const report = join(scratch, `${project}.json`);
  const code = await run(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...files,
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env: { ...environment(), ...more } },
  );
  const { passed, failed } = existsSync(report)
    ? tally(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 };
  total.passed += passed;
  // A crash, an unhandled error or a teardown that fails shows in the exit code alone.
  total.failed += failed || (code === 0 ? 0 : 1);
}

function tally({ testResults }) {
  let passed = 0;
  let failed = 0;
  for (const { name, status, assertionResults, message } of testResults) {
    for (const test of assertionResults) {
      if (test.status === 'passed') passed += 1;
      else failed += 1;
      if (test.status !== 'passed' && test.status !== 'failed') {
        console.error(`${test.status} counts as failed: ${test.fullName} (${name})`);
      }
    }
    // A file that could not be loaded, or whose hook failed before any test.
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) {
      failed += 1;
      console.error(`failed as a file: ${name}\n${message ?? ''}`);
    }
  }
  return { passed, failed };
}
