import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, type OpenWorkspace, openWorkspace, parseWorkspace } from '../../../workspace.ts';
import { advisory, changedBy, malware, packageOf } from './remedy-harness.ts';

const SHOP = `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "mkdirp": "^0.5.1"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "mkdirp": "^0.5.1" } },
    "node_modules/mkdirp": { "version": "0.5.1", "dependencies": { "minimist": "0.0.8" } },
    "node_modules/minimist": { "version": "0.0.8" }
  }
}
`;
const ADVISORIES = [
  advisory('minimist', 'GHSA-mmmm-mmmm-mmm2', [
    ['0', '0.2.4'],
    ['1.0.0', '1.2.6'],
  ]),
];
const REGISTRY = {
  mkdirp: packageOf({
    '0.5.1': { dependencies: { minimist: '0.0.8' } },
    '0.5.5': { at: '2026-01-02', dependencies: { minimist: '1.2.5' } },
    '0.5.6': { at: '2026-01-03', dependencies: { minimist: '^1.2.6' } },
    '1.0.4': { at: '2026-01-04' },
  }),
  minimist: packageOf({
    '0.0.8': {},
    '0.2.4': { at: '2026-01-02' },
    '1.2.5': { at: '2026-01-03' },
    '1.2.8': { at: '2026-01-04' },
  }),
};

function titlesIn(workspace: OpenWorkspace, rule: string): Record<string, readonly string[]> {
  return Object.fromEntries(
    workspace
      .findings(rule)
      .map((finding) => [
        finding.uri.slice(finding.uri.lastIndexOf('/') + 1),
        finding.fixes().map(({ title }) => title),
      ]),
  );
}

describe('findings about advisories', () => {
  test('offer what the registry knows, which their check has asked for, at the lockfile entry', async () => {
    const workspace = await openWorkspace(SHOP, { advisories: ADVISORIES, registry: REGISTRY });
    const fixes = [
      'Fix 1 vulnerability: mkdirp → ^0.5.6, which pulls in minimist 1.2.8',
      'Copy: npm install --package-lock-only --ignore-scripts',
    ];
    assert.deepEqual(titlesIn(workspace, 'vulnerable-dependency'), {
      'package-lock.json': fixes,
    });
  });

  test('offer an override where no registry may be asked, and say that it was not', async () => {
    const workspace = await openWorkspace(SHOP, { advisories: ADVISORIES });
    const [fix] = workspace.findings('vulnerable-dependency')[0]!.fixes();
    const files = parseWorkspace(SHOP).files;
    assert.equal(
      fix?.title,
      'Fix 1 vulnerability: override minimist with ^0.2.4 in "overrides" (major; not looked up in the registry)',
    );
    assert.deepEqual(JSON.parse(changedBy(fix, files).get('package.json')!).overrides, {
      minimist: '^0.2.4',
    });
  });

  test('about malware are gone from the manifest once its range is left behind', async () => {
    const source = SHOP.replaceAll('"^0.5.1"', '"^0.5.5"').replace(
      '"version": "0.5.1"',
      '"version": "0.5.5"',
    );
    const advisories = [malware('mkdirp', 'MAL-2026-9', ['0.5.5'])];
    const after = await fixOf(source, 'malicious-version', /^Replace the malware .*: mkdirp → \^0\.5\.6$/, {
      advisories,
      registry: REGISTRY,
    });
    assert.match(after, /"mkdirp": "\^0\.5\.6"/);
  });
});
