import { maskTokens, sameLength } from '../../core/read/text/secrets/mask-secrets.ts';
import { printableText, visibleText } from '../../core/read/text/words/visible-text.ts';
import type { Progress } from '../../engine/session.ts';
import { reasonOf } from '../files/file-problem.ts';

/** The process as seen by commands: its output and the capabilities of that. */
export interface Terminal {
  /**
   * Prints the result of the command and nothing else. Escape sequences in the text are neutralized for
   * terminals and logs, and secrets are covered.
   */
  out(text: string): void;
  /** Prints everything else, in the same way. */
  error(text: string): void;
  /** Prints workflow commands of a CI service, one a line, each escaped as the service wants it. */
  commands(lines: string): void;
  /** The columns of the terminal; 80 if output goes elsewhere. */
  readonly columns: number;
  readonly colour: boolean;
  /** A line on standard error that overwrites itself; silent unless that is a terminal. */
  readonly progress: Progress & { end(): void };
  /** Waits for one key; undefined unless input and output are a terminal. */
  readonly key?: (() => Promise<string>) | undefined;
}

const NARROWEST = 40;
const WIDEST = 120;

/** Returns the terminal of a process. If the reader closes the pipe early, as `head` does, output ends silently. */
export function processTerminal({
  stdin,
  stdout,
  stderr,
  env,
}: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env'>): Terminal {
  stdout.on('error', endOnLostOutput);
  stderr.on('error', ignoreLostMessages);
  const columns = stdout.isTTY === true && stdout.columns > 0 ? stdout.columns : 80;
  const colour = wantsColour(stdout.isTTY === true, env);
  return {
    out: (text) => void stdout.write(printed(text, colour)),
    commands: (lines) => void stdout.write(lines.replace(COMMAND, commandLine)),
    error: (text) => void stderr.write(printed(text, false)),
    columns: Math.min(Math.max(columns, NARROWEST), WIDEST),
    colour,
    key: stdout.isTTY === true ? keyReader(stdin) : undefined,
    progress: stderr.isTTY === true ? lineProgress(stderr) : { report() {}, end() {} },
  };
}

const COMMAND = /^::(.*)$/gm;

/** Neutralizes everything but the start of a command. */
function commandLine(_line: string, rest: string): string {
  return `::${printed(rest, false)}`;
}

/** Covers tokens that were not masked before with as many characters, so that tables and carets stay in line. */
function printed(text: string, styled: boolean): string {
  return maskTokens(printableText(text, styled), sameLength);
}

/** Ctrl-C. A closed terminal counts as that. */
const INTERRUPT = '\u0003';

/** Reads keys without waiting for a line end. What is typed ahead counts as well. */
function keyReader(stdin: NodeJS.ReadStream): (() => Promise<string>) | undefined {
  if (stdin.isTTY !== true) return undefined;
  const typed: string[] = [];
  return async () => {
    if (typed.length === 0) {
      stdin.setRawMode(true);
      stdin.resume();
      const chunk = await new Promise<Buffer | undefined>((resolve) => {
        stdin.once('data', resolve);
        stdin.once('end', () => resolve(undefined));
      });
      stdin.setRawMode(false);
      stdin.pause();
      const keys = chunk?.toString('utf8') ?? INTERRUPT;
      // The terminal sends no signal while it passes single keys.
      if (keys.includes(INTERRUPT)) process.kill(process.pid, 'SIGINT');
      typed.push(...keys);
    }
    return typed.shift() ?? '';
  };
}

/** Decides by `FORCE_COLOR` if it is set, then by `NO_COLOR`, then by whether output goes to a terminal. */
function wantsColour(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isTerminal && env.TERM !== 'dumb';
}

/** Fails if the result was not written completely, as it must not be taken for a complete one. */
function endOnLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`dephygiene: standard output ${reasonOf(error) ?? 'cannot be written'}.\n`);
  process.exit(2);
}

/** Ignores lost messages, as there is no other place to report them. */
function ignoreLostMessages(): void {}

/** Faster work shows no progress. */
const PATIENCE_MS = 500;
const INTERVAL_MS = 100;

function lineProgress(stream: NodeJS.WriteStream): Terminal['progress'] {
  const start = performance.now();
  let last = 0;
  let shown = false;
  return {
    report(message, done, total) {
      const now = performance.now();
      if (now - start < PATIENCE_MS || now - last < INTERVAL_MS) return;
      last = now;
      shown = true;
      const count = total === undefined ? `${done}` : `${done} of ${total}`;
      const line = visibleText(`${message} ${count}`).slice(0, (stream.columns ?? 80) - 1);
      stream.write(`\r\u001b[K${line}`);
    },
    end() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
