import type { Fact } from '../../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../../server/src/core/know/registry/documents/packument.ts';
import { type OpenWorkspace, openWorkspace } from '../../../../workspace.ts';

/** Returns a packument of these versions with the days of their publication; `deprecated` lists deprecated ones. */
export function document(
  days: Readonly<Record<string, string>>,
  rest: {
    readonly tags?: Readonly<Record<string, string>>;
    readonly deprecated?: Readonly<Record<string, string>>;
  } = {},
): object {
  const versions = Object.keys(days);
  return {
    'dist-tags': rest.tags ?? { latest: versions.at(-1)! },
    versions: Object.fromEntries(
      versions.map((version) => [version, { version, deprecated: rest.deprecated?.[version] }]),
    ),
    time: Object.fromEntries(Object.entries(days).map(([version, day]) => [version, `${day}T12:00:00.000Z`])),
    maintainers: [{ name: 'ana' }],
  };
}

/** left-pad: one patch, one minor and one major update of 1.0.0, and a version of today, which is 24 November 2026. */
export const LEFT_PAD = document({
  '1.0.0': '2026-01-01',
  '1.0.1': '2026-02-01',
  '1.2.0': '2026-03-01',
  '2.0.0': '2026-04-01',
  '2.1.0': '2026-11-24',
});

export const NOW = Date.parse('2026-11-24T12:00:00Z');

/** Opens a workspace whose registry has these documents, all of them requested already. */
export async function openWithRegistry(
  source: string,
  registry: Readonly<Record<string, object | number>>,
): Promise<OpenWorkspace> {
  const workspace = await openWorkspace(source, { registry });
  for (const { project } of workspace.snapshot.projects) {
    for (const name of Object.keys(registry)) await workspace.session.packument(project, name);
  }
  return workspace;
}

export async function factOf(workspace: OpenWorkspace, name: string): Promise<Fact<Packument>> {
  return workspace.session.packument(workspace.snapshot.projects[0]!.project, name);
}
