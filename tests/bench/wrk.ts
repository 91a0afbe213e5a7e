/** HTTP as fast as some clients can ask: wrk, one thread, kept connections, addresses in turn. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { SECONDS } from './pgbench.ts';

const lua = (paths: readonly string[]): string => `
local paths = {
${paths.map((path) => `  ${JSON.stringify(path)},`).join('\n')}
}
local at = 0
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("\\n{\\"requests\\":%d,\\"us\\":%d,\\"errors\\":%d,\\"p99\\":%d}\\n",
    summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(99)))
end
`;

/**
 * @param paths asked for in this order, again and again
 * @param coding what is sent as Accept-Encoding, as every browser does; none by default
 * @returns measures: milliseconds an answer, all clients together; @throws where an answer was no 200
 */
export async function wrk(
  url: string,
  folder: string,
  name: string,
  paths: readonly string[],
  clients: number,
  coding?: string,
): Promise<() => Promise<number>> {
  const script = `${folder}/${name}.lua`;
  await writeFile(script, lua(paths));
  const args = [
    '-t1',
    `-c${clients}`,
    `-d${SECONDS}s`,
    '-s',
    script,
    ...(coding ? ['-H', `Accept-Encoding: ${coding}`] : []),
    url,
  ];
  return async () => {
    const { stdout } = await promisify(execFile)('wrk', args);
    const { requests, us, errors } = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>;
    if (!requests || errors !== 0) throw new Error(`${url}${paths[0]} did not answer as it should:\n${stdout}`);
    return us! / 1000 / requests;
  };
}
