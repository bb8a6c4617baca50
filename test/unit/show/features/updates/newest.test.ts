import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverPlainText } from '../../../../../server/src/core/show/features/hover/card-text.ts';
import { hover } from '../../../../../server/src/core/show/features/hover/hover.ts';
import { hoverTarget } from '../../../../../server/src/core/show/features/hover/target.ts';
import { updateHints } from '../../../../../server/src/core/show/features/update-hints.ts';
import { outdatedReport } from '../../../../../server/src/core/show/report/outdated/outdated-report.ts';
import { outdatedText } from '../../../../../server/src/core/show/report/outdated/outdated-text.ts';
import { ROOT } from '../../../../workspace.ts';
import { knownOf } from '../hover-harness.ts';
import { document, factOf, NOW, openWithRegistry } from './registry-documents.ts';

/** Returns eslint: the latest version of 8 runs on Node 18, the registry's `latest` does not. */
function eslint(): object {
  const found = document({ '8.56.0': '2023-12-01', '8.57.1': '2024-09-01', '10.15.0': '2026-01-01' });
  const { versions } = found as { readonly versions: Record<string, object> };
  versions['10.15.0'] = { ...versions['10.15.0'], engines: { node: '>=22' } };
  return found;
}

/** Returns everything reported about newer versions of eslint in a project with these `engines`. */
async function saidFor(node: string) {
  const manifest = { engines: { node }, dependencies: { eslint: '8.56.0' } };
  const workspace = await openWithRegistry(`-- package.json --\n${JSON.stringify(manifest)}\n`, {
    eslint: eslint(),
  });
  const uri = workspace.uri('package.json');
  const { project, files, facts, statuses, advisories } = workspace.snapshot.projectOf(uri)!;
  const file = files.get(uri)!;
  const { hints } = updateHints({ project, file, facts, now: NOW }, { start: 0, end: file.text.length });
  const source = { project, statuses, files: [...files.values()], packument: facts.packument };
  const report = outdatedReport([source], ROOT, NOW);
  const target = hoverTarget(project, file, file.text.indexOf('"eslint"') + 1)!;
  const known = knownOf(await factOf(workspace, 'eslint'));
  const context = { project, known, advisories, allChecked: true, findings: [], now: NOW };
  return {
    hint: hints[0]?.parts.map(({ label, tooltip }) => [label, tooltip]),
    hover: hoverPlainText(hover(target, context).card),
    outdated: outdatedText(report, { columns: 100, colour: false, now: NOW }),
  };
}

describe('the newest version that may be recommended', () => {
  test('is not called the latest where the registry calls another one so', async () => {
    const said = await saidFor('18.0.0');
    assert.deepEqual(said.hint, [
      [
        'newest 8.57.1',
        'eslint 8.57.1 is the highest version that fits the "engines" of this project (latest: 10.15.0). Writes 8.57.1.',
      ],
    ]);
    assert.match(said.hover, /latest 10\.15\.0/);
    assert.match(
      said.hover,
      /^Not usable +10\.15\.0 does not fit the "engines" of this project; 8\.57\.1 does$/m,
    );
    assert.match(said.outdated, /^Package +Current +Wanted +Newest /m);
    assert.match(said.outdated, / 8\.57\.1 +minor /);
    assert.match(
      said.outdated,
      /^Passed over: eslint 10\.15\.0 is the latest and does not fit the "engines" of this project\.$/m,
    );
  });

  test('is called the latest where the registry says so', async () => {
    const said = await saidFor('24.0.0');
    assert.deepEqual(said.hint, [['latest 10.15.0', 'eslint 10.15.0 is the latest. Writes 10.15.0.']]);
    assert.doesNotMatch(said.hover, /Not usable|Too new/);
    assert.doesNotMatch(said.outdated, /Passed over/);
  });
});
