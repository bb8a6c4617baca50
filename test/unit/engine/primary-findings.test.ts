import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorkspace } from '../../workspace.ts';
import { osv } from '../judge/rules/osv.ts';

const SOURCE = `-- package.json --
{ "workspaces": ["packages/*"], "dependencies": { "a": "1.0.0" } }
-- packages/one/package.json --
{ "name": "one", "dependencies": { "a": "1.0.0", "b": "1.0.0" } }
-- packages/two/package.json --
{ "name": "two", "dependencies": { "b": "1.0.0" } }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "workspaces": ["packages/*"], "dependencies": { "a": "1.0.0" } },
    "node_modules/a": { "version": "1.0.0", "dependencies": { "c": "1.0.0" } },
    "node_modules/b": { "version": "1.0.0" },
    "node_modules/c": { "version": "1.0.0" },
    "node_modules/one": { "resolved": "packages/one", "link": true },
    "node_modules/two": { "resolved": "packages/two", "link": true },
    "packages/one": { "dependencies": { "a": "1.0.0", "b": "1.0.0" } },
    "packages/two": { "dependencies": { "b": "1.0.0" } }
  }
}
`;
const ADVISORIES = ['a', 'b', 'c'].map((name, at) => osv(`GHSA-2222-2222-222${at + 2}`, name, '0 2.0.0'));

test('each version is reported once in a project: by the first manifest, else by the lockfile', async () => {
  const workspace = await openWorkspace(SOURCE, { advisories: ADVISORIES });
  const places = (path: string) =>
    workspace.snapshot
      .diagnose(workspace.uri(path))
      .findings.filter(({ rule }) => rule === 'vulnerable-dependency')
      .map(({ package: name }) => name);
  assert.deepEqual(places('package-lock.json'), ['c']);
  assert.deepEqual(places('packages/two/package.json'), []);
  assert.deepEqual(places('packages/one/package.json'), ['b']);
  assert.deepEqual(places('package.json'), ['a']);
  const { findings } = workspace.snapshot.diagnose(workspace.uri('package-lock.json'));
  assert.equal(workspace.snapshot.diagnose(workspace.uri('package-lock.json')).findings, findings);
});

test('other manifests that declare the version are related places', async () => {
  const names = ['two', 'three', 'four', 'five', 'six', 'seven'];
  const more = names.map(
    (name) => `-- packages/${name}/package.json --\n{ "dependencies": { "b": "1.0.0" } }\n`,
  );
  const source = `-- package.json --\n{ "workspaces": ["packages/*"], "dependencies": { "b": "1.0.0" } }\n${more.join('')}`;
  const workspace = await openWorkspace(source, { advisories: ADVISORIES });
  const [found] = workspace.snapshot
    .diagnose(workspace.uri('package.json'))
    .findings.filter(({ rule }) => rule === 'vulnerable-dependency');
  const related = (found?.related ?? []).filter(({ message }) => message.includes(' declares it too'));
  assert.deepEqual(
    related.map(({ message }) => message),
    [
      'packages/five/package.json declares it too.',
      'packages/four/package.json declares it too.',
      'packages/seven/package.json declares it too.',
      'packages/six/package.json declares it too.',
      'packages/three/package.json declares it too, as 1 more does.',
    ],
  );
  const [{ uri, span }] = related as [(typeof related)[number]];
  const five = '{ "dependencies": { "b": "1.0.0" } }\n';
  assert.deepEqual(
    [uri, five.slice(span.start, span.end)],
    [workspace.uri('packages/five/package.json'), '"1.0.0"'],
  );
  const again = workspace.snapshot.diagnose(workspace.uri('package.json')).findings;
  assert.ok(again.includes(found!));
});

test('a name that one manifest declares twice is one finding', async () => {
  const source = `-- package.json --
{ "dependencies": { "a": "1.0.0" }, "devDependencies": { "a": "1.0.0" } }
`;
  const workspace = await openWorkspace(source, { advisories: ADVISORIES });
  assert.equal(workspace.findings('vulnerable-dependency').length, 1);
});

test('a fixture reports only what nothing else declares, and does not rate what something else uses', async () => {
  const source = `-- package.json --
{ "private": true, "workspaces": ["examples/*", "packages/*"] }
-- examples/app/package.json --
{ "name": "app", "dependencies": { "a": "1.0.0", "b": "1.0.0", "c": "1.0.0" } }
-- packages/two/package.json --
{ "name": "two", "dependencies": { "d": "1.0.0" }, "devDependencies": { "b": "1.0.0", "e": "1.0.0" } }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "workspaces": ["examples/*", "packages/*"] },
    "examples/app": { "dependencies": { "a": "1.0.0", "b": "1.0.0", "c": "1.0.0" } },
    "node_modules/a": { "version": "1.0.0" },
    "node_modules/app": { "resolved": "examples/app", "link": true },
    "node_modules/b": { "version": "1.0.0" },
    "node_modules/c": { "version": "1.0.0" },
    "node_modules/d": { "version": "1.0.0" },
    "node_modules/e": { "version": "1.0.0", "dev": true, "dependencies": { "c": "1.0.0" } },
    "node_modules/two": { "resolved": "packages/two", "link": true },
    "packages/two": { "dependencies": { "d": "1.0.0" }, "devDependencies": { "b": "1.0.0", "e": "1.0.0" } }
  }
}
`;
  const workspace = await openWorkspace(source, { advisories: ADVISORIES });
  const places = (path: string) =>
    workspace.snapshot
      .diagnose(workspace.uri(path))
      .findings.filter(({ rule }) => rule === 'vulnerable-dependency')
      .map(({ package: name, data }) => `${name} ${(data as { used: string }).used}`);
  assert.deepEqual(places('examples/app/package.json'), ['a production', 'c development']);
  assert.deepEqual(places('packages/two/package.json'), ['b development']);
});
