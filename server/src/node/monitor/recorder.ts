import { threadId } from 'node:worker_threads';
import type { RecordLine, UseKind } from '../../core/know/monitored/record.ts';
import { type CallerOptions, callerOf } from './call-stack.ts';
import { PathSet } from './path-set.ts';
import { RecordFile } from './record-file.ts';

interface Use {
  readonly number: number;
  count: number;
  isChanged: boolean;
}

interface Sample {
  calls: number;
  use: Use | undefined;
}

const MOST_USES = 5000;
/** Details of one kind in one package; further ones are counted as one. */
const MOST_DETAILS = 60;
const MOST_LETTERS = 2000;
const MOST_SAMPLES = 20_000;
/** Stacks cost microseconds. A call that was seen this often is looked at each so many times. */
const ALWAYS = 100;
const EACH = 50;

const FLAGS = [
  ...['--permission', '--experimental-permission', '--allow-fs-read', '--allow-fs-write', '--allow-net'],
  ...['--allow-child-process', '--allow-worker', '--allow-addons', '--allow-wasi'],
];

/** Keeps what was seen in this thread, each use once with its first stack, and writes it. */
export class Recorder {
  readonly #uses = new Map<string, Use>();
  readonly #details = new Map<string, number>();
  readonly #samples = new Map<string, Sample>();
  readonly #changed: Use[] = [];
  readonly #reads = new PathSet();
  readonly #writes = new PathSet();
  readonly #file: RecordFile;
  #isBusy = false;

  constructor(folder: string) {
    this.#file = new RecordFile(folder, () => this.#changes());
    const known = process.allowedNodeEnvironmentFlags;
    const { pid, versions } = process;
    const flags = FLAGS.filter((flag) => known.has(flag));
    this.#file.append({ thread: threadId, pid, node: versions.node, flags });
  }

  /** Records a use by the code that calls an observed function. */
  use(kind: UseKind, detail: string, options: CallerOptions = {}): void {
    this.#quietly(() => {
      const sample = kind === 'processes' ? undefined : this.#sampleOf(`${kind} ${detail}`);
      if (sample !== undefined && sample.calls++ >= ALWAYS && sample.calls % EACH !== 0) {
        if (sample.use !== undefined) this.#count(sample.use);
        return;
      }
      const caller = callerOf(options);
      if (caller === undefined) return;
      const { owner, stack } = caller;
      const cut = detail.slice(0, MOST_LETTERS);
      let key = `${kind} ${owner} ${cut}`;
      let use = this.#uses.get(key);
      let isCounted = true;
      if (use === undefined) {
        const details = this.#details.get(`${kind} ${owner}`) ?? 0;
        isCounted = details < MOST_DETAILS;
        if (isCounted) this.#details.set(`${kind} ${owner}`, details + 1);
        else {
          key = `${kind} ${owner}`;
          use = this.#uses.get(key);
        }
      }
      if (use === undefined) {
        if (this.#uses.size >= MOST_USES) return;
        use = { number: this.#uses.size, count: 0, isChanged: false };
        this.#uses.set(key, use);
        const line = { use: use.number, kind, owner, stack };
        this.#file.append(isCounted ? { ...line, detail: cut } : line);
      }
      if (sample !== undefined) sample.use = use;
      this.#count(use);
    });
  }

  read(path: string): void {
    if (!this.#isBusy && this.#reads.add(path)) this.#file.appendSoon();
  }

  write(path: string): void {
    if (!this.#isBusy && this.#writes.add(path)) this.#file.appendSoon();
  }

  /** Records a process that is not observed, or a part of Node.js. */
  missed(what: 'child' | 'part'): void {
    this.#quietly(() => this.#file.append({ missed: what }));
  }

  /** Writes what is left when the process ends. */
  end(): void {
    this.#quietly(() => {
      const { moduleLoadList } = process as { moduleLoadList?: readonly string[] };
      if (moduleLoadList?.includes('NativeModule wasi') === true) this.#file.append({ wasi: true });
      this.#file.end();
    });
  }

  /** Runs something whose own calls are not observed, and whose failure is not the program's. */
  #quietly(run: () => void): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      run();
    } catch {
      // The monitor has ended, or the disk is full.
    } finally {
      this.#isBusy = false;
    }
  }

  #sampleOf(key: string): Sample | undefined {
    let sample = this.#samples.get(key);
    if (sample === undefined && this.#samples.size < MOST_SAMPLES) {
      sample = { calls: 0, use: undefined };
      this.#samples.set(key, sample);
    }
    return sample;
  }

  #count(use: Use): void {
    use.count++;
    if (use.isChanged) return;
    use.isChanged = true;
    this.#changed.push(use);
    this.#file.appendSoon();
  }

  #changes(): readonly RecordLine[] {
    const lines: RecordLine[] = [];
    if (this.#changed.length > 0)
      lines.push({ counts: this.#changed.splice(0).map((use) => this.#counted(use)) });
    const reads = this.#reads.taken();
    const writes = this.#writes.taken();
    if (reads.length + writes.length > 0) lines.push({ reads, writes });
    return lines;
  }

  #counted(use: Use): [number, number] {
    use.isChanged = false;
    return [use.number, use.count];
  }
}
