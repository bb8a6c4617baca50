import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lookAtProject } from '../../../../server/src/core/show/watch/look-at-project.ts';
import { watchedDependencies } from '../../../../server/src/core/show/watch/watched-dependencies.ts';
import type { WorkspaceOptions } from '../../../workspace.ts';
import { openWorkspace } from '../../../workspace.ts';
import { document, NOW } from '../features/updates/registry-documents.ts';

const WORKSPACE = `-- package.json --
{ "name": "shop", "private": true, "workspaces": ["packages/*"], "dependencies": { "left-pad": "^1.0.0", "ui": "1.0.0" } }
-- packages/api/package.json --
{ "name": "api", "devDependencies": { "padding": "npm:left-pad@~1.1.0", "charts": "github:a/charts" } }
-- packages/ui/package.json --
{ "name": "ui", "version": "1.0.0" }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "workspaces": ["packages/*"], "dependencies": { "left-pad": "^1.0.0", "ui": "1.0.0" } },
    "packages/api": { "name": "api", "devDependencies": { "padding": "npm:left-pad@~1.1.0" } },
    "packages/ui": { "name": "ui", "version": "1.0.0" },
    "node_modules/ui": { "resolved": "packages/ui", "link": true },
    "node_modules/api": { "resolved": "packages/api", "link": true },
    "node_modules/left-pad": { "version": "1.0.0" },
    "node_modules/padding": { "name": "left-pad", "version": "1.1.0" }
  }
}
`;

const DAYS = { '1.0.0': '2026-01-01', '1.1.0': '2026-02-01', '1.2.0': '2026-03-01' };

const people = (...names: readonly string[]) =>
  Object.fromEntries(
    Object.keys(DAYS).map((version, at) => [
      version,
      { version, _npmUser: { name: names[at], email: `${names[at]}@${names[at]}.example.test` } },
    ]),
  );

async function look(source: string, options: WorkspaceOptions = {}, isTransitive = false) {
  const { snapshot } = await openWorkspace(source, options);
  const [{ project, files, facts, advisories }] = snapshot.projects as [(typeof snapshot.projects)[0]];
  const { popular } = snapshot;
  const dependencies = watchedDependencies({ project, files }, isTransitive);
  return lookAtProject({ project, dependencies, facts, advisories, popular, now: NOW });
}

const osv = (name: string, id: string, introduced = '0', more: object = {}) => ({
  id,
  modified: '2026-11-01T00:00:00Z',
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [{ type: 'SEMVER', events: [{ introduced }, { fixed: '1.1.5' }] }],
    },
  ],
  ...more,
});

describe('a look at a project', () => {
  test('tells each package that its manifests declare once, with every version that is locked for them', async () => {
    const { record, unseen } = await look(WORKSPACE, {
      registry: { 'left-pad': document(DAYS, { deprecated: { '1.0.0': 'pads too far' } }) },
      advisories: [osv('left-pad', 'GHSA-2222-3333-4444', '1.1.0', { aliases: ['CVE-2026-1'] })],
    });
    assert.deepEqual(unseen, []);
    assert.equal(record.takenAt, NOW);
    assert.deepEqual(record.dependencies, [
      {
        name: 'left-pad',
        versions: [
          {
            version: '1.0.0',
            advisories: [],
            toldBy: ['bundled'],
            deprecated: 'pads too far',
            isListed: true,
          },
          {
            version: '1.1.0',
            advisories: [
              {
                ids: ['GHSA-2222-3333-4444', 'CVE-2026-1'],
                source: 'bundled',
                severity: null,
                about: null,
                fixedIn: '1.1.5',
                isMalware: false,
                isDoubtful: false,
                isAccepted: false,
              },
            ],
            toldBy: ['bundled'],
            deprecated: false,
            isListed: true,
          },
        ],
        newest: { version: '1.2.0', waitsUntil: null },
        publisher: null,
        release: { version: '1.2.0', hasScript: null, trust: null },
        lines: [],
        maintainers: ['ana'],
        isListed: true,
      },
    ]);
  });

  test('says who published the newest version, and whether that is like before', async () => {
    const reported = async (source: string, ...names: readonly string[]) => {
      const registry = { 'left-pad': { ...document(DAYS), versions: people(...names) } };
      return (await look(source, { registry })).record.dependencies[0]!.publisher;
    };
    const ana = { version: '1.2.0', name: 'ana', isUnlikeBefore: false };
    assert.deepEqual(await reported(WORKSPACE, 'ana', 'ana', 'ana'), ana);
    const own = `${WORKSPACE}-- dependency-hygiene.json --\n{ "internalNames": ["left-pad"] }\n-- .npmrc --\nregistry=https://own.example.test/\n`;
    assert.equal(await reported(own, 'ana', 'ana', 'ana'), null);
  });

  test('of what is not locked takes what would be chosen, and nothing where the lockfile cannot be read', async () => {
    const versions = async (source: string) =>
      (await look(source, { registry: { 'left-pad': document(DAYS) } })).record.dependencies.map((each) =>
        each.versions.map(({ version }) => version),
      );
    const manifest = '-- package.json --\n{ "name": "shop", "dependencies": { "left-pad": "~1.1.0" } }\n';
    assert.deepEqual(await versions(manifest), [['1.1.0']]);
    assert.deepEqual(await versions(manifest.replace('~1.1.0', '1.0.0')), [['1.0.0']]);
    assert.deepEqual(await versions(manifest.replace('~1.1.0', 'latest')), [['1.2.0']]);
    assert.deepEqual(await versions(`${manifest}-- package-lock.json --\n{ "lockfileVersion": 3, "pa\n`), [
      [],
    ]);
    assert.deepEqual(
      await versions(`${manifest}-- package-lock.json --\n{ "lockfileVersion": 3, "packages": {} }\n`),
      [[]],
    );
  });

  test('tells the newest version and its cooldown, and none that the package manager is to leave alone', async () => {
    const newest = async (day: string, more = '') => {
      const registry = {
        'left-pad': document({ ...DAYS, '2.0.0': day, '3.0.0-rc.1': day }, { tags: { latest: '2.0.0' } }),
      };
      return (await look(`${WORKSPACE}${more}`, { registry })).record.dependencies[0]!.newest;
    };
    assert.deepEqual(await newest('2026-11-01'), { version: '2.0.0', waitsUntil: null });
    assert.deepEqual(await newest('2026-11-23'), {
      version: '2.0.0',
      waitsUntil: Date.parse('2026-11-26T12:00:00Z'),
    });
    const before = '-- .npmrc --\nbefore=2026-06-01\n';
    assert.equal(await newest('2026-11-01', before), null);
  });

  test('knows what is accepted, and doubts that a widely used package is malware in every version', async () => {
    const accepted = `-- dependency-hygiene.json --
{ "ignores": [{ "rule": "vulnerable-dependency", "id": "CVE-2026-1", "reason": "no", "expires": "2027-01-01" }] }
`;
    const advisories = [osv('left-pad', 'CVE-2026-1')];
    const registry = { 'left-pad': document(DAYS) };
    const { record } = await look(`${WORKSPACE}${accepted}`, { registry, advisories });
    assert.deepEqual(
      record.dependencies[0]!.versions.map((each) => each.advisories.map(({ isAccepted }) => isAccepted)),
      [[true], [true]],
    );
    const every = {
      id: 'MAL-2026-1',
      modified: '2026-11-01T00:00:00Z',
      affected: [
        {
          package: { ecosystem: 'npm', name: 'left-pad' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
        },
      ],
    };
    const bad = await look(WORKSPACE, { registry, advisories: [every] });
    const [first] = bad.record.dependencies[0]!.versions[0]!.advisories;
    assert.deepEqual([first!.isMalware, first!.isDoubtful], [true, true]);
  });

  test('says of what it could not see why', async () => {
    const source = WORKSPACE.replace(
      '"left-pad": "^1.0.0", "ui"',
      '"left-pad": "^1.0.0", "gone": "1.0.0", "ui"',
    );
    const { record, unseen } = await look(source, { registry: { 'left-pad': 500 } });
    assert.deepEqual(unseen, [
      { name: 'gone', reason: 'not-provided', detail: 'its registry has no such package' },
      { name: 'left-pad', reason: 'failed', detail: 'the registry answered with status 500' },
    ]);
    assert.deepEqual(
      record.dependencies.map(({ newest, publisher, versions }) => [
        ...[newest, publisher],
        versions.map(({ deprecated }) => deprecated),
      ]),
      [
        [null, null, []],
        [null, null, [null, null]],
      ],
    );
  });

  test('in a folder that is not trusted sees what is on this machine', async () => {
    const { record, unseen } = await look(WORKSPACE, { advisories: [osv('left-pad', 'CVE-2026-1')] });
    assert.deepEqual(unseen, [
      { name: 'left-pad', reason: 'untrusted', detail: 'this folder is not trusted' },
    ]);
    assert.equal(record.dependencies[0]!.versions[0]!.advisories.length, 1);
  });
});
