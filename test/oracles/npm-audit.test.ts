import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { auditProject } from '../../server/src/core/judge/audit/audit-project.ts';
import type { AuditReport } from '../../server/src/core/judge/audit/audit-report.ts';
import { affectedEntries } from '../../server/src/core/judge/exposure/affected-entries.ts';
import type { AdvisoryIndex } from '../../server/src/core/know/advisory/advisory-index.ts';
import { buildIndex } from '../../server/src/core/know/advisory/build-index.ts';
import { openIndex } from '../../server/src/core/know/advisory/open-index.ts';
import { readOsv } from '../../server/src/core/know/advisory/osv/read-osv.ts';
import { auditJson } from '../../server/src/core/show/report/audit/audit-json.ts';
import { corpusProjects, fixtureProjects, type LockfileProject, lockfileText } from './lockfile-project.ts';
import {
  auditRegistry,
  boundedRecords,
  type NpmReport,
  type OsvRecord,
  satisfies,
} from './npm-audit-oracle.ts';
import { ourGraph } from './our-graph.ts';

const records = boundedRecords();
const projects = [
  ...corpusProjects('package-lock', 'npm-shrinkwrap'),
  ...fixtureProjects('package-lock', 'npm-shrinkwrap'),
];
/** npm needs seconds for a large one, and the comparison does not depend on the size. */
const small = projects.filter(({ packages }) => packages < 1500);

if (records.length === 0) {
  console.log('no advisories to compare with');
} else {
  describe('npm audit finds the same advisories in the same versions', { concurrency: 2 }, () => {
    const { index, registry } = knowledge(records);
    for (const project of projects) {
      test(project.name, async () => {
        const npm = await (await registry).audit(project);
        const ours = await ourAudit(project, index);
        assert.deepEqual(ourHits(ours), hitsOf(npm, project, index));
        const json = asNpm(ours);
        if (!/^1|^none|^0/.test(project.version)) {
          assert.equal(json.metadata.dependencies.total, npm.metadata.dependencies.total);
        }
        // npm finds the dependents of a copy by the first advisory that affects it, and ignores the others.
        const reported = new Set(shapeOf(json));
        assert.deepEqual(
          shapeOf(npm).filter((line) => !reported.has(line)),
          [],
        );
      });
    }
  });

  describe('npm audit tells the same of each package', { concurrency: 2 }, () => {
    const { index, registry } = knowledge(oneOfEach(records));
    for (const project of small) {
      test(project.name, async () => {
        const npm = await (await registry).audit(project);
        assert.deepEqual(shapeOf(asNpm(await ourAudit(project, index))), shapeOf(npm));
      });
      test(`${project.name} without development dependencies`, async () => {
        const npm = await (await registry).audit(project, '--omit=dev');
        assert.deepEqual(shapeOf(asNpm(await ourAudit(project, index, true))), shapeOf(npm));
      });
    }
  });
}

/** Returns the records as our index, and as a registry for the real npm. */
function knowledge(known: readonly OsvRecord[]) {
  const reports = known.flatMap((record) => readOsv(record).reports);
  const bytes = buildIndex({ reports, records: known.length, withdrawn: [], asOf: undefined });
  const opened = openIndex(bytes, 'bundled');
  assert.ok('index' in opened);
  const registry = auditRegistry(known);
  after(async () => (await registry).close());
  return { index: opened.index, registry };
}

/** Returns records that are all about different packages. */
function oneOfEach(all: readonly OsvRecord[]): readonly OsvRecord[] {
  const taken = new Set<string>();
  return all.filter(({ affected }) => {
    const names = affected.map((each) => each.package.name);
    if (names.some((name) => taken.has(name))) return false;
    for (const name of names) taken.add(name);
    return true;
  });
}

async function ourAudit(
  project: LockfileProject,
  index: AdvisoryIndex,
  production = false,
): Promise<AuditReport> {
  const graph = await ourGraph(project);
  const affecting = (name: string, version: string) => index.affecting(name, version);
  return auditProject({
    graph,
    advisories: index,
    affecting,
    affected: affectedEntries(graph.lockfile, affecting),
    production,
    packument: () => undefined,
    accepts: () => false,
    ignores: () => false,
  });
}

function asNpm(report: AuditReport): NpmReport {
  return JSON.parse(auditJson(report, { sources: [] }, { state: 'checked', gaps: [] })) as NpmReport;
}

/** Returns `minimist 0.0.8 GHSA-…`, with our id of the record. */
function hitsOf(
  { vulnerabilities }: NpmReport,
  project: LockfileProject,
  index: AdvisoryIndex,
): readonly string[] {
  const versions = versionsAt(project);
  const hits = new Set<string>();
  for (const [name, { via, nodes }] of Object.entries(vulnerabilities)) {
    for (const each of via) {
      if (typeof each === 'string') continue;
      const record = each.url.split('/').at(-1)!;
      const known = index.of(name).find(({ id, aliases }) => [id, ...aliases].includes(record));
      for (const node of nodes) {
        const version = versions.get(node)!;
        if (satisfies(version, each.range)) hits.add(`${name} ${version} ${known?.id}`);
      }
    }
  }
  return [...hits].sort();
}

function ourHits({ graph, vulnerabilities }: AuditReport): readonly string[] {
  const hits = new Set<string>();
  for (const { name, advisories, nodes } of vulnerabilities) {
    for (const node of nodes) {
      const version = graph.packages[node]!.version!;
      for (const advisory of advisories) {
        if (advisory.affects(version) === 'yes') hits.add(`${name} ${version} ${advisory.id}`);
      }
    }
  }
  return [...hits].sort();
}

/** Returns a report's content about each package without the advisories themselves, one per line. */
function shapeOf({ vulnerabilities }: NpmReport): readonly string[] {
  const lines = Object.entries(vulnerabilities).flatMap(([name, { isDirect, via, effects, nodes }]) => [
    name,
    ...(isDirect ? [`${name} is direct`] : []),
    ...via.flatMap((each) => (typeof each === 'string' ? `${name} via ${each}` : [])),
    ...effects.map((each) => `${name} makes ${each} one`),
    ...nodes.map((node) => `${name} at ${node}`),
  ]);
  return [...new Set(lines)].sort();
}

/** Returns the version at each path of the lockfile, as npm shows paths. */
function versionsAt(project: LockfileProject): ReadonlyMap<string, string> {
  const { packages, dependencies } = JSON.parse(lockfileText(project)) as {
    readonly packages?: Readonly<Record<string, { readonly version?: string }>>;
    readonly dependencies?: Nested;
  };
  const versions = new Map<string, string>();
  const addNested = (all: Nested = {}, prefix = '') => {
    for (const [name, entry] of Object.entries(all)) {
      const path = `${prefix}node_modules/${name}`;
      versions.set(path, entry.version);
      addNested(entry.dependencies, `${path}/`);
    }
  };
  if (packages === undefined) addNested(dependencies);
  for (const [path, { version }] of Object.entries(packages ?? {})) if (version) versions.set(path, version);
  return versions;
}

type Nested = Readonly<Record<string, { readonly version: string; readonly dependencies?: Nested }>>;
