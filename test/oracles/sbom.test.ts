import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildSbom } from '../../server/src/core/judge/sbom/build-sbom.ts';
import { bunOracle } from './bun-oracle.ts';
import {
  corpusProjects,
  fixtureProjects,
  type LockfileProject,
  lockfileText,
  manifestTexts,
  memberManifestTexts,
} from './lockfile-project.ts';
import type { NormalPackage } from './normal-form.ts';
import { npmOracle } from './npm-oracle.ts';
import { ourGraph } from './our-graph.ts';
import { pnpmOracle } from './pnpm-oracle.ts';
import { extensionsOf } from './yarn-extensions.ts';
import { berryOracle, classicOracle } from './yarn-oracle.ts';

describe("a bill of materials lists the packages of the package manager's own reader", () => {
  for (const project of [...corpusProjects(), ...fixtureProjects()]) {
    test(project.name, async () => {
      const { components } = buildSbom({
        graph: await ourGraph(project),
        ...{ omitsDev: false, unread: [] },
        licenseOf: () => undefined,
        licenseOfMember: () => undefined,
      });
      const ours = components.filter(({ kind }) => kind === 'package').map(idOf);
      const theirs = (await packagesOf(project)).map(idOf);
      assert.ok(theirs.length > 0);
      assert.deepEqual([...new Set(ours)].sort(), [...new Set(theirs)].sort());
    });
  }
});

/** Sources differ in how each reader spells them. */
function idOf({ name, version }: Pick<NormalPackage, 'name' | 'version'>): string {
  return `${name} ${version ?? ''}`;
}

async function packagesOf(project: LockfileProject): Promise<readonly NormalPackage[]> {
  switch (project.format) {
    case 'package-lock':
    case 'npm-shrinkwrap':
      return (await npmOracle(project)).packages;
    case 'pnpm':
      return (await pnpmOracle(lockfileText(project))).packages;
    case 'bun':
      return (await bunOracle(project)).graph.packages;
    case 'yarn':
      return project.version === 'v1'
        ? classicOracle(lockfileText(project), memberManifestTexts(project)).packages
        : berryOracle(lockfileText(project), manifestTexts(project), extensionsOf(project)).packages;
  }
}
