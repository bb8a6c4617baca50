import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type CapabilityRecord,
  RECORD_VERSION,
} from '../../../../../server/src/core/know/capabilities/record.ts';
import { reportPage } from '../../../../../server/src/core/show/report/html/report-page.ts';
import { pageInputOf, rowsOf, sectionOf, textIn } from './page-of.ts';

const SHOP = `-- package.json --
{ "name": "shop", "dependencies": { "a": "1.0.0", "b": "1.0.0", "c": "1.0.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "a": "1.0.0", "b": "1.0.0", "c": "1.0.0" } },
    "node_modules/a": { "version": "1.0.0" },
    "node_modules/b": { "version": "1.0.0" },
    "node_modules/c": { "version": "1.0.0" }
  }
}
`;

const EMPTY: CapabilityRecord = {
  ...{ version: RECORD_VERSION, entries: [], signs: [], score: 0, isSuspicious: false },
  ...{ files: 1, parsed: 1, gaps: [] },
};

/** Returns the page of the project, with records of some of its packages. */
async function pageWith(records: Readonly<Record<string, CapabilityRecord>>): Promise<string> {
  const input = await pageInputOf(SHOP);
  const projects = input.projects.map((project) => ({
    ...project,
    codes: new Map(
      project.graph!.packages.flatMap(({ entry }) => {
        const record = records[entry.name];
        return record === undefined ? [] : [[entry, record] as const];
      }),
    ),
  }));
  return reportPage({ ...input, projects });
}

const CAPTION = 'What the code of packages can do by its syntax, suspicious ones first';

describe('what packages can do', () => {
  test('lists suspicious packages first, and names those that were not looked at', async () => {
    const at = { file: 'index.js', line: 1 };
    const page = await pageWith({
      a: { ...EMPTY, entries: [{ capability: 'network', detail: 'requests', ...at }] },
      b: {
        ...EMPTY,
        entries: [
          { capability: 'network', detail: 'requests', ...at },
          { capability: 'environment', detail: 'all', ...at },
        ],
        signs: [{ sign: 'sends-environment', ...at }],
        ...{ score: 6, isSuspicious: true, gaps: [{ file: '<b>.js', reason: 'it is too large' }] },
      },
    });
    assert.deepEqual(rowsOf(page, CAPTION), [
      ['b 1.0.0', 'network, environment 1 file not read.', 'sends the environment', 'Suspicious: 6 points'],
      ['a 1.0.0', 'network', '', 'not suspicious'],
    ]);
    assert.match(
      textIn(sectionOf(page, 'capabilities')),
      /Not looked at: the code of 1 package version \(c 1\.0\.0\)/,
    );
  });

  test('counts packages that can do none of it, and never shows what is unknown as clean', async () => {
    const some = textIn(sectionOf(await pageWith({ a: EMPTY, b: EMPTY }), 'capabilities'));
    assert.match(some, /2 package versions of 2 that were read can do none of what is looked for/);
    assert.match(some, /Not looked at: the code of 1 package version/);
    const none = textIn(sectionOf(await pageWith({}), 'capabilities'));
    assert.match(none, /Not looked at: the code of 3 package versions \(a 1\.0\.0, b 1\.0\.0, c 1\.0\.0\)/);
    assert.doesNotMatch(none, /can do none/);
  });
});
