import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseWorkspace } from '../../../workspace.ts';
import { advisory, changedBy, fixesIn, malware, packageOf, remediesIn } from './remedy-harness.ts';

const BAD = { name: 'min', version: '1.2.5' };
const ADVISORIES = [
  advisory('min', 'GHSA-mmmm-mmmm-mmm2', [
    ['1.0.0', '1.2.6'],
    ['2.0.0', '2.0.1'],
  ]),
];
const MIN = packageOf({
  '1.2.4': { at: '2026-01-01' },
  '1.2.5': { at: '2026-01-02' },
  '1.2.6': { at: '2026-01-03' },
  '1.2.8': { at: '2026-01-04' },
  '2.0.0': { at: '2026-01-05' },
  '2.0.1': { at: '2026-01-06' },
});

function project(declared: string, version = '1.2.5'): string {
  const dependencies = JSON.stringify({ min: declared });
  return `-- package.json --
{
  "name": "shop",
  "dependencies": ${dependencies}
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": ${dependencies} },
    "node_modules/min": { "version": "${version}" }
  }
}
`;
}

describe('a bad version of what the project declares itself', () => {
  const titleOf = async (declared: string, online = true) => {
    const registry = online ? { min: MIN } : undefined;
    const options = { advisories: ADVISORIES, ...(registry === undefined ? {} : { registry }) };
    const [remedy] = await remediesIn(project(declared), BAD, options);
    return remedy?.title;
  };

  test('takes the least better version of its range, else the next one', async () => {
    assert.equal(await titleOf('^1.2.0'), 'min → ^1.2.6');
    assert.equal(await titleOf('~1.2.5'), 'min → ~1.2.6');
    assert.equal(await titleOf('1.2.5'), 'min → 1.2.6');
    assert.equal(await titleOf('1.2.4 - 1.2.5'), 'min → ^1.2.6');
  });

  test('is only forgotten by the lockfile where the text cannot say it', async () => {
    for (const declared of ['*', '^1.0.0 || ^2.0.0', '>=1.0.0 <3', 'latest']) {
      assert.equal(await titleOf(declared), 'Copy "npm update min --ignore-scripts"', declared);
    }
    assert.equal(await titleOf('1.0.0 || 1.2.5'), 'min → ^1.2.6');
  });

  test('takes what advisories name as fixed where no registry is asked, and says so', async () => {
    assert.equal(await titleOf('^1.2.0', false), 'min → ^1.2.6 (not looked up in the registry)');
    const [remedy] = await remediesIn(project('^1.2.0'), BAD, { advisories: ADVISORIES });
    assert.deepEqual([remedy?.isListed, remedy?.coolDown], [false, 'unknown']);
  });

  test('is pinned where the newest version of its range is bad again', async () => {
    const again = [
      advisory('min', 'GHSA-mmmm-mmmm-mmm2', [
        ['1.0.0', '1.2.6'],
        ['1.2.8', '2.0.1'],
      ]),
    ];
    const [remedy] = await remediesIn(project('^1.2.0'), BAD, { advisories: again, registry: { min: MIN } });
    assert.equal(remedy?.title, 'min → 1.2.6');
    const [open] = await remediesIn(project('*'), BAD, {
      advisories: [advisory('min', 'GHSA-mmmm-mmmm-mmm2', [['1.0.0', '1.2.6'], ['2.0.1']])],
      registry: { min: MIN },
    });
    assert.equal(open?.title, 'min → ^1.2.6');
  });

  test('is marked where another major version is the next', async () => {
    const [remedy] = await remediesIn(project('^1.2.0'), BAD, {
      advisories: [advisory('min', 'GHSA-mmmm-mmmm-mmm3', [['0', '2.0.1']])],
      registry: { min: MIN },
    });
    assert.equal(remedy?.title, 'min → ^2.0.1 (major)');
    assert.equal(remedy.isMajor, true);
  });

  test('has no way out where no version is better, nor where it is not affected', async () => {
    const never = [advisory('min', 'GHSA-mmmm-mmmm-mmm4', [['0']])];
    assert.deepEqual(
      await remediesIn(project('^1.2.0'), BAD, { advisories: never, registry: { min: MIN } }),
      [],
    );
    const other = { name: 'min', version: '1.2.8' };
    const options = { advisories: ADVISORIES, registry: { min: MIN } };
    assert.deepEqual(await remediesIn(project('^1.2.0', '1.2.8'), other, options), []);
  });

  test('keeps the operator beside a record of lower rank that no version mends', async () => {
    const low = advisory('min', 'RETIREJS-min-1', [['0']]);
    const options = { advisories: [...ADVISORIES, low] };
    const [remedy] = await remediesIn(project('~1.2.5'), BAD, options);
    assert.equal(remedy?.title, 'min → ~1.2.6 (leaves RETIREJS-min-1; not looked up in the registry)');
  });

  test('leaves what no version mends, and names it', async () => {
    const [remedy] = await remediesIn(project('^1.2.0'), BAD, {
      advisories: [...ADVISORIES, advisory('min', 'GHSA-nnnn-nnnn-nnn2', [['0']])],
      registry: { min: MIN },
    });
    assert.equal(remedy?.title, 'min → ^1.2.6 (leaves GHSA-nnnn-nnnn-nnn2)');
    assert.deepEqual([remedy.clears, remedy.leaves], [['GHSA-mmmm-mmmm-mmm2'], ['GHSA-nnnn-nnnn-nnn2']]);
  });

  test('rather takes a version that is old enough, and says where there is none', async () => {
    const registry = {
      min: packageOf({
        '1.2.5': { at: '2026-01-01' },
        '1.2.6': { at: '2026-11-23' },
        '1.2.8': { at: '2026-02-01' },
      }),
    };
    const options = { advisories: ADVISORIES, registry };
    const [old] = await remediesIn(project('^1.2.0'), BAD, options);
    assert.equal(old?.title, 'min → ^1.2.8');
    const fresh = { min: packageOf({ '1.2.5': { at: '2026-01-01' }, '1.2.6': { at: '2026-11-23' } }) };
    const [young] = await remediesIn(project('^1.2.0'), BAD, { advisories: ADVISORIES, registry: fresh });
    assert.equal(
      young?.title,
      'min → ^1.2.6 (1.2.6 was published 36 h ago, and this project has a cooldown of 3 days)',
    );
    assert.equal(young.coolDown, 'waits');
  });

  test('passes over what is deprecated, needs another Node, is held back or a prerelease', async () => {
    const registry = {
      min: {
        ...packageOf({
          '1.2.5': {},
          '1.2.6': { at: '2026-01-02', more: { deprecated: 'broken' } },
          '1.2.7': { at: '2026-01-03', more: { engines: { node: '>=99' } } },
          '1.2.8-rc.1': { at: '2026-01-04' },
          '1.2.9': { at: '2026-01-05' },
          '1.3.0': { at: '2026-01-06' },
        }),
        'dist-tags': { latest: '1.2.9' },
      },
    };
    const source = project('^1.2.0').replace(
      '"name": "shop",',
      '"name": "shop", "engines": { "node": ">=22" },',
    );
    const [remedy] = await remediesIn(source, BAD, { advisories: ADVISORIES, registry });
    assert.equal(remedy?.title, 'min → ^1.2.9');
  });

  test('moves from one prerelease to the next', async () => {
    const registry = { min: packageOf({ '3.0.0-rc.1': {}, '3.0.0-rc.2': { at: '2026-01-02' } }) };
    const [remedy] = await remediesIn(
      project('3.0.0-rc.1', '3.0.0-rc.1'),
      { name: 'min', version: '3.0.0-rc.1' },
      {
        advisories: [advisory('min', 'GHSA-mmmm-mmmm-mmm5', [['3.0.0-rc.0', '3.0.0-rc.2']])],
        registry,
      },
    );
    assert.equal(remedy?.title, 'min → 3.0.0-rc.2');
  });
});

describe('malware that the project declares itself', () => {
  const titleOf = async (
    versions: readonly string[],
    bad: readonly string[],
    more: readonly object[] = [],
  ) => {
    const registry = {
      min: packageOf(Object.fromEntries(versions.map((each, at) => [each, { at: `2026-01-1${at}` }]))),
    };
    const advisories = [malware('min', 'MAL-2026-9', bad), ...more];
    const [remedy] = await remediesIn(project('^1.2.0'), BAD, { advisories, registry });
    return remedy?.title;
  };

  test('gives way to the nearest version that nothing is known against', async () => {
    assert.equal(await titleOf(['1.2.3', '1.2.4', '1.2.5', '1.2.8'], ['1.2.5']), 'min → ^1.2.8');
    assert.equal(await titleOf(['1.2.3', '1.2.4', '2.0.0'], ['1.2.5']), 'min → 1.2.4');
    assert.equal(await titleOf(['1.2.3', '1.2.4', '1.2.5', '1.2.6'], ['1.2.5', '1.2.6']), 'min → 1.2.4');
    assert.equal(await titleOf(['1.2.3', '1.2.4'], ['1.2.5', '1.2.4']), 'min → 1.2.3');
  });

  test('gives way to one that advisories affect only where there is no other', async () => {
    const affected = [advisory('min', 'GHSA-mmmm-mmmm-mmm6', [['1.2.4', '1.2.5']])];
    assert.equal(await titleOf(['1.2.3', '1.2.4'], ['1.2.5'], affected), 'min → 1.2.3');
    assert.equal(await titleOf(['1.2.4'], ['1.2.5'], affected), 'min → 1.2.4 (leaves GHSA-mmmm-mmmm-mmm6)');
  });
});

describe('edits where the value really lives', () => {
  test('keep comments, tabs and line ends', async () => {
    const lock = parseWorkspace(project('^1.2.0')).files.get('package-lock.json')!;
    const manifest =
      '{\r\n\t// ours\r\n\t"name": "shop",\r\n\t"dependencies": {\r\n\t\t"min" : "^1.2.0", // why\r\n\t},\r\n}\r\n';
    const files = new Map([
      ['package.json', manifest],
      ['package-lock.json', lock],
    ]);
    const source = [...files]
      .map(
        ([path, text]) => `-- ${path}${text.includes('\r') ? ' crlf' : ''} --\n${text.replaceAll('\r', '')}`,
      )
      .join('');
    const [remedy] = await remediesIn(source, BAD, { advisories: ADVISORIES, registry: { min: MIN } });
    const changed = changedBy(remedy!, files);
    assert.deepEqual([...changed.keys()], ['package.json']);
    assert.equal(changed.get('package.json'), manifest.replace('^1.2.0', '^1.2.6'));
  });

  test('are made in a catalog, once, and in every member that has a range of its own', async () => {
    const source = `-- package.json --
{ "name": "shop", "private": true, "dependencies": { "min": "catalog:" } }
-- pnpm-workspace.yaml --
packages: ['packages/*']
catalog:
  min: '^1.2.0' # all
-- packages/a/package.json --
{ "name": "a", "dependencies": { "min": "catalog:" } }
-- packages/b/package.json --
{ "name": "b", "devDependencies": { "small": "npm:min@~1.2.5" } }
-- packages/c/package.json --
{ "name": "c", "dependencies": { "min": "2.0.1" } }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

catalogs:
  default:
    min:
      specifier: ^1.2.0
      version: 1.2.5

importers:

  .:
    dependencies:
      min:
        specifier: 'catalog:'
        version: 1.2.5

  packages/a:
    dependencies:
      min:
        specifier: 'catalog:'
        version: 1.2.5

  packages/b:
    devDependencies:
      small:
        specifier: npm:min@~1.2.5
        version: min@1.2.5

  packages/c:
    dependencies:
      min:
        specifier: 2.0.1
        version: 2.0.1

packages:

  min@1.2.5:
    resolution: {integrity: sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==}

  min@2.0.1:
    resolution: {integrity: sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==}

snapshots:

  min@1.2.5: {}

  min@2.0.1: {}
`;
    const [remedy] = await remediesIn(source, BAD, { advisories: ADVISORIES, registry: { min: MIN } });
    assert.equal(remedy?.title, 'min → ^1.2.6 in pnpm-workspace.yaml and small → npm:min@~1.2.6');
    const changed = changedBy(remedy, parseWorkspace(source).files);
    assert.deepEqual([...changed.keys()].sort(), ['packages/b/package.json', 'pnpm-workspace.yaml']);
    assert.match(changed.get('pnpm-workspace.yaml')!, /^ {2}min: '\^1\.2\.6' # all$/m);
    assert.match(changed.get('packages/b/package.json')!, /"small": "npm:min@~1\.2\.6"/);
  });

  test('need no lockfile', async () => {
    const source = '-- package.json --\n{ "dependencies": { "min": "1.2.5", "other": "1.2.5" } }\n';
    const [remedy] = await remediesIn(source, BAD, { advisories: ADVISORIES, registry: { min: MIN } });
    assert.equal(remedy?.title, 'min → 1.2.6');
  });
});

test('fixes are edits that the author has to agree to, then the commands, each once', async () => {
  const fixes = await fixesIn(project('^1.2.0'), [BAD, BAD], {
    advisories: ADVISORIES,
    registry: { min: MIN },
  });
  assert.deepEqual(
    fixes.map(({ title, applicability, edits, command }) => [title, applicability, edits.length, command]),
    [
      ['Fix 1 vulnerability: min → ^1.2.6', 'unsafe', 1, 'npm install --package-lock-only --ignore-scripts'],
      [
        'Copy: npm install --package-lock-only --ignore-scripts',
        'display-only',
        0,
        'npm install --package-lock-only --ignore-scripts',
      ],
    ],
  );
});
