import assert from 'node:assert/strict';
import type { BadPackage, RemedyContext } from '../../../../server/src/core/judge/remedy/bad-package.ts';
import { planRemedies } from '../../../../server/src/core/judge/remedy/plan-remedies.ts';
import { remediesFor } from '../../../../server/src/core/judge/remedy/remedies-for.ts';
import type { Remedy } from '../../../../server/src/core/judge/remedy/remedy.ts';
import { type Facts, unreachableFacts } from '../../../../server/src/core/know/facts/facts.ts';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import { PENDING } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { PACKUMENT } from '../../../../server/src/core/know/registry/documents/packument-kind.ts';
import type { Fix } from '../../../../server/src/core/read/text/finding.ts';
import { editedTexts, openFiles, parseWorkspace } from '../../../workspace.ts';

export interface RemedyOptions {
  /** Records in the OSV format. */
  readonly advisories: readonly object[];
  /** The registry's documents by name; omitted if no registry may be queried. */
  readonly registry?: Readonly<Record<string, object>>;
  /** `YYYY-MM-DD` */
  readonly today?: string;
}

const NOW = '2026-11-24';

/** Returns the input of a rule's fix for this workspace. */
export async function remedyContext(
  files: ReadonlyMap<string, string>,
  { advisories, registry, today = NOW }: RemedyOptions,
): Promise<RemedyContext> {
  const workspace = await openFiles(files, { advisories, today });
  const { project, advisories: known } = workspace.snapshot.projectOf(workspace.uri('package.json'))!;
  const now = Date.parse(`${today}T12:00:00Z`);
  const facts =
    registry === undefined
      ? unreachableFacts({ reason: 'offline', detail: 'offline' })
      : factsOf(registry, now);
  return { project, advisories: known, facts, now, text: workspace.snapshot.textOf, moment: {} };
}

function factsOf(documents: Readonly<Record<string, object>>, now: number): Facts {
  const known = new Map(
    Object.entries(documents).map(([name, document]) => {
      const reader = PACKUMENT.reader({ name }, now);
      reader.write(JSON.stringify({ name, ...document }));
      const read = reader.end();
      assert.ok('value' in read, name);
      return [name, { state: 'ready', value: read.value, asOf: now, stale: false } as Fact<Packument>];
    }),
  );
  return {
    ...unreachableFacts(PENDING_REASON),
    unreachable: undefined,
    packument: (name) => known.get(name) ?? PENDING,
  };
}

const PENDING_REASON = { reason: 'not-provided', detail: 'not part of this test' } as const;

/** Returns an advisory on a package: its versions from 0 up to those that fix it, each on its release line. */
export function advisory(
  name: string,
  id: string,
  ranges: readonly (readonly [introduced: string, fixed?: string])[],
  rest: object = {},
): object {
  const events = ranges.flatMap(([introduced, fixed]) => [
    { introduced },
    ...(fixed === undefined ? [] : [{ fixed }]),
  ]);
  return {
    schema_version: '1.7.0',
    id,
    modified: '2026-06-01T00:00:00Z',
    published: '2026-06-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events }] }],
    database_specific: { severity: 'HIGH', cwe_ids: ['CWE-1321'] },
    ...rest,
  };
}

/** Returns malware in exactly these versions. */
export function malware(name: string, id: string, versions: readonly string[]): object {
  return {
    schema_version: '1.7.0',
    id,
    modified: '2026-06-01T00:00:00Z',
    published: '2026-06-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name }, versions }],
  };
}

/** Returns a short registry document: the versions with their days and dependencies. */
export function packageOf(
  versions: Readonly<
    Record<string, { readonly at?: string; readonly dependencies?: object; readonly more?: object }>
  >,
): object {
  const all = Object.entries(versions);
  return {
    'dist-tags': { latest: all.at(-1)?.[0] },
    versions: Object.fromEntries(
      all.map(([version, { dependencies, more }]) => [version, { version, dependencies, ...more }]),
    ),
    time: Object.fromEntries(all.map(([version, { at = '2026-01-01' }]) => [version, `${at}T00:00:00.000Z`])),
  };
}

/** Returns the plans for a bad version in a workspace-in-a-string. */
export async function remediesIn(
  source: string,
  bad: BadPackage,
  options: RemedyOptions,
): Promise<readonly Remedy[]> {
  return planRemedies(await remedyContext(parseWorkspace(source).files, options), bad);
}

/** Returns the fixes as shown in the light bulb. */
export async function fixesIn(
  source: string,
  bad: readonly BadPackage[],
  options: RemedyOptions,
): Promise<readonly Fix[]> {
  return remediesFor(await remedyContext(parseWorkspace(source).files, options), bad);
}

/** Returns the texts that a plan changes. */
export function changedBy(
  remedy: Pick<Remedy, 'edits'>,
  files: ReadonlyMap<string, string>,
): Map<string, string> {
  return editedTexts({ title: '', applicability: 'unsafe', ...remedy }, (path) => files.get(path));
}
