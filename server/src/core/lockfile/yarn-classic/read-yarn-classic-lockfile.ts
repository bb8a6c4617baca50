import { scanLines } from '../../text/scan-lines.ts';
import { type Located, START } from '../../text/span.ts';
import type { Uri } from '../../text/uri.ts';
import { unreadLockfile } from '../unread-lockfile.ts';
import { emptyYarnLockfile } from '../yarn/empty-yarn-lockfile.ts';
import { lockfileStatus } from '../yarn/lockfile-status.ts';
import { type EntryFormat, readEntries } from '../yarn/read-entries.ts';
import type { YarnLockfile } from '../yarn/yarn-lockfile.ts';
import { ClassicLockEntry } from './classic-lock-entry.ts';
import { readClassicLine } from './read-classic-line.ts';

/**
 * Reads a yarn.lock of Yarn 1 from any text. It has no importers: which packages a manifest brings, its own
 * dependencies say, as `resolve` finds them.
 */
export function readYarnClassicLockfile(uri: Uri, text: string): YarnLockfile {
  const formatVersion = classicVersion(text);
  if (formatVersion !== undefined && formatVersion.value !== '1') {
    const reason = `Version ${formatVersion.value.slice(0, 20)} of Yarn's lockfile is not read yet.`;
    return emptyYarnLockfile(
      unreadLockfile(uri, text, 'yarn', { status: 'unsupported', reason, formatVersion }),
    );
  }
  const tape = scanLines(text, readClassicLine);
  const { all, index, unread, problems } = readEntries(tape, FORMAT);
  const entries: ClassicLockEntry[] = [];
  const links: ClassicLockEntry[] = [];
  for (const entry of all) (entry.isLink ? links : entries).push(entry);
  const allProblems = [...tape.problems, ...problems];
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
    resolve: (_importerPath, name, declared) => resolve(name, declared),
    follow: (_from, { name, specifier }, replaced) =>
      resolve(name, replaced ?? specifier.value) ?? resolve(name, undefined),
    origin: (entry) => entry,
  };
}

const FORMAT: EntryFormat<ClassicLockEntry> = {
  values: ['name', 'version', 'uid', 'resolved', 'integrity', 'registry'],
  blocks: ['dependencies', 'optionalDependencies'],
  needed: ['version'],
  isOther: () => false,
  identity: 'version',
  create: (tape, line, end) => new ClassicLockEntry(tape, line, end),
};

function onlyOf(entries: readonly ClassicLockEntry[]): ClassicLockEntry | undefined {
  const [first] = entries;
  return entries.every((entry) => entry === first) ? first : undefined;
}

/** The number in `# yarn lockfile v1`, which stands above all entries. */
function classicVersion(text: string): Located<string> | undefined {
  const match = /^\ufeff?# *yarn lockfile v(\d+)/m.exec(text.slice(0, 2000));
  if (match === null) return undefined;
  const end = match.index + match[0].length;
  return { value: match[1]!, span: { start: end - match[1]!.length, end } };
}
