import { indexLines } from '../../text/line-index.ts';
import type { ParseProblem } from '../../text/problem.ts';
import { START } from '../../text/span.ts';
import type { Uri } from '../../text/uri.ts';
import type { LockEntry, Lockfile } from '../lockfile.ts';
import { type Unread, unreadLockfile } from '../unread-lockfile.ts';
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
  /** The document about the project; undefined where the file has none. */
  readonly main: PnpmDocument | undefined;
  entry(key: string): PnpmLockEntry | undefined;
}

/** Reads a pnpm-lock.yaml of version 5.0 to 5.4, 6.0, 6.1 or 9.0 from any text. Never throws. */
export function readPnpmLockfile(uri: Uri, text: string): PnpmLockfile {
  const tape = scanYaml(text);
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

  const unknown = versions.find((version, at) => version !== undefined && styles[at] === undefined);
  if (unknown !== undefined) {
    return unread(uri, text, {
      status: 'unsupported',
      reason: `lockfileVersion ${unknown.value.slice(0, 40)} is not read; versions 5, 6 and 9.0 of pnpm's lockfile are.`,
      formatVersion: unknown,
    });
  }
  if (formatVersion === undefined) {
    return unreadable(tape.problems[0] ?? { message: 'it has no "lockfileVersion"', span: START });
  }

  const documents: PnpmDocument[] = [];
  const problems: ParseProblem[] = [...tape.problems];
  const lastNode = tape.records.length - RECORD;
  if (isEmpty(tape, lastNode) && !tape.documents.includes(lastNode)) {
    problems.push({ message: 'the text ends where a value is missing', span: keySpan(tape, lastNode) });
  }
  for (const [at, { node, index }] of written.entries()) {
    const style = styles[at];
    if (style === undefined) problems.push(unversioned(tape, node));
    else documents.push(readPnpmDocument(tape, node, index, style));
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
  if (first !== undefined && tape.problems.length > 0 && entries.length === 0) return unreadable(first);
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
        : `${placeOf(text, first)}; ${entries.length} of ${entriesTotal} entries were read.`,
    problems: first === undefined ? [] : problems.sort((a, b) => a.span.start - b.span.start),
    entries,
    entriesTotal,
    importers: main?.importers ?? new Map(),
    // A dependency on a folder stands at the importer, not in a list of its own.
    links: [],
    documents,
    main,
    recordsEdges: true,
    // Up to version 6.
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

/** How keys are written in a version of the file, undefined for one that is not known. */
function styleOf(version: string): KeyStyle | undefined {
  if (/^5(?:\.[0-4])?(?:-inlineSpecifiers)?$/.test(version)) return 5;
  if (version === '6.0' || version === '6.1') return 6;
  return version === '9.0' ? 9 : undefined;
}

function unversioned(tape: YamlTape, document: Node): ParseProblem {
  const message = isMapping(tape, document)
    ? 'this document has no "lockfileVersion"'
    : 'this document is no mapping';
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

/** `Line 12: a string is not closed`, counted from 1 as editors do. */
function placeOf(text: string, { message, span }: ParseProblem): string {
  return `Line ${indexLines(text).positionAt(span.start).line + 1}: ${message}`;
}
