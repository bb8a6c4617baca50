import { editLineTape } from '../../text/lines/edit-line-tape.ts';
import { type LineTape, lineKeyIs, locatedValue } from '../../text/lines/line-tape.ts';
import { scanLines } from '../../text/lines/scan-lines.ts';
import type { Uri } from '../../text/paths/uri.ts';
import { type Located, START } from '../../text/span.ts';
import { isCutHash } from '../faults/cut-hash.ts';
import { linkedFolder } from '../model/linked-folder.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { lockfileStatus } from '../model/lockfile-status.ts';
import { shownText } from '../model/shown-text.ts';
import { unreadLockfile } from '../model/unread-lockfile.ts';
import { emptyYarnLockfile } from '../yarn/empty-yarn-lockfile.ts';
import { type EntryFormat, readEntries } from '../yarn/read-entries.ts';
import type { YarnLockfile } from '../yarn/yarn-lockfile.ts';
import { ClassicLockEntry } from './classic-lock-entry.ts';
import { readClassicLine } from './read-classic-line.ts';

/**
 * Reads a yarn.lock of Yarn 1 from any text. It has no importers: `resolve` finds the packages of a manifest by its own
 * dependencies.
 */
export function readYarnClassicLockfile(uri: Uri, text: string): YarnLockfile {
  return readClassicText(uri, text, () => scanLines(text, readClassicLine));
}

function readClassicText(uri: Uri, text: string, scan: () => LineTape): YarnLockfile {
  const formatVersion = classicVersion(text);
  if (formatVersion !== undefined && formatVersion.value !== '1') {
    const said = shownText(formatVersion.value, 20);
    const reason = `Version ${said} of Yarn 1's lockfile is not supported, as Yarn 1 writes version 1 only; run yarn install to rewrite the file.`;
    return emptyYarnLockfile(
      unreadLockfile(uri, text, 'yarn', { status: 'unsupported', reason, formatVersion }),
    );
  }
  const tape = scan();
  const { all, index, unread, problems } = readEntries(tape, FORMAT);
  const entries: ClassicLockEntry[] = [];
  const links: ClassicLockEntry[] = [];
  for (const entry of all) (entry.isLink ? links : entries).push(entry);
  const allProblems = [...tape.problems, ...problems, ...otherVersions(text, formatVersion)];
  if (formatVersion === undefined && all.length === 0 && allProblems.length === 0) {
    allProblems.push({ message: 'it has no entries', span: START });
  }
  const entriesTotal = entries.length + unread + tape.lostBlocks;
  const resolve = (name: string, specifier: string | undefined) =>
    specifier === undefined ? onlyOf(index.named(name)) : index.get(`${name}@${specifier}`);
  return {
    kind: 'lockfile',
    format: 'yarn',
    uri,
    text,
    formatVersion,
    ...lockfileStatus(text, allProblems, { read: all.length, entries: entries.length, total: entriesTotal }),
    entries,
    entriesTotal,
    importers: new Map(),
    links,
    recordsInstallScripts: false,
    recordsEdges: true,
    entry: (key) => index.byKey(key),
    named: (name) => index.named(name),
    resolve(importerPath, name, declared) {
      const found = resolve(name, declared);
      const [, protocol, path] = /^(file:|link:)(\.{1,2}\/.*)$/.exec(declared ?? '') ?? [];
      if (found !== undefined || path === undefined) return found;
      // In a key, the path of a member is relative to the root, with or without a leading dot.
      const folder = linkedFolder(importerPath, path);
      return resolve(name, `${protocol}./${folder}`) ?? resolve(name, `${protocol}${folder}`);
    },
    // The result of `resolutions` is stored under the key of the declared descriptor.
    follow: (_from, { name, specifier }, replaced) =>
      resolve(name, specifier.value) ?? resolve(name, replaced) ?? resolve(name, undefined),
    origin: (entry) => entry,
    edited(after, edit) {
      const next = editLineTape(tape, after, edit, readClassicLine);
      // Anything else in it belongs to a later Yarn.
      const isClassic =
        classicVersion(after) !== undefined && !after.includes('__metadata:') && !after.startsWith('\ufeff');
      return next !== undefined && isClassic ? readClassicText(uri, after, () => next) : undefined;
    },
  };
}

const FORMAT: EntryFormat<ClassicLockEntry> = {
  values: ['name', 'version', 'uid', 'resolved', 'integrity', 'registry'],
  blocks: ['dependencies', 'optionalDependencies'],
  needed: ['version'],
  isOther: () => false,
  identity: 'version',
  create: (tape, line, end) => new ClassicLockEntry(tape, line, end),
  isCut: (tape, line) =>
    lineKeyIs(tape, line, 'integrity') && isCutHash(locatedValue(tape, line)?.value ?? ''),
};

function onlyOf(entries: readonly ClassicLockEntry[]): ClassicLockEntry | undefined {
  const [first] = entries;
  return entries.every((entry) => entry === first) ? first : undefined;
}

/** Yarn checks every comment, and rejects a file in which one names another version. */
function otherVersions(text: string, version: Located<string> | undefined): readonly LockProblem[] {
  const from = version?.span.end ?? 0;
  for (let at = text.indexOf(HEAD, from); at !== -1; at = text.indexOf(HEAD, at + 1)) {
    const line = text.slice(text.lastIndexOf('\n', at) + 1, at + HEAD.length + 2);
    if (!/^ *# *yarn lockfile v(?:[02-9]|1\d)/.test(line)) continue;
    const span = { start: at, end: at + HEAD.length + 1 };
    return [{ kind: 'syntax', message: 'a comment says another version of the file', span }];
  }
  return [];
}

const HEAD = 'yarn lockfile v';

/** Returns the number in `# yarn lockfile v1`, which comes before all entries. */
function classicVersion(text: string): Located<string> | undefined {
  const match = /(?:^\ufeff?|\n)# *yarn lockfile v(\d+)/.exec(text.slice(0, 2000));
  if (match === null) return undefined;
  const end = match.index + match[0].length;
  return { value: match[1]!, span: { start: end - match[1]!.length, end } };
}
