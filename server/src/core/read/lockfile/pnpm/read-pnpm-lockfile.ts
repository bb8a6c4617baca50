import { oddCharacters } from '../../text/json/control-characters.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import { START } from '../../text/span.ts';
import { textBytes } from '../../text/text-bytes.ts';
import type { LockEntry, Lockfile, LockProblem } from '../model/lockfile.ts';
import { placeOf } from '../model/place-of.ts';
import { shownText } from '../model/shown-text.ts';
import { type Unread, unreadLockfile } from '../model/unread-lockfile.ts';
import { type PnpmDocument, readPnpmDocument } from './pnpm-document.ts';
import type { KeyStyle } from './pnpm-keys.ts';
import type { PnpmLockEntry } from './pnpm-lock-entry.ts';
import { scanYaml } from './yaml-scan.ts';
import {
  isEmpty,
  isMapping,
  keySpan,
  locatedScalar,
  memberOf,
  NONE,
  type Node,
  RECORD,
  valueSpan,
  type YamlTape,
} from './yaml-tape.ts';

/** A pnpm-lock.yaml as far as it could be read. `importers` and `resolve` are those of the project's document. */
export interface PnpmLockfile extends Lockfile {
  readonly entries: readonly PnpmLockEntry[];
  readonly documents: readonly PnpmDocument[];
  /** The document of the project; undefined if the file has none. */
  readonly main: PnpmDocument | undefined;
  entry(key: string): PnpmLockEntry | undefined;
}

/** Returns whether a lockfile is pnpm's and was read. */
export function isPnpmLockfile(lockfile: Lockfile): lockfile is PnpmLockfile {
  return lockfile.format === 'pnpm' && 'documents' in lockfile;
}

/** Reads a pnpm-lock.yaml of version 5.0 to 5.4, 6.0, 6.1 or 9.0 from any text. Never throws. */
export function readPnpmLockfile(uri: Uri, text: string): PnpmLockfile {
  const bytes = textBytes(text);
  const tape = scanYaml(text, bytes);
  const written = tape.documents
    .map((node, index) => ({ node, index }))
    .filter(({ node }) => !isEmpty(tape, node));
  const versions = written.map(({ node }) => locatedScalar(tape, memberOf(tape, node, 'lockfileVersion')));
  const formatVersion = versions.findLast((version) => version !== undefined);
  const styles = versions.map((version) => (version === undefined ? undefined : styleOf(version.value)));
  const unreadable = (problem: ParseProblem): PnpmLockfile =>
    unread(uri, text, {
      status: 'unreadable',
      reason: `${placeOf(text, problem)}.`,
      problems: [problem],
      formatVersion,
    });

  const odd = oddCharacters(text);
  const unknown = versions.find((version, at) => version !== undefined && styles[at] === undefined);
  if (unknown !== undefined && odd[0] !== undefined) return unreadable(odd[0]);
  if (unknown !== undefined) {
    return unread(uri, text, {
      status: 'unsupported',
      reason: unsupportedReason(unknown.value),
      formatVersion: unknown,
    });
  }
  if (formatVersion === undefined) {
    return unreadable(tape.problems[0] ?? { message: 'it has no "lockfileVersion"', span: START });
  }

  const documents: PnpmDocument[] = [];
  const problems: LockProblem[] = [...tape.problems, ...odd];
  const lastNode = tape.records.length - RECORD;
  if (isEmpty(tape, lastNode) && !tape.documents.includes(lastNode)) {
    problems.push({ message: 'the text ends where a value is missing', span: keySpan(tape, lastNode) });
  }
  for (const node of tape.documents) {
    const { start, end } = valueSpan(tape, node);
    if (isEmpty(tape, node))
      problems.push({ kind: 'syntax', message: 'a document begins, and is empty', span: { start, end } });
  }
  for (const [at, { node, index }] of written.entries()) {
    const style = styles[at];
    if (style === undefined) problems.push(unversioned(tape, node));
    else documents.push(readPnpmDocument(tape, bytes, node, index, style));
  }
  const [main, second] = documents.filter(({ isEnvironment }) => !isEnvironment);
  for (const document of documents) problems.push(...document.problems);
  if (second !== undefined) {
    const { start } = valueSpan(tape, tape.documents[second.index]!);
    problems.push({ message: 'a second project begins, and pnpm reads one', span: { start, end: start } });
  }
  const entries = documents.flatMap((document) => document.entries);
  const entriesTotal = documents.reduce((sum, document) => sum + document.entriesTotal, 0);
  const first = firstOf(problems);
  if (first !== undefined && tape.problems.length + odd.length > 0 && entries.length === 0)
    return unreadable(first);
  const inOrder = main === undefined ? documents : [main, ...documents.filter((other) => other !== main)];
  return {
    kind: 'lockfile',
    format: 'pnpm',
    uri,
    text,
    formatVersion,
    status: first === undefined ? 'checked' : 'partial',
    reason:
      first === undefined
        ? undefined
        : `${placeOf(text, first)}; ${entries.length} of ${entriesTotal} entries read.`,
    problems: first === undefined ? [] : problems.sort((a, b) => a.span.start - b.span.start),
    entries,
    entriesTotal,
    importers: main?.importers ?? new Map(),
    // A dependency on a folder is stored at the importer, not in a separate list.
    links: [],
    documents,
    main,
    recordsEdges: true,
    // Recorded up to version 6.
    recordsInstallScripts: styles.every((style) => style !== 9),
    entry(key) {
      for (const document of inOrder) {
        const entry = document.entry(key);
        if (entry !== undefined) return entry;
      }
      return undefined;
    },
    resolve: (importerPath, name) => main?.resolve(importerPath, name),
    follow: (from, edge) => documentOf(documents, from)?.follow(from, edge),
  };
}

function unread(uri: Uri, text: string, why: Unread): PnpmLockfile {
  return {
    ...unreadLockfile(uri, text, 'pnpm', why),
    entries: [],
    documents: [],
    main: undefined,
    entry: () => undefined,
  };
}

/** Returns how keys are written in a version of the file; undefined for an unknown one. */
function styleOf(version: string): KeyStyle | undefined {
  if (/^5(?:\.[0-4])?(?:-inlineSpecifiers)?$/.test(version)) return 5;
  if (version === '6.0' || version === '6.1') return 6;
  return version === '9.0' ? 9 : undefined;
}

/** Explains why a version is not read, and what to do. */
function unsupportedReason(version: string): string {
  const said = shownText(version, 40);
  const number = /^\d{1,4}(?:\.\d{1,4})?$/.test(version) ? Number(version) : 0;
  if (number > 9) {
    return `lockfileVersion ${said} is newer than 9.0, the latest supported one of pnpm; update dephygiene.`;
  }
  return number > 0 && number < 5
    ? `lockfileVersion ${said} is older than 5, the oldest supported one of pnpm; run pnpm install to rewrite the file.`
    : `lockfileVersion ${said} is not supported, only 5, 6 and 9.0 of pnpm are; run pnpm install to rewrite the file.`;
}

function unversioned(tape: YamlTape, document: Node): ParseProblem {
  const message = isMapping(tape, document)
    ? 'this document has no "lockfileVersion"'
    : 'this document is not a mapping';
  const { start } = valueSpan(tape, document);
  const key = memberOf(tape, document, 'lockfileVersion');
  return { message, span: key === NONE ? { start, end: start } : keySpan(tape, key) };
}

function documentOf(documents: readonly PnpmDocument[], entry: LockEntry): PnpmDocument | undefined {
  const index = 'document' in entry ? entry.document : undefined;
  return documents.find((document) => document.index === index);
}

function firstOf(problems: readonly ParseProblem[]): ParseProblem | undefined {
  let first = problems[0];
  for (const problem of problems) {
    if (first !== undefined && problem.span.start < first.span.start) first = problem;
  }
  return first;
}
