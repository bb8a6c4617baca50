import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';
import { lockOf, manifestOf } from './releases.ts';
import { LODASH, RULE } from './vulnerable-workspaces.ts';

describe('vulnerable-dependency: where the value lives', () => {
  test('a catalog', async () => {
    await expectMarks(
      `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  lodash: 4.17.20
          ^^^^^^^ vulnerable-dependency: lodash 4.17.20 has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21. Update it.
`,
      { advisories: [LODASH] },
    );
  });

  test('an override, and not the dependency that it decides for', async () => {
    await expectMarks(
      `-- package.json --
{
  "name": "shop",
  "private": true,
  "workspaces": ["packages/*"],
  "dependencies": { "lodash": "^4.17.0", "a": "1.0.0" },
  "resolutions": {
    "lodash": "4.17.20"
              ^^^^^^^^^ vulnerable-dependency: lodash 4.17.20, set by this override, has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21. Set that version.
  }
}
-- yarn.lock --
# yarn lockfile v1


a@1.0.0:
  version "1.0.0"

lodash@^4.17.0, lodash@4.17.20:
  version "4.17.20"
`,
      { advisories: [LODASH] },
    );
  });
});

describe('vulnerable-dependency: fixes', () => {
  test('a declared version is moved to the fixed one, with what stands around it', async () => {
    const options = { advisories: [LODASH] };
    const source = (value: string) => `-- package.json crlf --
{
\t"name": "shop",
\t// kept
\t"dependencies": { "a": "1.0.0",   "lodash": "${value}" } /* kept */
}
`;
    const title = /^Fix \d+ vulnerabilit(?:y|ies): lodash → 4\.17\.21/;
    assert.equal(await fixOf(source('4.17.20'), RULE, title, options), source('4.17.21'));
    const locked = manifestOf('    "lodash": "^4.17.20"') + lockOf('lodash', '^4.17.20', '4.17.20');
    const titles = (await openWorkspace(locked, options))
      .findings(RULE)
      .flatMap((finding) => finding.fixes().map((fix) => fix.title));
    assert.ok(titles.length > 0, 'ways out are offered');
  });

  test('a catalog and an override are changed where they stand', async () => {
    const catalog = `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  lodash: '4.17.20' # kept
`;
    assert.match(
      await fixOf(catalog, RULE, /4\.17\.21/, { advisories: [LODASH] }),
      /\n {2}lodash: '4\.17\.21' # kept\n/,
    );
  });
});
