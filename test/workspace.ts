import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { buildIndex } from '../server/src/core/know/advisory/build-index.ts';
import { readOsv } from '../server/src/core/know/advisory/osv/read-osv.ts';
import { canImport } from '../server/src/core/read/imports/scan-imports.ts';
import { NO_REASON_YET } from '../server/src/core/read/policy-file/placeholder-reason.ts';
import { applyEdits } from '../server/src/core/read/text/edit.ts';
import type { Finding, Fix } from '../server/src/core/read/text/finding.ts';
import { indexLines } from '../server/src/core/read/text/lines/line-index.ts';
import {
  canonicalUri,
  isWithin,
  joinUri,
  parentUri,
  relativeUri,
  type Uri,
} from '../server/src/core/read/text/paths/uri.ts';
import { createSession } from '../server/src/engine/create-session.ts';
import type {
  DirectoryItem,
  FilesPort,
  GitPort,
  HttpPort,
  Ports,
  SourcesPort,
} from '../server/src/engine/ports.ts';
import type { Session, Snapshot } from '../server/src/engine/session.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../server/src/engine/settings.ts';
import { attestationsOf, type ProvenPackage, stubProofs, withProvenance } from './stub-proofs.ts';

/** The folder of the files of a workspace-in-a-string. */
export const ROOT = 'file:///workspace';
export const TEST_REGISTRY = 'https://registry.public.example.test/';

/** A finding that a workspace text expects: the carets give the range, in the line above them. */
export interface Mark {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly message: string | undefined;
}

export interface ParsedWorkspace {
  readonly files: ReadonlyMap<string, string>;
  readonly marks: readonly Mark[];
}

/**
 * Parses a workspace from one string: `-- path --` begins a file; a line of blanks, carets, a rule id and optionally `:
 * message` marks a finding in the line above and is not part of the file. A file with `-- path crlf --` gets \r
 *  line ends.
 */
export function parseWorkspace(source: string): ParsedWorkspace {
  const files = new Map<string, string>();
  const marks: Mark[] = [];
  let path: string | undefined;
  let newline = '\n';
  let lines: string[] = [];
  let length = 0;
  const close = () => {
    if (path !== undefined) files.set(path, lines.map((line) => line + newline).join(''));
    lines = [];
    length = 0;
  };
  const body = source.endsWith('\n') ? source.slice(0, -1) : source;
  for (const line of body.split('\n')) {
    const header = /^\s*-- (\S+)( crlf)? --$/.exec(line);
    if (header !== null) {
      close();
      path = header[1];
      newline = header[2] === undefined ? '\n' : '\r\n';
      continue;
    }
    const mark = /^( *)(\^+) ([a-z-]+)(?:: (.*))?$/.exec(line);
    const above = lines.at(-1);
    if (mark !== null && path !== undefined && above !== undefined) {
      const start = length - above.length - newline.length + mark[1]!.length;
      marks.push({ path, start, end: start + mark[2]!.length, rule: mark[3]!, message: mark[4] });
      continue;
    }
    if (path === undefined) continue;
    lines.push(line);
    length += line.length + newline.length;
  }
  close();
  return { files, marks };
}

export interface WorkspaceOptions {
  readonly settings?: Partial<EngineSettings>;
  readonly environment?: Record<string, string>;
  readonly publicRegistry?: string;
  readonly publicAliases?: readonly string[];
  readonly openHosts?: readonly string[];
  /** Git's text of every lockfile in the last commit. */
  readonly base?: string | undefined;
  /** `YYYY-MM-DD` */
  readonly today?: string;
  readonly http?: HttpPort;
  readonly git?: GitPort;
  readonly userNpmrc?: string;
  /** The list of popular names, by default the real one: a short one creates a session in a third of the time. */
  readonly popularNames?: string | undefined;
  /**
   * The registry's content, by name: documents, or the status that it responds with; 404 for other names. The workspace
   * is then trusted and online, and all requests of its rules are answered before it is used.
   */
  readonly registry?: RegistryDocuments | undefined;
  /** The bundled data: records in the OSV format, by default none; an index; or no data at all. */
  readonly advisories?: readonly object[] | Uint8Array | 'missing' | undefined;
}

export type RegistryDocuments = Readonly<Record<string, object | number>>;

export interface OpenWorkspace {
  readonly session: Session;
  readonly snapshot: Snapshot;
  readonly marks: readonly Mark[];
  uri(path: string): Uri;
  text(path: string): string | undefined;
  /** Returns all findings of all files, sorted by file and position; of one rule if it is given. */
  findings(rule?: string): Finding[];
}

/** Opens a workspace-in-a-string in a real session over files in memory, and loads every project in it. */
export async function openWorkspace(source: string, options: WorkspaceOptions = {}): Promise<OpenWorkspace> {
  const { files, marks } = parseWorkspace(source);
  return openFiles(files, options, marks);
}

/** Does the same for files by path. */
export async function openFiles(
  files: ReadonlyMap<string, string>,
  options: WorkspaceOptions = {},
  marks: readonly Mark[] = [],
): Promise<OpenWorkspace> {
  const { registry } = options;
  const http = registry === undefined ? options.http : registryInMemory(registry);
  const session = createSession(testPorts(files, { ...options, ...(http === undefined ? {} : { http }) }));
  const open = registry === undefined ? {} : { online: true, trusted: true };
  const base = options.base === undefined ? {} : { base: 'HEAD' };
  session.configure({ ...DEFAULT_SETTINGS, preset: 'all', ...open, ...base, ...options.settings });
  session.setFolders([ROOT]);
  await session.loadFolder(ROOT);
  if ([...files.keys()].some(canImport) && session.wantsUsage()) await session.searchUsage(ROOT);
  if ([...files.keys()].some((path) => path.startsWith('node_modules/.')))
    await session.compareInstallRecords();
  if (registry !== undefined) await settled(session);
  return {
    session,
    marks,
    get snapshot() {
      return session.snapshot();
    },
    uri: (path) => joinUri(ROOT, path),
    text: (path) => session.snapshot().textOf(joinUri(ROOT, path)),
    findings(rule) {
      const all = findingsOf(session.snapshot());
      return rule === undefined ? all : all.filter((finding) => finding.rule === rule);
    },
  };
}

/** Returns a registry of these documents, which adds nothing but their names. */
function registryInMemory(documents: RegistryDocuments): HttpPort {
  return {
    async get({ url }) {
      const name = decodeURIComponent(new URL(url).pathname.slice(1));
      const document = Object.hasOwn(documents, name)
        ? proven(name, documents[name]!)
        : attested(name, documents);
      const status = typeof document === 'number' ? document : 200;
      const body = JSON.stringify(typeof document === 'number' ? {} : { name, ...document });
      return { type: 'answer', status, headers: new Map(), body };
    },
  };
}

/** Adds provenance to the versions in a document's `builtFrom`. */
function proven(name: string, document: object | number): object | number {
  return typeof document === 'object' && 'builtFrom' in document
    ? withProvenance({ ...document, name } as ProvenPackage)
    : document;
}

function attested(path: string, documents: RegistryDocuments): object | number {
  const [, name, version] = /^-\/npm\/v1\/attestations\/(.+)@(.+)$/.exec(path) ?? [];
  const document = name === undefined ? undefined : documents[name];
  if (typeof document !== 'object' || !('builtFrom' in document)) return 404;
  return attestationsOf({ ...document, name } as ProvenPackage, version!) ?? 404;
}

/** Waits until all requests of the rules are answered. */
export async function settled(session: Session): Promise<void> {
  const isProvisional = () => {
    const snapshot = session.snapshot();
    const uris = snapshot.projects.flatMap(({ files }) => [...files.keys()]);
    return uris.map((uri) => snapshot.diagnose(uri)).some(({ provisional }) => provisional);
  };
  while (isProvisional()) {
    await new Promise<void>((resolve) => {
      const stop = session.onDidChange(() => {
        stop();
        resolve();
      });
    });
  }
}

export function findingsOf(snapshot: Snapshot): Finding[] {
  const uris = new Set<Uri>(snapshot.projects.flatMap((project) => [...project.files.keys()]));
  return [...uris].sort().flatMap((uri) => snapshot.diagnose(uri).findings);
}

/** Checks that the findings of the marked rules (or of `rules`) are exactly the marked ones. */
export async function expectMarks(
  source: string,
  options: WorkspaceOptions & { readonly rules?: readonly string[] } = {},
): Promise<void> {
  const workspace = await openWorkspace(source, options);
  const rules = new Set(options.rules ?? workspace.marks.map((mark) => mark.rule));
  const showMessage = new Set(
    workspace.marks
      .filter((mark) => mark.message !== undefined)
      .map((mark) => `${mark.path} ${mark.start} ${mark.rule}`),
  );
  const found = workspace
    .findings()
    .filter((finding) => rules.has(finding.rule))
    .map((finding) => {
      const path = relativeUri(ROOT, finding.uri);
      const { start, end } = finding.span;
      const message = showMessage.has(`${path} ${start} ${finding.rule}`) ? finding.message : undefined;
      return { path, start, end, rule: finding.rule, message };
    });
  const describe = (mark: Mark) => {
    const text = workspace.text(mark.path) ?? '';
    const { line, character } = indexLines(text).positionAt(mark.start);
    const token = text.slice(mark.start, mark.end);
    return `${mark.path}:${line + 1}:${character + 1} ${mark.rule} ${token}${mark.message === undefined ? '' : `: ${mark.message}`}`;
  };
  assert.deepEqual(found.map(describe).sort(), workspace.marks.map(describe).sort());
}

/**
 * Applies the n-th fix whose title matches to its workspace and checks every fix's obligations: its finding is gone,
 * JSON files still parse, and the same fix is not offered again. Returns the workspace after it as one string.
 */
export async function fixOf(
  source: string,
  rule: string,
  title: RegExp,
  options: WorkspaceOptions & { readonly nth?: number } = {},
): Promise<string> {
  const workspace = await openWorkspace(source, options);
  const candidates = workspace.findings(rule).flatMap((finding) =>
    workspace.snapshot
      .fixesOf(finding)
      .filter((fix) => title.test(fix.title))
      .map((fix) => ({ finding, fix })),
  );
  const titles = workspace
    .findings(rule)
    .flatMap((finding) => workspace.snapshot.fixesOf(finding).map((fix) => fix.title));
  const chosen = candidates[options.nth ?? 0];
  assert.ok(chosen, `no fix of ${rule} matches ${title}; there are: ${JSON.stringify(titles)}`);
  const deletes = (chosen.fix.deletes ?? []).map((uri) => relativeUri(ROOT, uri));
  assert.ok(chosen.fix.edits.length + deletes.length > 0, `the fix changes something: ${chosen.fix.title}`);
  const { files } = parseWorkspace(source);
  const after = new Map(files);
  for (const [path, text] of editedTexts(chosen.fix, (path) => files.get(path))) after.set(path, text);
  for (const path of deletes) assert.ok(after.delete(path), `${path} was there`);
  const result = [...after].map(([path, text]) => printFile(path, text)).join('');
  const again = await openWorkspace(result, options);
  const key = findingKey(chosen.finding);
  const left = again.findings(rule).filter((finding) => findingKey(finding) === key);
  assert.deepEqual(
    left.map((finding) => finding.message),
    [],
    `the finding is gone after "${chosen.fix.title}":\n${result}`,
  );
  for (const [path, text] of after)
    if (path.endsWith('.json') && !/\/\/|,\s*[}\]]/.test(text)) JSON.parse(text);
  return result;
}

/** Returns the texts after a fix, by path relative to the workspace; the reason of an ignore is filled in. */
export function editedTexts(fix: Fix, textOf: (path: string) => string | undefined): Map<string, string> {
  const texts = new Map<string, string>();
  for (const uri of new Set(fix.edits.map((edit) => edit.uri))) {
    const path = relativeUri(ROOT, uri);
    const edits = fix.edits.filter((edit) => edit.uri === uri);
    const text = applyEdits(textOf(path) ?? '', edits);
    texts.set(path, fix.ignores === undefined ? text : text.replaceAll(NO_REASON_YET, 'because'));
  }
  return texts;
}

function findingKey(finding: Finding): string {
  return JSON.stringify([
    finding.uri,
    finding.package,
    finding.target,
    finding.package === undefined ? finding.message : '',
  ]);
}

function printFile(path: string, text: string): string {
  const crlf = text.includes('\r\n');
  const lines = crlf ? text.replaceAll('\r\n', '\n') : text;
  return `-- ${path}${crlf ? ' crlf' : ''} --\n${lines.endsWith('\n') || lines === '' ? lines : `${lines}\n`}`;
}

/** Creates ports over files in memory. The clock stands still at noon of `today`. */
export function testPorts(files: ReadonlyMap<string, string>, options: WorkspaceOptions = {}): Ports {
  const texts = new Map([...files].map(([path, text]) => [joinUri(ROOT, path), text]));
  if (options.userNpmrc !== undefined) texts.set('file:///home/user/.npmrc', options.userNpmrc);
  return {
    files: memoryFiles(texts),
    sources: memorySources(texts),
    clock: { now: () => Date.parse(`${options.today ?? '2026-11-24'}T12:00:00Z`) },
    http: options.http,
    git: options.base === undefined ? options.git : committing(options.base),
    proofs: stubProofs(),
    popularNames: () => options.popularNames ?? popularNames(),
    advisories: () => bundledData(options.advisories ?? []),
    publicRegistry: options.publicRegistry ?? TEST_REGISTRY,
    publicAliases: options.publicAliases ?? [],
    scopeRegistries: { '@jsr': 'https://jsr.example.test/' },
    openHosts: options.openHosts ?? [],
    userNpmrc: options.userNpmrc === undefined ? undefined : 'file:///home/user/.npmrc',
    environment: options.environment ?? {},
    ...{ cache: undefined, globalNpmrc: undefined },
  };
}

/** Returns a git in which every file was committed with this text. */
function committing(text: string): GitPort {
  return { textAt: async (_, revision) => ({ type: 'text', commit: revision, text }) };
}

function bundledData(data: NonNullable<WorkspaceOptions['advisories']>): Uint8Array | undefined {
  if (data === 'missing') return undefined;
  return data instanceof Uint8Array ? data : indexOf(data);
}

/** Returns the index of the records, created on 20 November 2026. */
export function indexOf(records: readonly object[]): Uint8Array {
  const read = records.map((record) => readOsv(record));
  assert.deepEqual(
    read.flatMap(({ problem }) => problem ?? []),
    [],
    'the records are read',
  );
  return buildIndex({
    reports: read.flatMap(({ reports }) => reports),
    records: records.length,
    withdrawn: read.flatMap(({ withdrawn }) => withdrawn ?? []),
    asOf: Date.parse('2026-11-20T12:00:00Z'),
  });
}

/** Returns a files port over texts by URI; the map may change, as a disk does. */
export function memoryFiles(texts: ReadonlyMap<Uri, string>): FilesPort {
  return {
    async read(uri) {
      const text = texts.get(canonicalUri(uri));
      return text === undefined ? { type: 'missing' } : { type: 'text', text };
    },
    async list(directory) {
      const items = new Map<string, DirectoryItem>();
      for (const uri of texts.keys()) {
        if (!isWithin(directory, uri) || uri === directory) continue;
        const [name, ...rest] = relativeUri(directory, uri).split('/');
        items.set(name!, { name: name!, type: rest.length === 0 ? 'file' : 'directory' });
      }
      if (items.size === 0 && ![...texts.keys()].some((uri) => parentUri(uri) === directory))
        return undefined;
      return [...items.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

/** Returns a port to the same texts as sources. */
export function memorySources(texts: ReadonlyMap<Uri, string>): SourcesPort {
  return {
    read(uri) {
      const text = texts.get(canonicalUri(uri));
      return text === undefined ? { type: 'missing' } : { type: 'text', text };
    },
    pause: () => undefined,
  };
}

let popularText: string | undefined;
export function popularNames(): string {
  popularText ??= readFileSync(new URL('../server/data/popular-names.txt', import.meta.url), 'utf8');
  return popularText;
}
