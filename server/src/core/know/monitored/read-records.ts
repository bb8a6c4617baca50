import { type RecordedFrame, USE_KINDS, type UseKind } from './record.ts';

export interface ObservedUse {
  readonly kind: UseKind;
  /** The folder of the package, '' for the program itself, null if it is unknown. */
  readonly owner: string | null;
  /** Undefined for those over the limit. */
  readonly detail: string | undefined;
  readonly count: number;
  /** The first one; empty if no file was on it. */
  readonly stack: readonly RecordedFrame[];
}

/** What all processes and threads of a program were seen to do. */
export interface Observed {
  readonly processes: number;
  readonly workers: number;
  /** Versions of Node.js that are too old to be observed. */
  readonly old: readonly string[];
  /** Processes and threads that were started without the means to observe them. */
  readonly missed: number;
  /** Whether functions of Node.js could not be observed, as they were frozen. */
  readonly isPartial: boolean;
  /** Files that could not be read, or not wholly. */
  readonly damaged: number;
  /** The permission flags that every Node.js of the run knows. */
  readonly flags: readonly string[];
  readonly uses: readonly ObservedUse[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly usesWasi: boolean;
}

/** Merges the records of all threads, in the order of their start. The program could have written anything into them. */
export function readRecords(texts: readonly (string | undefined)[]): Observed {
  const uses = new Map<string, ObservedUse>();
  const processes = new Set<number>();
  const old = new Set<string>();
  const reads = new Set<string>();
  const writes = new Set<string>();
  let flags: readonly string[] | undefined;
  let workers = 0;
  let missed = 0;
  let damaged = 0;
  let isPartial = false;
  let usesWasi = false;
  for (const text of texts) {
    const own = new Map<number, UseRecord>();
    const counts = new Map<number, number>();
    let isDamaged = text === undefined;
    for (const line of text?.split('\n') ?? []) {
      if (line === '') continue;
      const value = parsed(line);
      if (value === undefined) isDamaged = true;
      else if (isNumber(value.pid)) {
        if (value.old === true) {
          old.add(String(value.node));
          continue;
        }
        if (value.thread === 0) processes.add(value.pid);
        else workers++;
        flags = commonTo(flags, textsIn(value.flags));
      } else if (isNumber(value.use)) {
        const use = useOf(value);
        if (use === undefined) isDamaged = true;
        else own.set(value.use, use);
      } else if (Array.isArray(value.counts)) {
        for (const [use, count] of value.counts.filter(isPair)) counts.set(use, count);
      } else if (value.missed === 'part') isPartial = true;
      else if (value.missed !== undefined) missed++;
      else if (value.wasi === true) usesWasi = true;
      else {
        for (const path of textsIn(value.reads)) reads.add(path);
        for (const path of textsIn(value.writes)) writes.add(path);
      }
    }
    if (isDamaged) damaged++;
    for (const [number, use] of own) {
      const key = JSON.stringify([use.kind, use.owner, use.detail]);
      const before = uses.get(key);
      const count = (before?.count ?? 0) + (counts.get(number) ?? 1);
      uses.set(key, { ...(before ?? use), count });
    }
  }
  return {
    ...{ processes: processes.size, workers, old: [...old], missed, isPartial, damaged, flags: flags ?? [] },
    ...{ uses: [...uses.values()], reads: [...reads], writes: [...writes], usesWasi },
  };
}

type UseRecord = Omit<ObservedUse, 'count'>;
type Value = Readonly<Record<string, unknown>>;

function parsed(line: string): Value | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Value) : undefined;
  } catch {
    return undefined;
  }
}

function useOf({ kind, owner, detail, stack }: Value): UseRecord | undefined {
  const known = USE_KINDS.find((one) => one === kind);
  if (known === undefined || (owner !== null && typeof owner !== 'string') || !Array.isArray(stack))
    return undefined;
  return {
    kind: known,
    owner,
    detail: typeof detail === 'string' ? detail : undefined,
    stack: stack.filter(isFrame),
  };
}

function isFrame(value: unknown): value is RecordedFrame {
  return (
    Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string' && isNumber(value[2])
  );
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && isNumber(value[0]) && isNumber(value[1]);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function commonTo(before: readonly string[] | undefined, flags: readonly string[]): readonly string[] {
  return before === undefined ? flags : before.filter((flag) => flags.includes(flag));
}
