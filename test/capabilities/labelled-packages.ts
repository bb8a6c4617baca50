import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Small packages with labels, to measure what finds capabilities in code. The attacks follow published descriptions of
 * incidents, in code written for this set: no host in them exists, and what they hide or download is text without
 * effect. They are read, never run.
 *
 * A package is one file, so that no tool takes it for a project: lines `--- path` begin its files.
 */
const SET = import.meta.dirname;
const PACKAGES = path.join(SET, 'packages');
const ENDING = '.package.txt';

/** What a careful reader of all files of a package notes, whether it is honest or not. */
export const CAPABILITIES = {
  network:
    'sends requests, opens sockets or resolves names, also through packages and programs made for that',
  'child-process': 'starts programs',
  'files-outside': 'reads or writes files outside its own folder, also those that the caller names',
  environment: 'reads variables other than NODE_ENV, or passes all of them on',
  credentials: 'reads tokens, keys, passwords or wallets, or changes what gives access',
  'dynamic-code': 'runs text as code',
  native: 'loads or builds native addons',
  obfuscation: 'hides what it does, or carries large encoded data',
  'install-download': 'downloads something at install',
  trigger: 'acts only at certain times, places, locales or targets',
  'self-propagation': 'publishes packages, or creates repositories or workflows',
  tampering: 'changes prototypes, globals, built-in modules, loaders or the files of other programs',
  profiling: 'gathers facts of the machine or its user',
} as const;

export type Capability = keyof typeof CAPABILITIES;

export interface Label {
  readonly name: string;
  readonly label: 'attack' | 'honest';
  /** The incident that an attack follows, or the kind of an honest package. */
  readonly like: string;
  /** When the code that the label is about first runs. */
  readonly runs: 'install' | 'import' | 'use';
  readonly description: string;
  readonly capabilities: readonly Capability[];
}

export interface LabelledPackage extends Label {
  /** Text by path. The first is package.json. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reads the packages with their labels, in the order of the labels. */
export function readLabelledPackages(): readonly LabelledPackage[] {
  const labels = JSON.parse(readFileSync(path.join(SET, 'labels.json'), 'utf8')) as readonly Label[];
  return labels.map((label) => ({ ...label, files: readFiles(label.name) }));
}

/** Lists the names of the packages that have a file, labelled or not. */
export function packageNames(): readonly string[] {
  return readdirSync(PACKAGES).map((file) => path.basename(file, ENDING));
}

/** Writes the files of a package to a folder. */
export function writePackage(folder: string, name: string): void {
  for (const [file, text] of readFiles(name)) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function readFiles(name: string): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(PACKAGES, `${name}${ENDING}`), 'utf8');
  const [, ...parts] = text.split(/^--- (\S+)\n/m);
  const files = new Map<string, string>();
  for (let index = 0; index < parts.length; index += 2) files.set(parts[index]!, parts[index + 1]!);
  return files;
}
