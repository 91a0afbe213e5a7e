/** The bundled server as `npm start` runs it: a process of its own, known by what it prints and answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../api/dist/server.js', import.meta.url));

/** What it prints when it serves; captures the address. */
export const READY = /Ready, open:\s+(http:\/\/\S+)/;

export class Served {
  /** All that it has printed so far. */
  output = '';
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #listeners = new Set<() => void>();
  #running = true;

  /**
   * Starts it on a free port.
   * @param env its settings
   * @param folder where it runs
   */
  constructor(env: Readonly<Record<string, string>>, folder: string) {
    const { PATH, HOME } = process.env;
    this.#child = spawn(process.execPath, [SERVER], {
      cwd: folder,
      env: { PATH, HOME, PORT: '0', WANGGE_DEMO_RATE: '0', ...env },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        this.#look();
      });
    }
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        this.#running = false;
        resolve(code);
        this.#look();
      });
    });
  }

  #look(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** What a pattern captures once it is printed. @throws where the process ends without it, with all that it printed */
  async prints(pattern: RegExp): Promise<string> {
    return await new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(this.output);
        if (!found && this.#running) return;
        this.#listeners.delete(look);
        if (found) resolve(found[1] ?? found[0]);
        else reject(new Error(`the server ended without ${pattern}:\n${this.output}`));
      };
      this.#listeners.add(look);
      look();
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
