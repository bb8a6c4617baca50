import { maskWords } from '../../../know/monitored/mask-words.ts';
import { isBinding, type ProgramPlaces, permissionFlags } from '../../../know/monitored/permission-flags.ts';
import type { Observed, ObservedUse } from '../../../know/monitored/read-records.ts';
import { USE_KINDS, type UseKind } from '../../../know/monitored/record.ts';
import { plural } from '../../../read/text/words/words.ts';

export interface MonitoredFrame {
  readonly function: string;
  /** Relative to the working folder if it lies below. */
  readonly file: string;
  readonly line: number;
}

export interface MonitoredUse {
  readonly kind: UseKind;
  /** Undefined for those over the limit. */
  readonly detail: string | undefined;
  /** Of written files: whether they are in the package's own folder, or the program's working folder. */
  readonly place: 'inside' | 'outside' | undefined;
  readonly count: number;
  readonly stack: readonly MonitoredFrame[];
}

export interface MonitoredPackage {
  readonly type: 'package' | 'program' | 'unknown';
  /** Undefined unless it is a package. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly folder: string | undefined;
  readonly uses: readonly MonitoredUse[];
}

/** What `monitor` reports. */
export interface MonitorReport {
  readonly command: string;
  readonly code: number;
  readonly processes: number;
  readonly workers: number;
  readonly packages: readonly MonitoredPackage[];
  /** Undefined if nothing was observed, or if its Node.js has no permission model. */
  readonly permission: readonly string[] | undefined;
  /** What was not observed, each a sentence. */
  readonly gaps: readonly string[];
}

export interface MonitorInput extends ProgramPlaces {
  readonly words: readonly string[];
  readonly code: number;
  /** The working folder. */
  readonly directory: string;
  readonly observed: Observed;
  /** Removes known secrets, in addition to what looks like one. */
  withoutSecrets(text: string): string;
  /** Returns the name and version of the package in a folder. */
  packageIn(folder: string): { readonly name: string; readonly version: string | undefined };
}

/** Makes the report of one run. */
export function monitorReport(input: MonitorInput): MonitorReport {
  const { words, code, observed, withoutSecrets } = input;
  const { processes, workers } = observed;
  const byOwner = new Map<string | null, ObservedUse[]>();
  for (const use of observed.uses) byOwner.set(use.owner, [...(byOwner.get(use.owner) ?? []), use]);
  const packages = [...byOwner].map(([owner, uses]) => packageOf(owner, uses, input));
  return {
    ...{ command: withoutSecrets(maskWords(words)), code, processes, workers },
    packages: packages.sort(byTypeAndName),
    permission: processes === 0 ? undefined : permissionFlags(observed, input),
    gaps: gapsOf(observed),
  };
}

function packageOf(
  owner: string | null,
  uses: readonly ObservedUse[],
  input: MonitorInput,
): MonitoredPackage {
  const { directory, withoutSecrets } = input;
  const own = owner === '' ? directory : owner;
  const shown = uses.map((use) => shownUse(use, own, directory, withoutSecrets));
  shown.sort((a, b) => USE_KINDS.indexOf(a.kind) - USE_KINDS.indexOf(b.kind));
  if (owner === null || owner === '') {
    const type = owner === '' ? 'program' : 'unknown';
    return { type, name: undefined, version: undefined, folder: undefined, uses: shown };
  }
  return { type: 'package', ...input.packageIn(owner), folder: relativeTo(directory, owner), uses: shown };
}

function shownUse(
  { kind, detail, count, stack }: ObservedUse,
  own: string | null,
  directory: string,
  withoutSecrets: (text: string) => string,
): MonitoredUse {
  const text = kind === 'processes' ? detail && withoutSecrets(maskWords(detail.split('\0'))) : detail;
  return {
    ...{ kind, count },
    detail: text && PATHS.has(kind) ? relativeTo(directory, text) : text,
    place: kind !== 'files' || detail === undefined ? undefined : placeOf(detail, own),
    stack: stack.map(([name, file, line]) => ({ function: name, file: relativeTo(directory, file), line })),
  };
}

/** Kinds whose details are paths. */
const PATHS: ReadonlySet<UseKind> = new Set(['files', 'native-code', 'workers']);

function placeOf(path: string, own: string | null): 'inside' | 'outside' {
  return own !== null && (path === own || path.startsWith(withSeparator(own))) ? 'inside' : 'outside';
}

function relativeTo(folder: string, path: string): string {
  const top = withSeparator(folder);
  return path.startsWith(top) ? path.slice(top.length).replaceAll('\\', '/') : path;
}

function withSeparator(folder: string): string {
  if (/[\\/]$/.test(folder)) return folder;
  return `${folder}${folder.includes('\\') ? '\\' : '/'}`;
}

const TYPES = ['package', 'program', 'unknown'];

function byTypeAndName(a: MonitoredPackage, b: MonitoredPackage): number {
  const type = TYPES.indexOf(a.type) - TYPES.indexOf(b.type);
  if (type !== 0) return type;
  const [left, right] = [a, b].map(({ name, version, folder }) => `${name} ${version} ${folder}`);
  return left! < right! ? -1 : 1;
}

function gapsOf({ processes, workers, old, missed, isPartial, damaged, uses }: Observed): readonly string[] {
  const gaps: string[] = [];
  if (processes + workers + old.length === 0)
    gaps.push('No process of Node.js was observed. Give a program that Node.js runs.');
  for (const version of old)
    gaps.push(`Node.js ${version} is too old to be observed. Use Node.js 22.9 or later.`);
  if (missed > 0)
    gaps.push(
      `${plural(missed, 'process or thread', 'processes or threads')} started with another environment and not observed.`,
    );
  if (isPartial) gaps.push('Functions of Node.js are frozen, so that not all of them were observed.');
  if (damaged > 0) gaps.push(`${plural(damaged, 'record')} could not be read completely.`);
  if (uses.some(({ kind, detail }) => kind === 'native-code' && isBinding(detail)))
    gaps.push('process.binding was used. Calls through it are not observed, and --permission refuses it.');
  return gaps;
}
