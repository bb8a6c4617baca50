import { fileURLToPath } from 'node:url';
import { getCallSites } from 'node:util';
import type { RecordedFrame } from '../../core/know/monitored/record.ts';

/** The code that made a call. */
export interface Caller {
  /** The folder of its package, '' for the program itself, null if no frame names a file. */
  readonly owner: string | null;
  readonly stack: readonly RecordedFrame[];
}

export interface CallerOptions {
  /** Whether a call by Node.js does not count, whoever made it do so. */
  readonly isDirect?: boolean;
  /** A part of Node.js whose calls do not count. */
  readonly except?: string;
}

// Programs may replace functions of Node.js and of the language.
const sitesOf = getCallSites;
const pathOfUrl = fileURLToPath;

/** This bundle, which is one file. */
export const OWN = sitesOf(1)[0]?.scriptName ?? '';

const FEW = 16;
const MANY = 200;
const MOST_FRAMES = 12;
const MOST_LETTERS = 500;
const MOST_PATHS = 20_000;

/** Parts of Node.js that call functions of the program, so that a call right below them is the program's. */
const CALLS_BACK = /^node:(?:events|internal\/(?:timers|process\/task_queues|process\/promises))$/;

/** Yarn's Plug'n'Play puts its own functions in front of those of Node.js. */
const TRANSPARENT = /[\\/]\.pnp\.(?:cjs|loader\.mjs)$/;

/** The folder of a package, also in the stores of pnpm and Yarn and in Yarn's archives. */
const PACKAGE =
  /^.*[\\/]node_modules[\\/](?:\.store[\\/][^\\/]+[\\/]package|@[^\\/]+[\\/][^\\/]+|[^\\/]+)(?=[\\/])/;

type Site = ReturnType<typeof getCallSites>[number];

/**
 * Returns who called the observed function of Node.js: the nearest code that is not part of Node.js. Undefined if Node.js
 * called it for itself, or for a function that is observed as well.
 */
export function callerOf(options: CallerOptions): Caller | undefined {
  const few = sitesOf(FEW, { sourceMap: false });
  const found = callerAmong(few, options);
  if (found !== 'beyond') return found;
  const all = few.length < FEW ? few : sitesOf(MANY, { sourceMap: false });
  const last = all === few ? 'beyond' : callerAmong(all, options);
  if (last !== 'beyond') return last;
  const outer = all.filter(({ scriptName }) => scriptName !== OWN);
  const first = outer[0]?.scriptName ?? '';
  const isOfProgram = !first.startsWith('node:') || CALLS_BACK.test(first);
  return isOfProgram ? { owner: null, stack: [] } : undefined;
}

function callerAmong(
  sites: readonly Site[],
  { isDirect, except }: CallerOptions,
): Caller | undefined | 'beyond' {
  let at = 0;
  while (at < sites.length && sites[at]!.scriptName === OWN) at++;
  if (isDirect === true && sites[at]?.scriptName.startsWith('node:') === true) return undefined;
  for (; at < sites.length; at++) {
    const { scriptName } = sites[at]!;
    if (scriptName === OWN || scriptName === except) return undefined;
    const path = pathOf(scriptName);
    if (path === undefined || TRANSPARENT.test(path)) continue;
    return { owner: PACKAGE.exec(path)?.[0] ?? '', stack: framesOf(sites, at) };
  }
  return 'beyond';
}

const paths = new Map<string, string | undefined>();

/**
 * Returns the path of a script, or `[eval]` and the like for a program that is given as text. Undefined for parts of
 * Node.js, and for other code without a file.
 */
function pathOf(script: string): string | undefined {
  if (paths.has(script)) return paths.get(script);
  let path: string | undefined;
  if (script.startsWith('file:')) {
    try {
      path = pathOfUrl(script);
    } catch {
      path = undefined;
    }
  } else if (/^(?:[\\/]|[A-Za-z]:[\\/]|\[(?:eval|stdin|worker eval)\])/.test(script)) path = script;
  if (paths.size < MOST_PATHS) paths.set(script, path);
  return path;
}

function framesOf(sites: readonly Site[], from: number): readonly RecordedFrame[] {
  const frames: RecordedFrame[] = [];
  for (let at = from; at < sites.length && frames.length < MOST_FRAMES; at++) {
    const { functionName, scriptName, lineNumber } = sites[at]!;
    const path = pathOf(scriptName);
    if (path === undefined) continue;
    frames.push([functionName.slice(0, MOST_LETTERS), path.slice(0, MOST_LETTERS), lineNumber]);
  }
  return frames;
}
