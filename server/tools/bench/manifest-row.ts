import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../src/core/manifest/read-manifest.ts';
import { RULES } from '../../src/core/rules/index.ts';
import type { Facts } from '../../src/core/rules/rule.ts';
import { runRules } from '../../src/core/rules/run.ts';
import { createSession } from '../../src/engine/create-session.ts';
import { uriOfPath } from '../../src/node/disk-files.ts';
import { createNodePorts } from '../../src/node/node-ports.ts';
import { medianOf, type Row } from './figures.ts';
import { writeLargeProject } from './large-project.ts';
import { loadPeer, peerName } from './peers.ts';

const WARM_UP = 200;
const ROUNDS = 100;

interface JsonService {
  parseJSONDocument(document: unknown): unknown;
  doValidation(document: unknown, parsed: unknown, settings: object, schema: object): PromiseLike<unknown>;
}

/** Reading a manifest of 2,000 lines and running every rule over all of it, as nothing is remembered of a text before. */
export async function manifestRow(folder: string): Promise<Row> {
  const project = join(folder, 'checks');
  mkdirSync(project, { recursive: true });
  const text = writeLargeProject(project);
  const ours = await ownChecks(project, text);
  const theirs = await peerChecks(text);
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const start = performance.now();
    ours();
    const middle = performance.now();
    await theirs();
    const end = performance.now();
    if (round < 0) continue;
    times.ours.push(middle - start);
    times.theirs.push(end - middle);
  }
  return {
    what: 'package.json of 2,000 lines, read and checked by every rule, warm',
    unit: 'ms',
    ours: medianOf(times.ours),
    peer: `${peerName('vscode-json-languageservice')}, schema`,
    theirs: medianOf(times.theirs),
    must: 1,
    stretch: 0.5,
  };
}

async function ownChecks(project: string, text: string): Promise<() => unknown> {
  const root = uriOfPath(project);
  const session = createSession(createNodePorts({ roots: () => [root], version: undefined }));
  session.setFolders([root]);
  await session.loadFolder(root);
  const uri = `${root}/package.json`;
  const snapshot = session.snapshot();
  const { project: model, facts, advisories } = snapshot.projectOf(uri)!;
  const { popular } = snapshot;
  return () =>
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
    });
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

/** What schemas of package.json say about its dependencies. */
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
