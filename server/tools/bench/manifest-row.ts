import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../../src/core/judge/check/rule.ts';
import { RULES } from '../../src/core/judge/rules/index.ts';
import { runRules } from '../../src/core/judge/rules/run.ts';
import { readManifest } from '../../src/core/read/manifest/read-manifest.ts';
import { createSession } from '../../src/engine/create-session.ts';
import { uriOfPath } from '../../src/node/disk-files.ts';
import { createNodePorts } from '../../src/node/node-ports.ts';
import { medianOf, type Row } from './figures.ts';
import { EDITED, writeLargeProject } from './large-project.ts';
import { loadPeer, peerName } from './peers.ts';

const WARM_UP = 200;
const ROUNDS = 100;

interface JsonService {
  parseJSONDocument(document: unknown): unknown;
  doValidation(document: unknown, parsed: unknown, settings: object, schema: object): PromiseLike<unknown>;
}

/**
 * Measures a manifest of 2,000 lines that is replaced as a whole, each time with another version of one dependency:
 * parsed and checked by every rule, in a session that knows the previous text; and, for information, without anything
 * cached from a previous text.
 */
export async function manifestRows(folder: string): Promise<readonly Row[]> {
  const project = join(folder, 'checks');
  mkdirSync(project, { recursive: true });
  const text = writeLargeProject(project);
  const ours = await ownChecks(project, text);
  const theirs = await peerChecks(text);
  const times = { session: [] as number[], anew: [] as number[], theirs: [] as number[] };
  const measure = async (list: number[], round: number, work: () => unknown) => {
    const start = performance.now();
    await work();
    if (round >= 0) list.push(performance.now() - start);
  };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    await measure(times.session, round, ours.session);
    await measure(times.anew, round, ours.anew);
    await measure(times.theirs, round, theirs);
  }
  const row = {
    unit: 'ms',
    peer: `${peerName('vscode-json-languageservice')}, schema`,
    theirs: medianOf(times.theirs),
  } as const;
  const what = 'package.json of 2,000 lines, read and checked by every rule, warm';
  return [
    { ...row, what, ours: medianOf(times.session), must: 2.5, stretch: 1 },
    {
      ...{ ...row, must: undefined, stretch: undefined },
      what: `${what}, nothing cached of the text before`,
      ours: medianOf(times.anew),
    },
  ];
}

interface OwnChecks {
  readonly session: () => unknown;
  readonly anew: () => unknown;
}

async function ownChecks(project: string, text: string): Promise<OwnChecks> {
  const root = uriOfPath(project);
  const session = createSession(createNodePorts({ roots: () => [root], version: undefined }));
  session.setFolders([root]);
  await session.loadFolder(root);
  const uri = `${root}/package.json`;
  const snapshot = session.snapshot();
  const { project: model, facts, advisories } = snapshot.projectOf(uri)!;
  const { popular } = snapshot;
  const line = `"${EDITED.name}": "${EDITED.value}"`;
  let version = 0;
  return {
    session() {
      version++;
      session.setOverlay(uri, text.replace(line, `"${EDITED.name}": "^1.0.${version}"`));
      return session.snapshot().diagnose(uri);
    },
    anew: () =>
      runRules(RULES, {
        file: readManifest(uri, text),
        uri,
        project: model,
        popular,
        facts: facts satisfies Facts,
        advisories,
        severities: new Map(),
        now: () => Date.parse('2026-11-24T12:00:00Z'),
        text: snapshot.textOf,
        accepts: () => false,
        onMissing: () => {},
        onUnreachable: () => {},
      }),
  };
}

async function peerChecks(text: string): Promise<() => PromiseLike<unknown>> {
  const { getLanguageService, TextDocument } = await loadPeer<{
    getLanguageService: (params: object) => JsonService;
    TextDocument: { create: (uri: string, language: string, version: number, text: string) => unknown };
  }>('vscode-json-languageservice');
  const service = getLanguageService({});
  const document = TextDocument.create('file:///package.json', 'json', 1, text);
  return () => service.doValidation(document, service.parseJSONDocument(document), {}, SCHEMA);
}

/** The part of package.json schemas about dependencies. */
const ranges = { type: 'object', additionalProperties: { type: 'string' } };
const SCHEMA = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      maxLength: 214,
      pattern: '^(?:@[a-z0-9-*~][a-z0-9-*._~]*/)?[a-z0-9-~][a-z0-9-._~]*$',
    },
    version: { type: 'string' },
    private: { anyOf: [{ type: 'boolean' }, { enum: ['false', 'true'] }] },
    dependencies: ranges,
    devDependencies: ranges,
    optionalDependencies: ranges,
    peerDependencies: ranges,
  },
};
