import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';
import { openWithRegistry } from './with-registry.ts';

const RULE = 'new-package';
const MIRROR = `-- .npmrc --
registry=https://npm.acme.example.test/
-- dependency-hygiene.json --
{ "mirrors": ["https://npm.acme.example.test/"] }
`;

const manifest = (lines: string) => `-- package.json --
{
  "name": "shop",
  "dependencies": {
${lines}
  }
}
`;
/** Returns a packument with these versions and times; the clock of the tests is at noon of 2026-11-24. */
const packument = (created: string | undefined, versions: Readonly<Record<string, string>>) => ({
  time: { ...(created === undefined ? {} : { created }), ...versions },
  versions: Object.fromEntries(Object.keys(versions).map((version) => [version, {}])),
});
const YOUNG = packument('2026-11-21T09:00:00Z', { '1.0.0': '2026-11-21T09:00:01Z' });
const OLD = packument('2016-11-21T09:00:00Z', { '1.0.0': '2016-11-21T09:00:01Z' });
/** Three versions on three days. */
const THREE = packument('2026-11-01T09:00:00Z', {
  '1.0.0': '2026-11-01T09:00:01Z',
  '1.0.1': '2026-11-03T09:00:01Z',
  '1.0.2': '2026-11-05T09:00:01Z',
});
const downloads = (name: string, count: number) => ({
  [`downloads/point/last-week/${name}`]: {
    downloads: count,
    start: '2026-11-16',
    end: '2026-11-22',
    package: name,
  },
});
const silent = (source: string, registry: RegistryDocuments) =>
  expectMarks(source, { rules: [RULE], registry });

describe('new-package', () => {
  test('says when it began and how much it is used, at the key', () =>
    expectMarks(
      manifest(`    "a-young": "^1.0.0",
    ^^^^^^^^^ new-package: "a-young" was first published on 2026-11-21 (1 version). Make sure that it is the package you mean.
    "b-young": "^1.0.0",
    ^^^^^^^^^ new-package: "b-young" was first published on 2026-11-01 (3 versions, 12 downloads a week). Make sure that it is the package you mean.
    "kit": "npm:a-young@1",
    ^^^^^ new-package
    "c-old": "^1.0.0"`),
      { registry: { 'a-young': YOUNG, 'b-young': THREE, 'c-old': OLD, ...downloads('b-young', 12) } },
    ));

  test('where nobody says when it was created, the first version counts', () =>
    expectMarks(
      manifest(`    "a-young": "^1.0.0"
    ^^^^^^^^^ new-package`),
      { registry: { 'a-young': packument(undefined, { '1.0.0': '2026-11-20T09:00:01Z' }) } },
    ));

  test('thirty days and more, and what many people use, is silent', async () => {
    const name = '    "some-package": "1"';
    const day = (created: string) => ({
      'some-package': packument(created, { '1.0.0': created }),
    });
    await silent(manifest(name), day('2026-10-25T11:59:00Z'));
    await expectMarks(manifest(`${name}\n    ^^^^^^^^^^^^^^ new-package`), {
      registry: day('2026-10-25T13:00:00Z'),
    });
    await silent(manifest(name), { 'some-package': THREE, ...downloads('some-package', 1000) });
    // Many downloads but two versions: robots cause that.
    const two = packument('2026-11-01T09:00:00Z', {
      '1.0.0': '2026-11-01T09:00:01Z',
      '2.0.0': '2026-11-02T09:00:01Z',
    });
    await expectMarks(manifest(`${name}\n    ^^^^^^^^^^^^^^ new-package`), {
      registry: { 'some-package': two, ...downloads('some-package', 5000) },
    });
  });

  test('times that are missing, broken, of the future or of one moment say nothing, and are counted', async () => {
    const same = '2026-11-20T00:00:00.000Z';
    const copied = packument(same, { '1.0.0': same, '1.1.0': same, '2.0.0': same });
    const none = { versions: { '1.0.0': {} } };
    const future = packument('2027-11-20T09:00:00Z', { '1.0.0': '2027-11-20T09:00:00Z' });
    const broken = packument('yesterday', { '1.0.0': '2026-11-20' });
    for (const document of [copied, none, future, broken]) {
      const workspace = await openWorkspace(manifest('    "some-package": "1"'), {
        registry: { 'some-package': document },
      });
      assert.deepEqual(workspace.findings(RULE), []);
      const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
      const own = notChecked.filter(({ rule }) => rule === RULE);
      assert.deepEqual(own, [{ rule: RULE, reason: 'not-provided', count: 1, packages: ['some-package'] }]);
    }
  });

  test('a private registry is not judged, nor asked', async () => {
    const source = `${manifest('    "@acme/new": "1"')}-- .npmrc --\n@acme:registry=https://npm.acme.example.test/\n`;
    const { workspace, asked } = await openWithRegistry(source, { '@acme/new': YOUNG }, RULE);
    assert.deepEqual([workspace.findings(RULE), asked], [[], []]);
  });

  test('a mirror is believed only where its times cannot be those of its copies', async () => {
    const name = '    "some-package": "1"';
    await silent(manifest(name) + MIRROR, { 'some-package': YOUNG });
    // Only the last versions, at their true times.
    const part = packument(undefined, { '8.0.0': '2026-11-10T09:00:00Z', '8.1.0': '2026-11-20T09:00:00Z' });
    await silent(manifest(name) + MIRROR, { 'some-package': part });
    await expectMarks(
      `${manifest(`${name}\n    ^^^^^^^^^^^^^^ new-package: "some-package" was first published on 2026-11-01. Make sure that it is the package you mean.`)}${MIRROR}`,
      { registry: { 'some-package': THREE } },
    );
  });

  test('options set the days and the scopes that are trusted', async () => {
    const policy = '-- dependency-hygiene.json --\n{ "rules": { "new-package": ["warning", ';
    const registry = { '@ours/new': YOUNG };
    await silent(`${manifest('    "@ours/new": "1"')}${policy}{ "days": 3 }] } }\n`, registry);
    await silent(
      `${manifest('    "@ours/new": "1"')}${policy}{ "trustedScopes": ["@ours"] }] } }\n`,
      registry,
    );
  });

  test('allows the name with a reason, or takes it out', async () => {
    const registry = { 'a-young': YOUNG };
    const source = manifest('    "a-young": "1",\n    "kit": "1"');
    const allowed = await fixOf(source, RULE, /^Allow the name "a-young"/, { registry });
    assert.match(allowed, /"name": "a-young"/);
    const removed = await fixOf(source, RULE, /^Remove "a-young"$/, { registry });
    assert.equal(removed, manifest('    "kit": "1"'));
  });
});
