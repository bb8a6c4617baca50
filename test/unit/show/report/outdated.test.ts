import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CoverageGap } from '../../../../server/src/core/judge/check/coverage.ts';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { displayWidth } from '../../../../server/src/core/read/text/words/visible-text.ts';
import { outdatedJson } from '../../../../server/src/core/show/report/outdated/outdated-json.ts';
import { outdatedReport } from '../../../../server/src/core/show/report/outdated/outdated-report.ts';
import { outdatedText } from '../../../../server/src/core/show/report/outdated/outdated-text.ts';
import { outdated } from '../../../../server/src/node/cli/outdated.ts';
import { type OpenWorkspace, openWorkspace, ROOT } from '../../../workspace.ts';
import { document, LEFT_PAD, NOW, openWithRegistry } from '../features/updates/registry-documents.ts';

const SOURCE = `-- package.json --
{
  "name": "shop",
  "packageManager": "pnpm@10.16.0",
  "dependencies": { "left-pad": "catalog:", "b": "npm:left-pad@~1.0.0", "@acme/with-a-rather-long-name": "^1.0.0" }
}
-- pnpm-workspace.yaml --
packages: ['packages/*']
minimumReleaseAge: 4320
catalog:
  left-pad: ^1.0.0
-- packages/ui-of-the-shop/package.json --
{ "name": "ui", "dependencies": { "left-pad": "catalog:", "current": "^1.0.0", "gone": "1.0.0", "any": "*" } }
`;

const REGISTRY = {
  'left-pad': LEFT_PAD,
  '@acme/with-a-rather-long-name': LEFT_PAD,
  current: document({ '1.0.0': '2026-01-01' }),
  gone: 404,
  any: LEFT_PAD,
};

type Change = (name: string, fact: Fact<Packument>) => Fact<Packument>;

function reportOf({ snapshot }: OpenWorkspace, change: Change = (_, fact) => fact) {
  const sources = snapshot.projects.map(({ project, files, statuses, facts }) => ({
    project,
    statuses,
    files: [...files.values()],
    packument: (name: string) => change(name, facts.packument(name)),
  }));
  return outdatedReport(sources, ROOT, NOW);
}

const print = (report: ReturnType<typeof reportOf>, columns = 80, colour = false) =>
  outdatedText(report, { columns, colour, now: NOW });

const manifestWith = (name: string) =>
  `-- package.json --\n{ "name": "shop", "packageManager": "npm@11.0.0", "dependencies": { "${name}": "^1.0.0" } }\n`;

describe('outdated', () => {
  test('what pnpm is told to leave alone is named, and not judged', async () => {
    const ignoring = SOURCE.replace(
      'catalog:\n',
      "updateConfig: { ignoreDependencies: ['left-*', b] }\ncatalog:\n",
    );
    const report = reportOf(await openWithRegistry(ignoring, REGISTRY));
    assert.deepEqual(report.ignored, ['b', 'left-pad']);
    assert.deepEqual(
      report.outdated.map(({ name }) => name),
      ['@acme/with-a-rather-long-name'],
    );
    assert.match(print(report), /\nNot judged: b, left-pad, excluded from updates in pnpm's settings\.\n/);
    assert.deepEqual(JSON.parse(outdatedJson(report)).ignored, ['b', 'left-pad']);
  });

  test('a table, what waits for how long and why, and what is not known', async () => {
    const report = reportOf(await openWithRegistry(SOURCE, REGISTRY));
    assert.equal(
      print(report),
      `Package                        Current  Wanted  Newest  Update  Declared in
@acme/with-a-rather-long-name  -        1.2.0   2.0.0   major   package.json
b (left-pad)                   -        1.0.1   2.0.0   major   package.json
left-pad                       -        1.2.0   2.0.0   major   pnpm-workspace.y
                                                                aml

2 of 5 packages are outdated (2 major).
In cooldown: @acme/with-a-rather-long-name 2.1.0 until 27 Nov 2026, left-pad
             2.1.0 until 27 Nov 2026, by the cooldown of 3 days
             (minimumReleaseAge in pnpm-workspace.yaml).
Not checked: any: it is not locked, and its range names no version.
Not checked: gone: its registry has no such package.
`,
    );
  });

  test('a file that declares all is left out before a name is wrapped', async () => {
    const name = '@acme/with-a-name-that-is-very-long';
    const source = manifestWith(name);
    const registry = { [name]: LEFT_PAD };
    const report = reportOf(await openWithRegistry(source, registry));
    const [head, row] = print(report, 72).split('\n');
    assert.equal(head, 'Package                              Current  Wanted  Newest  Update');
    assert.equal(row, `${name}  -        1.2.0   2.0.0   major`);
    assert.match(print(report, 120), /^Package .* Declared in$/m);
  });

  test('the help explains each column by its name', async () => {
    const [heads] = print(reportOf(await openWithRegistry(SOURCE, REGISTRY))).split('\n');
    const columns = outdated.help().match(/\nColumns\n((?: {2}.+\n)+)/)?.[1];
    assert.deepEqual(
      ['Package', ...(columns?.match(/^ {2}\S+(?: \S+)*/gm) ?? []).map((name) => name.trim())],
      heads?.split(/ {2,}/),
    );
  });

  test('in any width, and with colour', async () => {
    const report = reportOf(await openWithRegistry(SOURCE, REGISTRY));
    for (const columns of [60, 72, 80, 120]) {
      const wide = print(report, columns)
        .split('\n')
        .filter((line) => displayWidth(line) > columns);
      assert.deepEqual(wide, [], `${columns} columns`);
    }
    const control = String.fromCharCode(27);
    const coloured = print(report, 80, true);
    assert.ok(coloured.includes(`${control}[33mmajor${control}[39m`));
    assert.equal(coloured.replaceAll(new RegExp(`${control}\\[\\d+m`, 'g'), ''), print(report));
  });

  test('as JSON', async () => {
    const json = JSON.parse(outdatedJson(reportOf(await openWithRegistry(SOURCE, REGISTRY))));
    assert.deepEqual(json.outdated[1], {
      name: 'b',
      package: 'left-pad',
      current: null,
      declared: 'npm:left-pad@~1.0.0',
      path: 'package.json',
      wanted: '1.0.1',
      latest: '2.0.0',
      passedOver: { version: '2.1.0', why: 'other' },
      level: 'major',
      vulnerable: [],
    });
    assert.deepEqual(json.waiting[1], {
      package: 'left-pad',
      version: '2.1.0',
      until: '2026-11-27T12:00:00.000Z',
      coolDown: 'the cooldown of 3 days (minimumReleaseAge in pnpm-workspace.yaml)',
    });
    assert.deepEqual(
      json.notChecked.map((each: { package: string; reason: string }) => [each.package, each.reason]),
      [
        ['any', 'not-provided'],
        ['gone', 'not-provided'],
      ],
    );
  });

  const ONE = '-- package.json --\n{ "dependencies": { "current": "^1.0.0" } }\n';

  test('says that nothing is outdated only where that is known', async () => {
    const current = await openWithRegistry(ONE, { current: REGISTRY.current });
    assert.equal(print(reportOf(current)), 'Nothing is outdated: 1 package checked.\n');
    const unknown = print(reportOf(await openWorkspace(ONE)));
    assert.equal(
      unknown,
      'Could not check 1 package for updates.\nNot checked: current: this folder is not trusted.\n',
    );
    const none = print(reportOf(await openWorkspace('-- package.json --\n{}\n')));
    assert.equal(none, 'No registry dependencies are declared.\n');
    const stale = reportOf(current, (_, fact) => {
      assert.equal(fact.state, 'ready');
      const notRefreshed = { reason: 'offline', detail: 'offline' } as const;
      return { ...fact, asOf: NOW - 3_600_000 * 3, stale: true, notRefreshed };
    });
    assert.match(print(stale), /^Not checked: current: judged by data of 3 h ago, as now offline\.$/m);
  });

  test('a registry without times of publication lets nothing pass, and is named', async () => {
    const { time: _, ...rest } = LEFT_PAD as { readonly time: object };
    const report = reportOf(
      await openWithRegistry('-- package.json --\n{ "dependencies": { "left-pad": "^1.0.0" } }\n', {
        'left-pad': rest,
      }),
    );
    assert.deepEqual(report.outdated, []);
    assert.match(print(report), /^Not checked: left-pad: its registry gives no publication times\.$/m);
  });

  test('a document without versions or without a latest one is no answer', async () => {
    const { 'dist-tags': _, ...untagged } = LEFT_PAD as { readonly 'dist-tags': object };
    for (const [label, lacking, why] of [
      ['no versions', { ...LEFT_PAD, versions: {} }, 'its registry lists no versions of it'],
      ['a list', { ...LEFT_PAD, versions: [] }, 'its registry lists no versions of it'],
      ['a name alone', { name: 'left-pad' }, 'its registry lists no versions of it'],
      ['no tags', untagged, 'its registry gives no latest version'],
      [
        'a tag that names nothing',
        { ...untagged, 'dist-tags': { latest: '9.9.9' } },
        'its registry gives no latest version',
      ],
    ] as const) {
      const source = '-- package.json --\n{ "dependencies": { "left-pad": "^9.0.0" } }\n';
      const report = reportOf(await openWithRegistry(source, { 'left-pad': lacking }));
      assert.equal(
        print(report),
        `Could not check 1 package for updates.\nNot checked: left-pad: ${why}.\n`,
        label,
      );
      assert.deepEqual(JSON.parse(outdatedJson(report)).coverage.state, 'partly');
    }
  });

  test('what a damaged file declares is not known to be up to date', async () => {
    const cut = await openWithRegistry(ONE.slice(0, -5), { current: REGISTRY.current });
    const report = reportOf(cut);
    assert.match(print(report), /^Nothing is known to be outdated in what could be read: 1 of 1 package/);
    assert.match(print(report), /^Not checked: package\.json: read only in part, line 1: /m);
    assert.deepEqual(
      JSON.parse(outdatedJson(report)).coverage.gaps.map(({ path, reason }: CoverageGap) => [path, reason]),
      [['package.json', 'damaged']],
    );
  });

  test('hostile names and texts are made visible', async () => {
    const report = reportOf(await openWithRegistry(ONE, { current: REGISTRY.current }));
    const text = print({
      ...report,
      notChecked: [{ target: 'a\u001b[31m', reason: 'failed', detail: 'x\u202ey', asOf: undefined }],
    });
    assert.ok(!text.includes('\u001b') && !text.includes('\u202e'));
    const json = outdatedJson({
      ...report,
      notChecked: [{ target: 'a', reason: 'failed', detail: '\u202e', asOf: undefined }],
    });
    assert.ok(!json.includes('\u202e'));
  });
});
