import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cooldownOf } from '../../../../../server/src/core/read/project/manager/cooldown.ts';
import { localCompletions } from '../../../../../server/src/core/show/features/completion/local-completion.ts';
import {
  aliasCompletions,
  nameCompletions,
} from '../../../../../server/src/core/show/features/completion/name-completion.ts';
import {
  typedRange,
  versionCompletions,
} from '../../../../../server/src/core/show/features/completion/version-completion.ts';
import { openWorkspace } from '../../../../workspace.ts';
import { document, factOf, NOW, openWithRegistry } from '../updates/registry-documents.ts';

const PROJECT = '-- package.json --\n{ "name": "shop", "dependencies": { "left-pad": "^1.0.0" } }\n';

const DOCUMENT = document(
  {
    '0.9.0': '2025-01-01',
    '1.0.0': '2026-01-01',
    '1.1.0': '2026-02-01',
    '2.0.0': '2026-04-01',
    '3.0.0-rc.1': '2026-10-24',
    '2.1.0': '2026-11-23',
  },
  { tags: { latest: '2.1.0', next: '3.0.0-rc.1' }, deprecated: { '1.1.0': 'use 2 <b>now</b>' } },
);

async function complete(typed: string, { more = '', packument = DOCUMENT as object | number } = {}) {
  const workspace = await openWithRegistry(PROJECT + more, { 'left-pad': packument });
  const { project } = workspace.snapshot.projects[0]!;
  const range = typedRange({ name: 'left-pad', typed });
  assert.ok(range !== undefined, `${typed} is the beginning of a range`);
  const context = { project, coolDown: cooldownOf(project), now: NOW };
  return versionCompletions(range, await factOf(workspace, range.target), context);
}

const lines = ({ items }: Awaited<ReturnType<typeof complete>>) =>
  items.map(({ value, detail }) => `${value}  ${detail}`);

describe('versions', () => {
  test('first what may be taken now, then all, with age, deprecation and cooldown, then tags', async () => {
    const all = await complete('');
    assert.deepEqual(lines(all), [
      '^2.0.0  7 months ago',
      '~2.0.0  7 months ago',
      '2.0.0  7 months ago',
      '^1.0.0  10 months ago',
      '^0.9.0  22 months ago',
      '2.1.0  24 h ago · latest · in cooldown until 26 Nov',
      '1.1.0  9 months ago · deprecated',
      '1.0.0  10 months ago',
      '0.9.0  22 months ago',
      '3.0.0-rc.1  31 days ago',
      'latest  2.1.0 · 24 h ago · in cooldown until 26 Nov',
      'next  3.0.0-rc.1 · 31 days ago',
    ]);
    const deprecated = all.items.find(({ value }) => value === '1.1.0');
    assert.equal(deprecated?.deprecated, true);
    assert.deepEqual(deprecated?.about, { name: 'left-pad', version: '1.1.0' });
    assert.equal(all.isIncomplete, false);
  });

  test('the operator and the digits that are typed decide', async () => {
    const values = async (typed: string) => (await complete(typed)).items.map(({ value }) => value);
    assert.deepEqual(await values('~'), ['~2.0.0', '~1.0.0', '~0.9.0', '~2.1.0', '~1.1.0', '~3.0.0-rc.1']);
    assert.deepEqual(await values('>=1.'), ['>=1.1.0', '>=1.0.0']);
    assert.deepEqual(await values('3'), ['3.0.0-rc.1']);
    assert.deepEqual(await values('ne'), ['next']);
    assert.deepEqual((await values('npm:left-pad@^')).slice(0, 2), [
      'npm:left-pad@^2.0.0',
      'npm:left-pad@^1.0.0',
    ]);
  });

  test('the first is as npm would save it', async () => {
    const first = async (npmrc: string) =>
      (await complete('', { more: `-- .npmrc --\n${npmrc}\n` })).items[0]?.value;
    assert.equal(await first('save-exact=true'), '2.0.0');
    assert.equal(await first('save-prefix=~'), '~2.0.0');
  });

  test('thousands of versions are cut, and what is typed brings others', async () => {
    const many = document(
      Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`1.${at}.0`, '2026-01-01'])),
    );
    const cut = await complete('', { packument: many });
    assert.deepEqual([cut.items.length, cut.isIncomplete], [150, true]);
    const typed = await complete('1.17', { packument: many });
    assert.ok(typed.items.every(({ value }) => value.startsWith('1.17')) && typed.items.length === 111);
  });

  test('what is not known is said, by an item that changes nothing', async () => {
    const absent = await complete('^1', { packument: 404 });
    assert.deepEqual(lines(absent), ['^1  its registry has no such package']);
    assert.equal(absent.items[0]?.label, 'versions of left-pad unknown');
    for (const [settings, reason] of [
      [{}, 'this folder is not trusted'],
      [{ trusted: true }, 'offline'],
    ] as const) {
      const workspace = await openWorkspace(PROJECT, { settings });
      const { project } = workspace.snapshot.projects[0]!;
      const context = { project, coolDown: cooldownOf(project), now: NOW };
      const typed = typedRange({ name: 'left-pad', typed: '^1' })!;
      const found = versionCompletions(typed, await factOf(workspace, 'left-pad'), context);
      assert.deepEqual(lines(found), [`^1  ${reason}`]);
    }
  });

  test('a name that is not complete, and what is no range, is asked for nowhere', () => {
    for (const typed of [
      'npm:',
      'npm:left',
      'npm:@acme',
      'git+https://a',
      'file:../a',
      'workspace:',
      'catalog:',
      '^1 || ',
    ]) {
      assert.equal(typedRange({ name: 'left-pad', typed }), undefined, typed);
    }
    assert.equal(typedRange({ name: '../up', typed: '' }), undefined);
    assert.equal(typedRange({ name: 'a', typed: 'npm:left-pad@' })?.target, 'left-pad');
    assert.equal(typedRange({ name: 'a', typed: 'npm:@acme/ui@1' })?.target, '@acme/ui');
  });
});

describe('names', () => {
  const SOURCE = `-- package.json --
{ "name": "shop", "packageManager": "pnpm@10.0.0", "dependencies": { "loaders": "^3.0.0", "local-ui": "workspace:*" } }
-- pnpm-workspace.yaml --
packages: [packages/*]
catalog:
  lock: ^1.0.0
-- packages/ui/package.json --
{ "name": "local-ui" }
`;

  test('of the workspace, of catalogs, of other manifests, then popular ones', async () => {
    const { snapshot } = await openWorkspace(SOURCE);
    const { project, files } = snapshot.projects[0]!;
    const context = { project, files, popular: snapshot.popular };
    const { items } = nameCompletions({ typed: 'lo', taken: new Set(['lodash']), isCatalog: false }, context);
    assert.deepEqual(
      items.slice(0, 3).map(({ value, detail, declares }) => [value, detail, declares]),
      [
        ['local-ui', 'a package of this workspace', 'workspace:*'],
        ['lock', 'in the catalog', 'catalog:'],
        ['loaders', 'used by shop', '^3.0.0'],
      ],
    );
    const popular = items.slice(3);
    assert.ok(
      popular.length > 20 && popular.every(({ value }) => value.startsWith('lo') && value !== 'lodash'),
    );
    assert.match(popular[0]!.detail, /^[\d.]+ (?:K|M|billion) downloads\/month$/);
    const inCatalog = nameCompletions({ typed: 'lo', taken: new Set(), isCatalog: true }, context);
    assert.equal(inCatalog.items[0]?.value, 'loaders');
    assert.ok(inCatalog.items.some(({ value }) => value === 'lodash'));
  });

  test('what was mistyped elsewhere is offered last and with a warning, unless it is allowed', async () => {
    const source = `-- package.json --
{ "name": "shop", "packageManager": "pnpm@10.0.0", "dependencies": { "lodahs": "^3.0.0" } }
-- pnpm-workspace.yaml --
packages: [packages/*]
catalog:
  loadsh: ^1.0.0
`;
    const offered = async (policy = '') => {
      const { snapshot } = await openWorkspace(source + policy);
      const { project, files } = snapshot.projects[0]!;
      const place = { typed: 'lo', taken: new Set<string>(), isCatalog: false };
      const { items } = nameCompletions(place, { project, files, popular: snapshot.popular });
      return items.map(({ value, detail }) => [value, detail]);
    };
    assert.deepEqual((await offered()).slice(-2), [
      ['loadsh', 'not lodash? · in the catalog'],
      ['lodahs', 'not lodash? · used by shop'],
    ]);
    const allowed = await offered(
      '-- dependency-hygiene.json --\n{ "allowNames": [{ "name": "lodahs", "reason": "Ours." }] }\n',
    );
    assert.deepEqual(allowed[0], ['lodahs', 'used by shop']);
  });

  test('what the project itself offers as a value', async () => {
    const { snapshot } = await openWorkspace(SOURCE);
    const { project } = snapshot.projects[0]!;
    const values = (name: string, isCatalog = false) =>
      localCompletions(project, {
        ...{ type: 'value', name, typed: '', token: { start: 0, end: 0 }, isCatalog },
        write: (value) => value,
      }).map(({ value }) => value);
    assert.deepEqual(values('lock'), ['catalog:']);
    assert.deepEqual(values('local-ui'), ['workspace:*']);
    assert.deepEqual([values('lodash'), values('lock', true)], [[], []]);
  });

  test('of an alias', async () => {
    const { snapshot } = await openWorkspace(SOURCE);
    const { items } = aliasCompletions('npm:lodas', snapshot.popular);
    assert.equal(items[0]?.value, 'npm:lodash@');
    assert.deepEqual(aliasCompletions('npm:', snapshot.popular).items, []);
    assert.deepEqual(aliasCompletions('git:', snapshot.popular).items, []);
  });
});
