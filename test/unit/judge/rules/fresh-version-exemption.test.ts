import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace } from '../../../workspace.ts';
import { documentOf } from './releases.ts';

const RULE = 'fresh-version';
const fresh = documentOf({ '1.0.0': { at: '2026-01-10' }, '1.0.1': { at: '2026-11-24T07:00:00.000Z' } });
const registry = { vite: fresh, '@s/kit': fresh };

const manifestOf = (manager: string) => `-- package.json --
{ "packageManager": "${manager}", "dependencies": { "vite": "1.0.1", "@s/kit": "1.0.1" } }
`;

/** Returns the files of the workspace after the fix, without the manifest. */
async function exempted(manager: string, files: string, title: RegExp): Promise<string> {
  const source = manifestOf(manager) + files;
  const after = await fixOf(source, RULE, title, { registry });
  assert.ok(after.startsWith(manifestOf(manager)), 'the manifest is kept');
  return after.slice(manifestOf(manager).length);
}

async function titles(manager: string, files: string, userNpmrc?: string): Promise<readonly string[]> {
  const options = { registry, ...(userNpmrc === undefined ? {} : { userNpmrc }) };
  const { findings, snapshot } = await openWorkspace(manifestOf(manager) + files, options);
  const found = findings(RULE);
  assert.notEqual(found.length, 0);
  return found.flatMap((finding) => snapshot.fixesOf(finding).map(({ title }) => title));
}

describe('a fix of fresh-version lets one version through', () => {
  const cases: readonly (readonly [manager: string, before: string, title: RegExp, after: string])[] = [
    [
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml --\npackages: [a]\nminimumReleaseAge: 4320 # three days\nverifyStoreIntegrity: true\n',
      /^Add vite@1\.0\.1 to minimumReleaseAgeExclude in pnpm-workspace\.yaml$/,
      '-- pnpm-workspace.yaml --\npackages: [a]\nminimumReleaseAge: 4320 # three days\nminimumReleaseAgeExclude:\n  - vite@1.0.1\nverifyStoreIntegrity: true\n',
    ],
    [
      'pnpm@11.2.0',
      "-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude:\n    - '@acme/*' # ours\n    # more to come\npackages: [a]\n",
      /^Add @s\/kit@1\.0\.1 to /,
      "-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude:\n    - '@acme/*' # ours\n    - '@s/kit@1.0.1'\n    # more to come\npackages: [a]\n",
    ],
    [
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude:\n- vite@0.9.0\n- left-pad\n',
      /^Add vite@1\.0\.1 to /,
      '-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude:\n- vite@0.9.0 || 1.0.1\n- left-pad\n',
    ],
    [
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml crlf --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude: ["left-pad", ]\n',
      /^Add vite@1\.0\.1 to /,
      '-- pnpm-workspace.yaml crlf --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude: ["left-pad", "vite@1.0.1", ]\n',
    ],
    [
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude: # none\npackages: [a]\n',
      /^Add @s\/kit@1\.0\.1 to /,
      '-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude: # none\n  - "@s/kit@1.0.1"\npackages: [a]\n',
    ],
    [
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml --\npackages: [a]\n',
      /^Add vite@1\.0\.1 to minimumReleaseAgeExclude in pnpm-workspace\.yaml$/,
      '-- pnpm-workspace.yaml --\npackages: [a]\n\nminimumReleaseAgeExclude:\n  - vite@1.0.1\n',
    ],
    [
      'pnpm@10.16.0',
      '-- .npmrc --\nminimum-release-age=4320\n',
      /^Add vite@1\.0\.1 to minimumReleaseAgeExclude in pnpm-workspace\.yaml$/,
      '-- .npmrc --\nminimum-release-age=4320\n-- pnpm-workspace.yaml --\nminimumReleaseAgeExclude:\n  - vite@1.0.1\n',
    ],
    [
      'yarn@4.18.1',
      '-- .yarnrc.yml --\nnodeLinker: node-modules\n\nnpmMinimalAgeGate: 3d\n\nenableScripts: false\n',
      /^Add @s\/kit@1\.0\.1 to npmPreapprovedPackages in \.yarnrc\.yml$/,
      '-- .yarnrc.yml --\nnodeLinker: node-modules\n\nnpmMinimalAgeGate: 3d\nnpmPreapprovedPackages:\n  - "@s/kit@1.0.1"\n\nenableScripts: false\n',
    ],
    [
      'yarn@4.18.1',
      '',
      /^Add vite@1\.0\.1 to npmPreapprovedPackages in \.yarnrc\.yml$/,
      '-- .yarnrc.yml --\nnpmPreapprovedPackages:\n  - vite@1.0.1\n',
    ],
    [
      'bun@1.4.5',
      '-- bunfig.toml --\n[install]\n  minimumReleaseAge = 259200 # three days\n  exact = true\n',
      /^Add vite@1\.0\.1 to minimumReleaseAgeExcludes in bunfig\.toml$/,
      '-- bunfig.toml --\n[install]\n  minimumReleaseAge = 259200 # three days\n  minimumReleaseAgeExcludes = ["vite@1.0.1"]\n  exact = true\n',
    ],
    [
      'bun@1.4.5',
      "-- bunfig.toml --\n[install]\nminimumReleaseAge = 259200\nminimumReleaseAgeExcludes = [\n  'left-pad', # ours\n]\n",
      /^Add vite@1\.0\.1 to /,
      "-- bunfig.toml --\n[install]\nminimumReleaseAge = 259200\nminimumReleaseAgeExcludes = [\n  'left-pad', # ours\n  'vite@1.0.1',\n]\n",
    ],
    [
      'bun@1.4.5',
      '-- bunfig.toml --\n[install]\nminimumReleaseAge = 259200\nminimumReleaseAgeExcludes = []\n',
      /^Add vite@1\.0\.1 to /,
      '-- bunfig.toml --\n[install]\nminimumReleaseAge = 259200\nminimumReleaseAgeExcludes = ["vite@1.0.1"]\n',
    ],
    [
      'npm@11.21.0',
      '-- .npmrc --\nmin-release-age=3\n//npm.example.test/:_authToken=x\n',
      /^Add vite to min-release-age-exclude in \.npmrc$/,
      '-- .npmrc --\nmin-release-age=3\n; vite 1.0.1 is old enough after 2026-11-27\nmin-release-age-exclude[]=vite\n//npm.example.test/:_authToken=x\n',
    ],
    [
      'npm@12.2.0',
      '-- .npmrc --\nmin-release-age-exclude[]=@acme/*\nmin-release-age=3\n',
      /^Add @s\/kit to min-release-age-exclude in \.npmrc$/,
      '-- .npmrc --\nmin-release-age-exclude[]=@acme/*\n; @s/kit 1.0.1 is old enough after 2026-11-27\nmin-release-age-exclude[]=@s/kit\nmin-release-age=3\n',
    ],
  ];
  for (const [manager, before, title, after] of cases) {
    test(`${manager}: ${before.replaceAll('\n', ' ')}`, async () => {
      assert.equal(await exempted(manager, before, title), after);
    });
  }

  test('it is never the preferred one, and comes behind an older version', async () => {
    const files = '-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\n';
    const { findings, snapshot } = await openWorkspace(manifestOf('pnpm@11.2.0') + files, { registry });
    const fixes = snapshot.fixesOf(findings(RULE)[0]!);
    assert.deepEqual(
      fixes.slice(0, 2).map(({ title, applicability }) => [title, applicability]),
      [
        ['Replace with "vite": "1.0.0"', 'unsafe'],
        ['Add vite@1.0.1 to minimumReleaseAgeExclude in pnpm-workspace.yaml', 'unsafe'],
      ],
    );
  });

  const none: readonly (readonly [why: string, manager: string, files: string, userNpmrc?: string])[] = [
    ['nothing of the package manager says it', 'npm@11.21.0', ''],
    ['the policy says it', 'pnpm@11.2.0', policyOf(5)],
    ['npm does not know exemptions yet', 'npm@11.12.0', '-- .npmrc --\nmin-release-age=3\n'],
    ["the user's own file says it", 'npm@11.21.0', '-- .npmrc --\nsave=true\n', 'min-release-age=3\n'],
    [
      "the list is the user's, which one in the project would hide",
      'npm@11.21.0',
      '-- .npmrc --\nmin-release-age=3\n',
      'min-release-age-exclude[]=left-pad\n',
    ],
    [
      'the list is another one by its alias',
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml --\nx: &x [left-pad]\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude: *x\n',
    ],
    ['the file is one map', 'pnpm@11.2.0', '-- pnpm-workspace.yaml --\n{ minimumReleaseAge: 4320 }\n'],
    [
      'the list is no list',
      'pnpm@11.2.0',
      '-- pnpm-workspace.yaml --\nminimumReleaseAge: 4320\nminimumReleaseAgeExclude: left-pad\n',
    ],
    [
      'the table is within a line',
      'bun@1.4.5',
      '-- bunfig.toml --\ninstall = { minimumReleaseAge = 259200 }\n',
    ],
    ['the key is dotted', 'bun@1.4.5', '-- bunfig.toml --\ninstall.minimumReleaseAge = 259200\n'],
  ];
  for (const [why, manager, files, userNpmrc] of none) {
    test(`none where ${why}`, async () => {
      const offered = await titles(manager, files, userNpmrc);
      assert.deepEqual(
        offered.filter((title) => title.startsWith('Add ')),
        [],
      );
    });
  }
});

function policyOf(days: number): string {
  return `-- dependency-hygiene.json --\n{ "rules": { "fresh-version": ["warning", { "days": ${days} }] } }\n`;
}
