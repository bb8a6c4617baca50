import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCodeOwners } from '../../../../../server/src/core/read/project/code-owners.ts';
import { relativeUri } from '../../../../../server/src/core/read/text/paths/uri.ts';
import { reportPage } from '../../../../../server/src/core/show/report/html/report-page.ts';
import { ROOT } from '../../../../workspace.ts';
import { pageInputOf, rowsOf, sectionOf } from './page-of.ts';

const MEMBERS = `"": { "name": "root", "workspaces": ["apps/*"], "devDependencies": { "tool": "^1.0.0" } },
    "apps/web": { "name": "web", "dependencies": { "a": "^1.0.0", "left": "*" } },
    "apps/api": { "name": "api", "dependencies": { "a": "^1.0.0" } },
    "node_modules/web": { "resolved": "apps/web", "link": true },
    "node_modules/api": { "resolved": "apps/api", "link": true },
    "node_modules/tool": { "version": "1.0.0", "dev": true },
    "node_modules/left": { "version": "1.0.0" },
    "node_modules/a": { "version": "1.0.0", "dependencies": { "minimist": "^1.2.0" } },
    "node_modules/minimist": { "version": "1.2.5" }`;

/** web and api pull in a vulnerable package, and web declares an unbounded range. */
const WORKSPACE = `-- package.json --
{ "name": "root", "private": true, "packageManager": "npm@11.19.1", "workspaces": ["apps/*"], "devDependencies": { "tool": "^1.0.0" } }
-- apps/web/package.json --
{ "name": "web", "private": true, "dependencies": { "a": "^1.0.0", "left": "*" } }
-- apps/api/package.json --
{ "name": "api", "private": true, "dependencies": { "a": "^1.0.0" } }
-- package-lock.json --
{
  "name": "root",
  "lockfileVersion": 3,
  "packages": {
    ${MEMBERS}
  }
}
`;

const ADVISORY = {
  id: 'GHSA-xvch-5gv4-984h',
  summary: 'Prototype Pollution in minimist',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'minimist' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.6' }] }],
    },
  ],
  database_specific: { severity: 'CRITICAL', cwe_ids: ['CWE-78'] },
};

const input = await pageInputOf(WORKSPACE, { advisories: [ADVISORY] });

/** Returns the errors and warnings of each who acts, and the worst finding. */
function actors(page: string): readonly (readonly string[])[] {
  const caption =
    /<caption>([^<]*a finding may count for several)/.exec(sectionOf(page, 'owners'))?.[1] ?? '-';
  return rowsOf(page, caption).map(([who, errors, warnings, , worst]) => [
    who!,
    errors!,
    warnings!,
    worst!.slice(0, 14),
  ]);
}

describe('who acts', () => {
  test('are the members that pull in the package, or declare it', () => {
    const page = reportPage(input);
    const shown = actors(page).filter(([who]) => who !== 'root');
    assert.deepEqual(shown, [
      ['web', '1', '1', 'minimist 1.2.5'],
      ['api', '1', '0', 'minimist 1.2.5'],
    ]);
  });

  test('are the owners of their manifests, if there is a CODEOWNERS', () => {
    const { ownersOf } = readCodeOwners('/apps/ @apps\n/apps/api/ @api\n');
    const page = reportPage({ ...input, ownersOf: (uri) => ownersOf(relativeUri(ROOT, uri)) });
    const shown = actors(page).filter(([who]) => who !== 'no owner');
    assert.deepEqual(shown, [
      ['@apps', '1', '1', 'minimist 1.2.5'],
      ['@api', '1', '0', 'minimist 1.2.5'],
    ]);
    const place = rowsOf(page, 'All findings, worst first')[0]!.at(-1)!;
    assert.match(place, /package-lock\.json :\d+ @apps, @api production/);
  });
});
