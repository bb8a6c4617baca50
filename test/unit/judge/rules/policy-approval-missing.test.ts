import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';

const RULE = 'policy-approval-missing';
const NOW = '2026-11-24';
const APPROVAL = { name: 'left', range: '^1.0.0', by: 'Ada', date: '2026-01-02', reason: 'reviewed' };

interface Given {
  readonly require: object;
  readonly approvals?: readonly object[];
  readonly locked?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly policy?: object;
}

async function run(
  { require, approvals, locked, name = 'left', policy }: Given,
  options: WorkspaceOptions = {},
) {
  const json = (path: string, value: unknown) => `-- ${path} --\n${JSON.stringify(value, undefined, 2)}\n`;
  const dependencies = { [name]: '^1.0.0' };
  const entry = { version: '1.0.0', ...locked };
  const packages = { '': { name: 'shop', dependencies }, [`node_modules/${name}`]: entry };
  const source = [
    json('package.json', { name: 'shop', dependencies }),
    json('package-lock.json', { lockfileVersion: 3, packages }),
    json('dependency-hygiene.json', { requireApproval: require, approvals: approvals ?? [], ...policy }),
  ].join('');
  const opened = await openWorkspace(source, { today: NOW, ...options });
  const { notChecked } = opened.snapshot.diagnose(opened.uri('package.json'));
  return {
    messages: opened.findings(RULE).map(({ message }) => message),
    gaps: notChecked.filter(({ rule }) => rule === RULE).map(({ reason }) => reason),
    problems: opened.findings('policy-file-invalid').map(({ message }) => message),
  };
}

const script = { hasInstallScript: true };
const require = { installScripts: true };
const NEEDED =
  'left 1.0.0 needs an approval by policy: it has an install script. Have it reviewed, and add it to "approvals".';

describe('approvals', () => {
  test('count for their versions, until they expire', async () => {
    const withApproval = async (change: object) =>
      (await run({ require, approvals: [{ ...APPROVAL, ...change }], locked: script })).messages;
    assert.deepEqual(await withApproval({}), []);
    assert.deepEqual(await withApproval({ name: 'l*', expires: NOW }), []);
    assert.deepEqual(await withApproval({ name: 'right' }), [NEEDED]);
    assert.match((await withApproval({ range: '^2.0.0' }))[0]!, /Only "\^2\.0\.0" is approved\. /);
    assert.match(
      (await withApproval({ expires: '2026-11-23' }))[0]!,
      /The approval by Ada expired on 23 Nov 2026\. /,
    );
  });

  test('an incomplete one is invalid, and approves nothing', async () => {
    for (const change of [{ by: undefined }, { date: undefined }, { reason: '' }, { range: 'soon' }]) {
      const { messages, problems } = await run({
        require,
        approvals: [{ ...APPROVAL, ...change }],
        locked: script,
      });
      assert.deepEqual(messages, [NEEDED]);
      assert.equal(problems.length, 1, JSON.stringify(change));
    }
  });
});

describe('install scripts', () => {
  test('of the lockfile', async () => {
    assert.deepEqual(await run({ require, locked: script }), { messages: [NEEDED], gaps: [], problems: [] });
    assert.deepEqual(await run({ require }), { messages: [], gaps: [], problems: [] });
    assert.deepEqual((await run({ require: { installScripts: false }, locked: script })).messages, []);
  });

  test('own packages need no approval', async () => {
    const policy = { internalNames: ['left'] };
    assert.deepEqual((await run({ require, locked: script, policy })).messages, []);
  });
});

describe('downloads', () => {
  test('more than the limit, by the bundled numbers without a registry', async () => {
    const limit = { weeklyDownloadsOver: 1_000_000 };
    const { messages } = await run({ require: limit, name: 'lodash' });
    assert.match(
      messages[0]!,
      /^lodash 1\.0\.0 needs an approval by policy: it has [\d,]+ downloads a week\. /,
    );
    assert.deepEqual(
      (await run({ require: { weeklyDownloadsOver: 900_000_000_000 }, name: 'lodash' })).messages,
      [],
    );
  });

  test('unknown ones are reported as not checked', async () => {
    const { messages, gaps } = await run({
      require: { weeklyDownloadsOver: 1 },
      name: 'nobody-has-this-name',
    });
    assert.deepEqual([messages, gaps], [[], ['not-recorded']]);
  });
});

describe('new maintainers', () => {
  const registry = (published: string, user: object | undefined) => ({
    left: {
      versions: { '0.9.0': { _npmUser: { name: 'old' } }, '1.0.0': { _npmUser: user } },
      time: { '0.9.0': '2020-01-01T00:00:00Z', '1.0.0': published },
      'dist-tags': { latest: '1.0.0' },
    },
  });
  const limit = { newMaintainerDays: 90 };

  test('an account without an earlier version in that time', async () => {
    const by = async (published: string, name: string) =>
      (await run({ require: limit }, { registry: registry(published, { name }) })).messages;
    assert.match(
      (await by('2026-11-01T12:00:00Z', 'mallory'))[0]!,
      /its publisher "mallory" is new since 23 days/,
    );
    assert.deepEqual(await by('2026-11-01T12:00:00Z', 'old'), []);
    assert.deepEqual(await by('2026-01-01T12:00:00Z', 'mallory'), []);
    assert.deepEqual(await by('2026-11-01T12:00:00Z', 'GitHub Actions'), []);
  });

  test('an unknown account is reported as not checked', async () => {
    const unknown = await run({ require: limit }, { registry: registry('2026-11-01T12:00:00Z', undefined) });
    assert.deepEqual([unknown.messages, unknown.gaps], [[], ['not-provided']]);
    const offline = await run({ require: limit });
    assert.deepEqual([offline.messages, offline.gaps], [[], ['not-recorded']]);
  });
});
