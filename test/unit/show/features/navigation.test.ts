import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { definition, leadAt } from '../../../../server/src/core/show/features/definition.ts';
import { references } from '../../../../server/src/core/show/features/references.ts';
import { openWorkspace } from '../../../workspace.ts';
import { MANAGERS, type ManagerFixture, type OpenFixture, openFixture } from './manager-fixtures.ts';

/** Returns the target of going to the definition; undefined if there is none. */
function target({ owner, file, show }: OpenFixture, path: string, offset: number): string | undefined {
  const lead = leadAt(owner.project, file(path), offset);
  if (lead === undefined) return undefined;
  const { uri, selection } = definition(lead, owner.files);
  return show({ uri, span: selection });
}

function referencesAt(fixture: OpenFixture, path: string, offset: number): readonly string[] {
  const { owner, file, show } = fixture;
  const lead = leadAt(owner.project, file(path), offset);
  assert.ok(lead);
  return references(owner.project, owner.files, lead.destination, false).map(show);
}

interface Expected {
  /** The entries of minimist: for the root, and for the member. */
  readonly minimist: readonly [string, string];
  readonly once: string;
  readonly wrappy: string;
  readonly alias: string;
  /** The dependency of `once` on wrappy: the text before its edge. */
  readonly edge: readonly [needle: string, after: string];
  /** The references to once beside the two manifests. */
  readonly onceInLockfile: readonly string[];
}

const EXPECTED: Readonly<Record<ManagerFixture, Expected>> = {
  npm: {
    minimist: ['30 "node_modules/minimist"', '80 "packages/app/node_modules/minimist"'],
    once: '39 "node_modules/once"',
    wrappy: '64 "node_modules/wrappy"',
    alias: '48 "node_modules/parse"',
    edge: ['"wrappy"', '"node_modules/once"'],
    onceInLockfile: ['16 "once"', '74 "once"'],
  },
  'yarn-classic': {
    minimist: ['14 minimist@^1.2.8', '9 minimist@^0.2.4'],
    once: '19 once@^1.4.0',
    wrappy: '36 wrappy@1',
    alias: '26 "parse@npm:minimist@~1.2.6"',
    edge: ['wrappy', 'once@^1.4.0'],
    onceInLockfile: [],
  },
  'yarn-berry': {
    minimist: ['31 "minimist@npm:^1.2.8, parse@npm:minimist@~1.2.6"', '24 "minimist@npm:^0.2.4"'],
    once: '38 "once@npm:^1.4.0"',
    wrappy: '54 "wrappy@npm:1"',
    alias: '31 "minimist@npm:^1.2.8, parse@npm:minimist@~1.2.6"',
    edge: ['wrappy', '"once@npm:^1.4.0"'],
    onceInLockfile: ['13 once', '67 once'],
  },
  pnpm: {
    minimist: ['54 minimist@1.2.8', '51 minimist@0.2.4'],
    once: '57 once@1.4.0',
    wrappy: '63 wrappy@1.0.2',
    alias: '54 minimist@1.2.8',
    edge: ['wrappy', 'snapshots:'],
    onceInLockfile: ['23 once', '38 once'],
  },
  bun: {
    minimist: ['35 "minimist"', '45 "app/minimist"'],
    once: '37 "once"',
    wrappy: '43 "wrappy"',
    alias: '39 "parse"',
    edge: ['"wrappy"', '["once@1.4.0"'],
    onceInLockfile: ['10 "once"', '20 "once"'],
  },
};

for (const manager of Object.keys(MANAGERS) as ManagerFixture[]) {
  const expected = EXPECTED[manager];
  describe(`navigation with ${manager}`, async () => {
    const fixture = await openFixture(manager);
    const { lockfile, offset } = fixture;
    const locked = (place: string) => `${lockfile}:${place}`;
    const member = 'packages/app/package.json';

    test('a dependency leads to what is locked for its own member', () => {
      for (const needle of ['"minimist": ', '"^1.2.8"']) {
        const found = target(fixture, 'package.json', offset('package.json', needle));
        assert.equal(found, locked(expected.minimist[0]));
      }
      const found = target(fixture, member, offset(member, '"minimist"'));
      assert.equal(found, locked(expected.minimist[1]));
    });

    test('an alias and a name from a catalog lead to their entries', () => {
      assert.equal(
        target(fixture, 'package.json', offset('package.json', '"parse"')),
        locked(expected.alias),
      );
      assert.equal(
        target(fixture, 'package.json', offset('package.json', '"once"', '"dependencies"')),
        locked(expected.once),
      );
    });

    test('an edge leads to the entry it gets, an entry to itself', () => {
      const [needle, after] = expected.edge;
      assert.equal(target(fixture, lockfile, offset(lockfile, needle, after)), locked(expected.wrappy));
      const key = expected.wrappy.slice(expected.wrappy.indexOf(' ') + 1);
      const keyText = manager === 'bun' ? '"wrappy": ["' : key;
      assert.equal(target(fixture, lockfile, offset(lockfile, keyText)), locked(expected.wrappy));
    });

    test('from an entry to all that leads to it, manifests first', () => {
      const { once } = expected;
      const key = once.slice(once.indexOf(' ') + 1);
      const at = manager === 'bun' ? offset(lockfile, '"once": ["') : offset(lockfile, key);
      const found = referencesAt(fixture, lockfile, at);
      const line = manager === 'npm' || manager.startsWith('yarn') ? 10 : manager === 'pnpm' ? 9 : 13;
      assert.deepEqual(found, [
        `package.json:${line} "once"`,
        'packages/app/package.json:7 "once"',
        ...expected.onceInLockfile.map(locked),
      ]);
      // A dependency on it gives the same result.
      assert.deepEqual(referencesAt(fixture, member, offset(member, '"once"')), found);
    });

    test('nothing is found where nothing is', () => {
      assert.equal(target(fixture, 'package.json', offset('package.json', '"private"')), undefined);
      assert.equal(target(fixture, lockfile, 0), undefined);
    });
  });
}

test('a member is its manifest, wherever it is linked from', async () => {
  const importers = {
    npm: '"packages/app": {',
    pnpm: 'packages/app:',
    'yarn-berry': '"app@workspace',
    bun: '"packages/app": {',
  };
  for (const [manager, needle] of Object.entries(importers)) {
    const fixture = await openFixture(manager as ManagerFixture);
    const { lockfile, offset } = fixture;
    assert.equal(
      target(fixture, lockfile, offset(lockfile, needle)),
      'packages/app/package.json:2 "app"',
      manager,
    );
  }
  const npm = await openFixture('npm');
  const link = npm.offset(npm.lockfile, '"node_modules/app"');
  assert.equal(target(npm, npm.lockfile, link), 'packages/app/package.json:2 "app"');
});

test('the name of a member leads to it, and what depends on it is found', async () => {
  const workspace = await openWorkspace(`-- package.json --
{ "name": "root", "workspaces": ["packages/*"], "dependencies": { "app": "*" } }
-- packages/app/package.json --
{ "name": "app", "version": "1.0.0" }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "root", "workspaces": ["packages/*"], "dependencies": { "app": "*" } },
    "node_modules/app": { "resolved": "packages/app", "link": true },
    "packages/app": { "version": "1.0.0" }
  }
}
`);
  const uri = workspace.uri('packages/app/package.json');
  const owner = workspace.snapshot.projectOf(uri)!;
  const text = workspace.text('packages/app/package.json')!;
  const lead = leadAt(owner.project, owner.files.get(uri)!, text.indexOf('"app"') + 1)!;
  assert.deepEqual(lead.destination, { type: 'member', uri });
  const found = references(owner.project, owner.files, lead.destination, true);
  assert.deepEqual(
    found.map((place) => place.uri),
    [uri, workspace.uri('package.json'), workspace.uri('package-lock.json')],
  );
});

test('"catalog:" leads to the line of the catalog, and that to all who use it', async () => {
  for (const [manager, path, line] of [
    ['pnpm', 'pnpm-workspace.yaml', '5 once'],
    ['yarn-berry', '.yarnrc.yml', '2 once'],
    ['bun', 'package.json', '8 "once"'],
  ] as const) {
    const fixture = await openFixture(manager);
    const { offset } = fixture;
    const member = 'packages/app/package.json';
    const value = offset(member, '"catalog:"');
    assert.equal(target(fixture, member, value), `${path}:${line}`);
    const key = offset(path, 'once', 'catalog');
    assert.equal(target(fixture, path, key), `${path}:${line}`);
    const users = referencesAt(fixture, path, key);
    assert.deepEqual(
      users.map((user) => user.replace(/:\d+/, '')),
      ['package.json "once"', 'packages/app/package.json "once"'],
      `${manager}: ${users.join()}`,
    );
    assert.deepEqual(referencesAt(fixture, member, value), users);
  }
});
