import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bundlesOf, filteredGroups } from '../../client/src/dependencies-grouping.ts';
import { RULES } from '../../server/src/core/judge/rules/index.ts';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { GROUP_OF_RULE } from '../../server/src/lsp/dependency-tree.ts';
import {
  type DependencyTree,
  SERVER_COMMANDS,
  type StatusParams,
  type TreeEntry,
  type TreeGroupType,
} from '../../server/src/lsp/messages.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { indexOf, TEST_REGISTRY } from '../workspace.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const DEPENDENCIES = { bad: '1.0.0', native: '1.0.0', lodahs: '^4.17.0', weak: '^1.0.0' };

const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;

const entry = (name: string, more: object = {}) => [
  `node_modules/${name}`,
  {
    version: '1.0.0',
    resolved: `${TEST_REGISTRY}${name}/-/${name}-1.0.0.tgz`,
    integrity: `sha512-${'A'.repeat(86)}==`,
    ...more,
  },
];

const files = {
  'shop/package.json': json({ private: true, packageManager: 'npm@11.19.1', dependencies: DEPENDENCIES }),
  'shop/package-lock.json': json({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: DEPENDENCIES },
      ...Object.fromEntries([
        entry('bad'),
        entry('native', { hasInstallScript: true }),
        entry('lodahs', { version: '4.17.21' }),
        entry('weak'),
      ]),
    },
  }),
  'shop/dependency-hygiene.json': json({
    ignores: [
      { rule: 'typosquat-name', package: 'lodahs', reason: 'Our fork', expires: '2026-12-24' },
      { rule: 'new-package', package: 'gone', reason: 'Reviewed', expires: '2026-11-01' },
    ],
  }),
  'other/package.json': json({ private: true, packageManager: 'npm@11.19.1' }),
};

const advisories = () =>
  indexOf([
    osv('MAL-2026-1', 'bad', '', { versions: ['1.0.0'] }),
    osv('GHSA-2222-3333-4444', 'weak', '0 1.2.0'),
  ]);

const tree = (client: TestClient): Promise<DependencyTree> =>
  client.connection.sendRequest('workspace/executeCommand', {
    command: SERVER_COMMANDS.listDependencies,
    arguments: [],
  });

async function show(client: TestClient, path: string): Promise<void> {
  await client.open(`${FOLDER}/${path}`);
  await client.pull(`${FOLDER}/${path}`);
  await client.until(() => (client.statuses.at(-1) as StatusParams | undefined)?.working === false);
}

function entriesOf({ projects }: DependencyTree, label: string, type: TreeGroupType): readonly TreeEntry[] {
  const project = projects.find((one) => one.label === label);
  return project?.groups.find((group) => group.type === type)?.entries ?? [];
}

const labels = (entries: readonly TreeEntry[]) => entries.map(({ label }) => label);

test('rules that a group names exist', () => {
  const ids = new Set(RULES.map(({ id }) => id));
  assert.deepEqual(
    [...GROUP_OF_RULE.keys()].filter((rule) => !ids.has(rule)),
    [],
  );
});

test('the tree has the loaded projects alone, with groups in the order of what to do', async () => {
  const client = await startClient({ files, ports: { advisories }, initializationOptions: { status: true } });
  assert.deepEqual(await tree(client), { projects: [] });
  await show(client, 'shop/package.json');
  const one = await tree(client);
  assert.deepEqual(
    one.projects.map(({ label, uri }) => [label, uri]),
    [['shop', `${FOLDER}/shop`]],
  );
  assert.deepEqual(
    one.projects[0]!.groups.map(({ type }) => type),
    ['malware', 'vulnerable', 'scripts', 'other', 'ignored', 'notChecked'],
  );
  await show(client, 'other/package.json');
  assert.deepEqual(
    (await tree(client)).projects.map(({ label }) => label),
    ['other', 'shop'],
  );
  await client.close();
});

test('a finding has the package, the worst severity, and every place once', async () => {
  const client = await startClient({ files, ports: { advisories }, initializationOptions: { status: true } });
  await show(client, 'shop/package.json');
  const answer = await tree(client);
  const [bad, ...others] = entriesOf(answer, 'shop', 'malware');
  assert.deepEqual(others, []);
  assert.deepEqual([bad!.label, bad!.severity], ['bad 1.0.0', 'error']);
  assert.match(bad!.tooltip, /^bad 1\.0\.0 is malware.*\[malicious-version\]$/);
  assert.match(bad!.description, /^is malware/);
  assert.deepEqual(
    bad!.places.map(({ label }) => label.replace(/:\d+$/, '')),
    ['shop/package.json', 'shop/package-lock.json'],
  );
  const [{ uri, line, character }] = bad!.places as [TreeEntry['places'][number]];
  const from = client.textOf(uri).split('\n')[line]!.slice(character);
  assert.match(from, /^"1\.0\.0"|^"bad"/);
  assert.deepEqual(labels(entriesOf(answer, 'shop', 'vulnerable')), ['weak 1.0.0']);
  assert.deepEqual(labels(entriesOf(answer, 'shop', 'scripts')), ['native 1.0.0']);
  await client.close();
});

test('an entry has its package, its member, and both sides if they exist', async () => {
  const client = await startClient({ files, ports: { advisories }, initializationOptions: { status: true } });
  await show(client, 'shop/package.json');
  const answer = await tree(client);
  const labelOf = (place: TreeEntry['locked']) => place?.label.replace(/:\d+$/, '');
  const [bad] = entriesOf(answer, 'shop', 'malware');
  assert.deepEqual(
    [bad!.package, bad!.member, labelOf(bad!.manifest), labelOf(bad!.locked)],
    ['bad', 'shop', 'shop/package.json', 'shop/package-lock.json'],
  );
  const { line } = bad!.locked!;
  await show(client, 'shop/package-lock.json');
  const text = client.textOf(`${FOLDER}/shop/package-lock.json`);
  assert.match(text.split('\n')[line]!, /"node_modules\/bad"/);
  const [native] = entriesOf(answer, 'shop', 'scripts');
  assert.equal(labelOf(native!.locked), 'shop/package-lock.json');
  await client.close();
});

describe('the view arranges what it has', () => {
  const project = async () => {
    const client = await startClient({
      files,
      ports: { advisories },
      initializationOptions: { status: true },
    });
    await show(client, 'shop/package.json');
    const [shop] = (await tree(client)).projects;
    await client.close();
    return shop!;
  };

  test('by package, the worst first, with what belongs to none apart', async () => {
    const { bundles, others } = bundlesOf((await project()).groups, 'package');
    const severities = bundles.map(({ severity }) => ['error', 'warning', 'information'].indexOf(severity!));
    assert.deepEqual(severities, severities.toSorted());
    // The entry of ignores that expired names a package that nothing installs.
    assert.deepEqual(bundles.map(({ label }) => label).sort(), ['bad', 'gone', 'lodahs', 'native', 'weak']);
    assert.deepEqual(
      others.map(({ type }) => type),
      ['ignored', 'notChecked'],
    );
  });

  test('by member, with what no manifest declares', async () => {
    const { bundles } = bundlesOf((await project()).groups, 'member');
    assert.deepEqual(bundles.map(({ label }) => label).includes('shop'), true);
  });

  test('filtered by all words, in any part of an entry', async () => {
    const shop = await project();
    const shown = (filter: string) =>
      filteredGroups(shop, filter).map(({ type, entries }) => [type, ...entries.map(({ label }) => label)]);
    assert.deepEqual(shown('BAD malware'), [['malware', 'bad 1.0.0']]);
    assert.deepEqual(shown('vulnerable weak'), [['vulnerable', 'weak 1.0.0']]);
    assert.deepEqual(shown('weak nowhere'), []);
    assert.deepEqual(filteredGroups(shop, ''), shop.groups);
  });
});

test('ignored findings are listed by their entries, with the expiry, and no longer as findings', async () => {
  const client = await startClient({ files, ports: { advisories }, initializationOptions: { status: true } });
  await show(client, 'shop/package.json');
  const answer = await tree(client);
  assert.deepEqual(
    entriesOf(answer, 'shop', 'ignored').map(({ label, description, places }) => [
      label,
      description,
      places.map((place) => place.label),
    ]),
    [
      ['lodahs', 'typosquat-name, until 24 Dec 2026: Our fork', ['shop/dependency-hygiene.json:3']],
      ['gone', 'new-package, expired 1 Nov 2026: Reviewed', ['shop/dependency-hygiene.json:9']],
    ],
  );
  const others = entriesOf(answer, 'shop', 'other').map(({ tooltip }) => tooltip);
  assert.doesNotMatch(others.join('\n'), /typosquat-name/);
  await client.close();
});

test('gaps are those of the project', async () => {
  const broken = { ...files, 'other/package-lock.json': '{ "lockfileVersion": 3, "packages": {' };
  const client = await startClient({ files: broken, initializationOptions: { trusted: true, status: true } });
  await show(client, 'shop/package.json');
  await show(client, 'other/package.json');
  const answer = await tree(client);
  assert.match(labels(entriesOf(answer, 'other', 'notChecked')).join('\n'), /^other\/package-lock\.json /m);
  assert.doesNotMatch(labels(entriesOf(answer, 'shop', 'notChecked')).join('\n'), /other\/package-lock/);
  await client.close();
});

/** Answers that each package has the versions 1.0.0 and 2.0.0. */
function registry(asked: string[]): HttpPort {
  const version = (of: string) => ({ name: 'weak', version: of, dist: {} });
  return {
    async get({ url }) {
      asked.push(url);
      const name = new URL(url).pathname.slice(1);
      const body = {
        name,
        'dist-tags': { latest: '2.0.0' },
        versions: { '1.0.0': version('1.0.0'), '2.0.0': version('2.0.0') },
        time: { '1.0.0': '2020-01-01T00:00:00Z', '2.0.0': '2021-01-01T00:00:00Z' },
      };
      return { type: 'answer', status: 200, headers: new Map(), body: JSON.stringify(body) };
    },
  };
}

test('the description does not repeat the version that the label has', async () => {
  const client = await startClient({
    files: { 'shop/package.json': json({ private: true, dependencies: { weak: '^1.0.0' } }) },
    ports: { advisories },
    http: registry([]),
    initializationOptions: { trusted: true, status: true },
  });
  await show(client, 'shop/package.json');
  const found = entriesOf(await tree(client), 'shop', 'vulnerable');
  assert.deepEqual(labels(found), ['weak 1.0.0']);
  assert.match(found[0]!.description ?? '', /^which "\^1\.0\.0" takes now, has/);
  await client.close();
});

test('an update in a catalog is listed once, there, and not for each reference', async () => {
  const member = (name: string) => json({ name, private: true, dependencies: { weak: 'catalog:' } });
  const client = await startClient({
    files: {
      'shop/package.json': json({ private: true, packageManager: 'pnpm@10.0.0' }),
      'shop/pnpm-workspace.yaml': 'packages:\n  - "*"\ncatalog:\n  weak: ^1.0.0\n',
      'shop/a/package.json': member('a'),
      'shop/b/package.json': member('b'),
    },
    http: registry([]),
    initializationOptions: { trusted: true, status: true },
  });
  await show(client, 'shop/a/package.json');
  const updates = entriesOf(await tree(client), 'shop', 'updates');
  assert.deepEqual(
    updates.map(({ label, places }) => [label, ...places.map((place) => place.label)]),
    [['weak', 'shop/pnpm-workspace.yaml:4']],
  );
  await client.close();
});

test('newer versions are listed once they are known, and the list asks for none', async () => {
  const asked: string[] = [];
  const http = registry(asked);
  const client = await startClient({ files, http, initializationOptions: { trusted: true, status: true } });
  await show(client, 'shop/package.json');
  assert.notEqual(asked.length, 0);
  const before = asked.length;
  const weak = entriesOf(await tree(client), 'shop', 'updates').find(({ label }) => label === 'weak');
  assert.match(weak?.description ?? '', /2\.0\.0/);
  assert.deepEqual(
    weak?.places.map(({ label }) => label),
    ['shop/package.json:8'],
  );
  assert.equal(asked.length, before);
  await client.close();
});
