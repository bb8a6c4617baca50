import assert from 'node:assert/strict';
import { auditProject } from '../../../../server/src/core/judge/audit/audit-project.ts';
import type { AuditReport } from '../../../../server/src/core/judge/audit/audit-report.ts';
import { affectedEntries } from '../../../../server/src/core/judge/exposure/affected-entries.ts';
import type { Advisory } from '../../../../server/src/core/know/advisory/advisory.ts';
import { openIndex } from '../../../../server/src/core/know/advisory/open-index.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { buildGraph } from '../../../../server/src/core/read/graph/build-graph.ts';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { LockfileKind } from '../../../../server/src/core/read/manager/model/files.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { indexOf } from '../../../workspace.ts';

export const WHOLE = { state: 'checked', gaps: [] } as const;

/** Returns a record that affects all versions below `fixed`. */
export const record = (name: string, id: string, fixed: string, rest: object = {}) => ({
  id,
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
    },
  ],
  database_specific: { severity: 'HIGH' },
  ...rest,
});
export const GHSA = 'GHSA-xvch-5gv4-984h';
export const MINIMIST = record('minimist', GHSA, '0.2.4', {
  aliases: ['CVE-2021-44906'],
  summary: 'Prototype Pollution in minimist',
  database_specific: { severity: 'CRITICAL', cwe_ids: ['CWE-1321'] },
});

export interface Options {
  readonly records?: readonly object[];
  readonly format?: LockfileKind;
  readonly production?: boolean;
  readonly packuments?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  readonly manifest?: object;
  readonly accepts?: (advisory: Advisory, name: string, version: string) => boolean;
  readonly ignores?: (advisory: Advisory, name: string) => boolean;
}

export function audit(text: string, options: Options = {}): AuditReport {
  const { records = [MINIMIST], format = 'package-lock', packuments = {} } = options;
  const lockfile = readLockfile('file:///p/lockfile', text, format);
  assert.equal(lockfile.status, 'checked');
  const manifest = readManifest('file:///p/package.json', JSON.stringify(options.manifest ?? {}));
  const opened = openIndex(indexOf(records), 'bundled');
  assert.ok('index' in opened);
  const affecting = (name: string, version: string) => opened.index.affecting(name, version);
  return auditProject({
    graph: buildGraph(lockfile, { manifests: new Map([['', manifest]]) }),
    advisories: opened.index,
    affecting,
    affected: affectedEntries(lockfile, affecting),
    production: options.production ?? false,
    packument: (name) => (Object.hasOwn(packuments, name) ? packumentOf(packuments[name]!) : undefined),
    accepts: options.accepts ?? (() => false),
    ignores: options.ignores ?? (() => false),
  });
}

function packumentOf(versions: Readonly<Record<string, Readonly<Record<string, string>>>>): Packument {
  const documents = Object.entries(versions).map(([version, dependencies]) => {
    const none = new Map();
    const maps = {
      dependencies: new Map(Object.entries(dependencies)),
      optionalDependencies: none,
      peerDependencies: none,
    };
    return [version, { version, ...maps }] as const;
  });
  return { versions: new Map(documents) } as unknown as Packument;
}

export type Entries = Readonly<Record<string, object>>;

export function packageLock(root: object, entries: Entries): string {
  const packages = Object.entries(entries).map(([path, entry]) => {
    return [path, { integrity: 'sha512-x', ...entry }];
  });
  return JSON.stringify({
    name: 'p',
    lockfileVersion: 3,
    packages: { '': root, ...Object.fromEntries(packages) },
  });
}

/** Returns shop → mkdirp → minimist, as npm locks it. */
export const chain = (declared: string, range: string, rest: object = {}) =>
  packageLock(
    { dependencies: { mkdirp: declared } },
    {
      'node_modules/mkdirp': { version: '0.5.1', dependencies: { minimist: range } },
      'node_modules/minimist': { version: '0.0.8', ...rest },
    },
  );

export const summary = ({ vulnerabilities }: AuditReport) =>
  vulnerabilities.map(({ name, severity, isDirect, via, effects, fix }) => [
    name,
    severity,
    isDirect,
    via,
    effects,
    fix,
  ]);
