import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';

const RULE = 'policy-denied-dependency';
const json = (path: string, value: unknown) => `-- ${path} --\n${JSON.stringify(value, undefined, 2)}\n`;

interface Given {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly locked?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly policy: object;
}

function workspace({ dependencies, locked, policy }: Given): string {
  const lockfile = {
    lockfileVersion: 3,
    packages: { '': { name: 'shop', dependencies }, ...locked },
  };
  return [
    json('package.json', { name: 'shop', dependencies }),
    locked === undefined ? '' : json('package-lock.json', lockfile),
    json('dependency-hygiene.json', policy),
  ].join('');
}

async function found(given: Given, options: WorkspaceOptions = {}): Promise<readonly string[]> {
  const opened = await openWorkspace(workspace(given), options);
  return opened.findings(RULE).map(({ uri, message }) => `${uri.slice(18)}: ${message}`);
}

const reason = 'ours is better';

describe('direct dependencies', () => {
  test('the name that is installed counts, whatever it is called', async () => {
    const dependencies = { left: 'npm:request@^2.0.0', request: 'npm:fine@^1.0.0' };
    assert.deepEqual(await found({ dependencies, policy: { deny: [{ name: 'request', reason }] } }), [
      'package.json: "request" is denied by policy: ours is better.',
    ]);
  });

  test('the locked version counts, unless the manifest has moved on', async () => {
    const policy = { deny: [{ name: 'left', range: '<2.0.0', reason }] };
    const locked = { 'node_modules/left': { version: '1.5.0' } };
    const of = (range: string) => found({ dependencies: { left: range }, locked, policy });
    assert.deepEqual(await of('>=1.0.0'), ['package.json: left 1.5.0 is denied by policy: ours is better.']);
    assert.deepEqual(await of('^2.0.0'), []);
  });

  test('a range that is only partly denied is reported as not checked', async () => {
    const given = {
      dependencies: { left: '>=1.0.0' },
      policy: { deny: [{ name: 'left', range: '<2.0.0', reason }] },
    };
    assert.deepEqual(await found(given), []);
    const { snapshot, uri } = await openWorkspace(workspace(given));
    const { notChecked } = snapshot.diagnose(uri('package.json'));
    assert.ok(notChecked.some((gap) => gap.rule === RULE && gap.reason === 'not-recorded'));
  });

  test('members of the workspace and peers are not installed from anywhere', async () => {
    const source = `${json('package.json', {
      name: 'shop',
      workspaces: ['a'],
      dependencies: { a: '*' },
      peerDependencies: { b: '*' },
    })}${json('a/package.json', { name: 'a', version: '1.0.0' })}${json('dependency-hygiene.json', {
      deny: [{ name: '*', reason }],
    })}`;
    assert.deepEqual((await openWorkspace(source)).findings(RULE), []);
  });

  test('names the policy entry as related', async () => {
    const opened = await openWorkspace(
      workspace({ dependencies: { left: '1.0.0' }, policy: { deny: [{ name: 'left', reason }] } }),
    );
    const [related] = opened.findings(RULE)[0]!.related;
    const { start, end } = related!.span;
    assert.equal(opened.text('dependency-hygiene.json')!.slice(start, end), '"left"');
  });
});

describe('facts', () => {
  const registry = {
    left: {
      versions: {
        '1.0.0': { license: 'GPL-3.0-only', _npmUser: { name: 'mallory', email: 'm@x.example.test' } },
      },
      time: { '1.0.0': '2020-01-01T00:00:00Z' },
      'dist-tags': { latest: '1.0.0' },
    },
  };
  const dependencies = { left: '1.0.0' };
  // Yarn 1 records no licenses; npm since version 7 does.
  const locked = { 'node_modules/left': { version: '1.0.0' } };

  test('licenses and publishers of the registry', async () => {
    const byLicense = { deny: [{ license: 'GPL-*', reason }] };
    assert.deepEqual(await found({ dependencies, locked, policy: byLicense }, { registry }), [
      'package.json: left 1.0.0 is denied by policy (license GPL-3.0-only): ours is better.',
    ]);
    const byPublisher = { deny: [{ publisher: 'mallory', reason }] };
    assert.deepEqual(await found({ dependencies, locked, policy: byPublisher }, { registry }), [
      'package.json: left 1.0.0 is denied by policy (published by mallory): ours is better.',
    ]);
  });

  const installed = (manifest: object) =>
    workspace({
      dependencies,
      locked,
      policy: { deny: [{ license: 'GPL-*', unknownLicense: true, reason }] },
    }) + json('node_modules/left/package.json', { name: 'left', version: '1.0.0', ...manifest });

  test('licenses of installed packages, in their old forms too', async () => {
    const denied = async (manifest: object) => {
      const opened = await openWorkspace(installed(manifest));
      return opened.findings(RULE).map(({ message }) => message);
    };
    const start = 'left 1.0.0 is denied by policy';
    assert.deepEqual(await denied({ license: 'GPL-3.0-only' }), [
      `${start} (license GPL-3.0-only): ours is better.`,
    ]);
    assert.deepEqual(await denied({ license: { type: 'GPL-2.0' } }), [
      `${start} (license GPL-2.0): ours is better.`,
    ]);
    assert.deepEqual(await denied({ licenses: [{ type: 'GPL-2.0' }, { type: 'MIT' }] }), []);
    assert.deepEqual(await denied({}), [`${start} (license unknown): ours is better.`]);
    assert.deepEqual(await denied({ version: '1.0.1', license: 'GPL-3.0-only' }), []);
  });

  test('a lockfile cannot hide the license that the package states', async () => {
    const policy = { deny: [{ license: 'GPL-*', reason }] };
    const told = (license: string, of: string, from: 'registry' | 'installed') => {
      const given = { 'node_modules/left': { version: '1.0.0', license } };
      const manifest = { name: 'left', version: '1.0.0', license: of };
      const registry = {
        left: {
          name: 'left',
          versions: { '1.0.0': manifest },
          time: { '1.0.0': '2020-01-01T00:00:00.000Z' },
        },
      };
      const source = workspace({ dependencies, locked: given, policy });
      return from === 'registry'
        ? openWorkspace(source, { registry })
        : openWorkspace(source + json('node_modules/left/package.json', manifest));
    };
    for (const from of ['registry', 'installed'] as const) {
      const hidden = await told('MIT', 'GPL-3.0-only OR GPL-2.0-only', from);
      assert.deepEqual(
        hidden.findings(RULE).map(({ message }) => message),
        ['left 1.0.0 is denied by policy (license MIT AND (GPL-3.0-only OR GPL-2.0-only)): ours is better.'],
      );
      const text = await told('SEE LICENSE IN LICENSE', 'GPL-3.0-only', from);
      assert.match(text.findings(RULE)[0]!.message, /\(license GPL-3\.0-only\)/);
      for (const [license, of] of [
        ['MIT', 'ISC'],
        ['MIT', 'SEE LICENSE IN LICENSE'],
        ['MIT', 'MIT'],
      ] as const) {
        const { snapshot, uri } = await told(license, of, from);
        const { findings, notChecked } = snapshot.diagnose(uri('package.json'));
        assert.ok(![...findings, ...notChecked].some(({ rule }) => rule === RULE), `${license} ${of}`);
      }
    }
  });

  test('what only development installs is permitted where the policy is about production', async () => {
    const license = 'GPL-3.0-only';
    const lockfile = {
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { left: '1.0.0' }, devDependencies: { tool: '1.0.0' } },
        'node_modules/left': { version: '1.0.0', license: 'MIT', dependencies: { inner: '1.0.0' } },
        'node_modules/inner': { version: '1.0.0', license },
        'node_modules/tool': { version: '1.0.0', dev: true, license, dependencies: { deep: '1.0.0' } },
        'node_modules/deep': { version: '1.0.0', dev: true, license },
      },
    };
    const messages = async (deny: object) => {
      const { dependencies, devDependencies } = lockfile.packages[''];
      const opened = await openWorkspace(
        json('package.json', { name: 'shop', dependencies, devDependencies }) +
          json('package-lock.json', lockfile) +
          json('dependency-hygiene.json', { deny: [{ license: 'GPL-*', ...deny, reason }] }),
      );
      return opened.findings(RULE).map(({ package: name }) => name);
    };
    assert.deepEqual(await messages({ scope: 'production' }), ['inner']);
    assert.deepEqual((await messages({})).sort(), ['deep', 'inner', 'tool']);
  });

  test('a list of licenses of the registry is a choice', async () => {
    const of = (licenses: readonly string[]) => ({
      left: {
        versions: { '1.0.0': { licenses: licenses.map((type) => ({ type })) } },
        time: { '1.0.0': '2020-01-01T00:00:00Z' },
        'dist-tags': { latest: '1.0.0' },
      },
    });
    const policy = { deny: [{ license: 'GPL-*', reason }] };
    assert.deepEqual(await found({ dependencies, locked, policy }, { registry: of(['GPL-2.0', 'MIT']) }), []);
    assert.equal(
      (await found({ dependencies, locked, policy }, { registry: of(['GPL-2.0', 'GPL-3.0']) })).length,
      1,
    );
  });

  test('without them nothing is reported but the gap', async () => {
    const given = { dependencies, locked, policy: { deny: [{ license: '*', reason }] } };
    assert.deepEqual(await found(given), []);
    const { snapshot, uri } = await openWorkspace(workspace(given));
    assert.ok(snapshot.diagnose(uri('package.json')).notChecked.some((gap) => gap.rule === RULE));
  });

  test('hosts of the lockfile', async () => {
    const policy = { deny: [{ host: '*', reason }], allow: [{ host: 'npm.acme.example.test', reason }] };
    const at = (host: string, name: string) => ({
      [`node_modules/${name}`]: { version: '1.0.0', resolved: `https://${host}/${name}/-/${name}-1.0.0.tgz` },
    });
    const all = { ...at('npm.acme.example.test', 'left'), ...at('files.example.test', 'right') };
    assert.deepEqual(await found({ dependencies: { left: '1.0.0', right: '1.0.0' }, locked: all, policy }), [
      'package.json: right 1.0.0 is denied by policy (from files.example.test): ours is better.',
    ]);
  });
});

describe('the fix', () => {
  const given = (use: string, range = '^1.0.0') =>
    workspace({
      dependencies: { left: range },
      policy: { deny: [{ name: 'left', range: '<2.0.0', use, reason, contact: 'Ada' }] },
    });

  test('writes the range that the policy names', async () => {
    const after = await fixOf(given('^2.1.0'), RULE, /^Replace with "left": "\^2\.1\.0"$/);
    assert.match(after, /"left": "\^2\.1\.0"/);
  });

  test('is not offered for a range that is denied itself', async () => {
    const [finding] = (await openWorkspace(given('^1.2.0'))).findings(RULE);
    assert.deepEqual(finding!.fixes(), []);
    assert.equal(finding!.message, '"left" is denied by policy: ours is better. Use "^1.2.0". Ask Ada.');
  });
});
