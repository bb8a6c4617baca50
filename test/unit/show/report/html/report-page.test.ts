import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { jsonOf } from '../../../../../server/src/core/show/report/check/json.ts';
import { worstFirst } from '../../../../../server/src/core/show/report/check/rank-findings.ts';
import { reportPage } from '../../../../../server/src/core/show/report/html/report-page.ts';
import { pageInputOf, pageOf, rowsOf, sectionOf, textIn } from './page-of.ts';

const LOCKED = `    "node_modules/a": { "version": "1.0.0", "license": "MIT", "dependencies": { "b": "^1.0.0" } },
    "node_modules/b": { "version": "1.0.0", "license": "MIT", "dependencies": { "minimist": "^1.2.0" } },
    "node_modules/minimist": { "version": "1.2.5", "license": "ISC", "hasInstallScript": true },
    "node_modules/tool": { "version": "2.0.0", "dev": true }`;

/** minimist is vulnerable, pulled in by b, which a pulls in. */
const SHOP = `-- package.json --
{
  "name": "shop",
  "packageManager": "npm@11.19.1",
  "dependencies": { "a": "^1.0.0" },
  "devDependencies": { "tool": "*" }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0" }, "devDependencies": { "tool": "*" } },
${LOCKED}
  }
}
`;

const ADVISORY = {
  id: 'GHSA-xvch-5gv4-984h',
  aliases: ['CVE-2021-44906'],
  summary: 'Prototype Pollution in minimist',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'minimist' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.6' }] }],
    },
  ],
  database_specific: { severity: 'CRITICAL', cwe_ids: ['CWE-78'] },
};

describe('reportPage', () => {
  test('lists the findings of the JSON report, worst first, with the same counts', async () => {
    const input = await pageInputOf(SHOP, { advisories: [ADVISORY] });
    const page = reportPage(input);
    const json = jsonOf(input.report, input.ending);
    const rows = rowsOf(page, 'All findings, worst first');
    assert.equal(rows.length, json.findings.length);
    const ranked = worstFirst(input.report.findings).map(({ finding }) => finding);
    rows.forEach(([index, severity, text, place], at) => {
      const { message, rule, uri } = ranked[at]!;
      assert.equal(index, String(at + 1));
      assert.equal(severity, ranked[at]!.severity);
      assert.ok(text!.replaceAll(' ', '').includes(message.replaceAll(' ', '')), text);
      assert.ok(text!.includes(rule));
      assert.ok(place!.startsWith(uri.split('/').at(-1)!));
    });
    const { errors, warnings, information, hints } = json.summary;
    const totals = rowsOf(page, 'Findings by severity and use').map((cells) => Number(cells.at(-1)));
    assert.deepEqual(totals, [errors, warnings, information, hints]);
    assert.ok(errors > 0 && warnings > 0);
    assert.match(textIn(sectionOf(page, 'summary')), new RegExp(`Failed ${errors} errors? `));
  });

  test('draws the dependency path, and shows how much direct dependencies pull in', async () => {
    const page = await pageOf(SHOP, { advisories: [ADVISORY] });
    const findings = sectionOf(page, 'findings');
    assert.match(findings, /aria-label="Dependency path: a 1\.0\.0 → b 1\.0\.0 → minimist 1\.2\.5"/);
    const picture = /<svg class="paths".*?<\/svg>/s.exec(findings)![0];
    const boxes = Array.from(picture.matchAll(/<title>(.*?)<\/title>/g), ([, title]) => title);
    assert.deepEqual(boxes.sort(), ['a 1.0.0', 'b 1.0.0', 'minimist 1.2.5', 'shop project root']);
    assert.match(
      findings,
      /href="https:\/\/github\.com\/advisories\/GHSA-xvch-5gv4-984h" rel="noopener noreferrer"/,
    );
    const [first, second] = rowsOf(page, 'Direct dependencies, those with the worst findings first');
    assert.deepEqual(first!.slice(0, 4), ['a 1.0.0', '2', '2', '1']);
    assert.deepEqual([first![4], first![7]], ['1', 'production']);
    assert.deepEqual(
      [second![0], second![1], second![4], second![5], second![7]],
      ['tool 2.0.0', '0', '0', '1', 'development'],
    );
    assert.match(page, /<g class="error"><title>a 1\.0\.0: 3 packages, 1 error/);
    assert.match(page, /<g class="warning"><title>tool 2\.0\.0: 1 package, 1 warning/);
  });

  test('shows what to do first: a step for each fix, that of the worst finding first', async () => {
    const page = await pageOf(SHOP, { advisories: [ADVISORY] });
    const [first] = rowsOf(page, 'Steps, those against the worst findings first');
    assert.equal(first![1], 'error');
    assert.match(first![2]!, /npm update minimist/);
    assert.match(first![3]!, /^minimist 1\.2\.5 has a critical vulnerability/);
    const clean = await pageOf('-- package.json --\n{ "name": "shop", "packageManager": "npm@11.19.1" }\n');
    assert.match(textIn(sectionOf(clean, 'first')), /No errors and no warnings: nothing is urgent\.$/);
    assert.equal(textIn(sectionOf(clean, 'findings')), 'Findings No findings.');
  });

  test('shows licenses and install scripts as far as they are recorded, and says what is unknown', async () => {
    const page = await pageOf(SHOP);
    assert.deepEqual(rowsOf(page, 'Licenses as the packages state them, the most frequent first'), [
      ['MIT', '2', 'a 1.0.0, b 1.0.0'],
      ['ISC', '1', 'minimist 1.2.5'],
    ]);
    assert.match(
      textIn(sectionOf(page, 'licenses')),
      /Unknown for 1 package version \(tool 2\.0\.0\): neither the lockfile nor an installed package states them\./,
    );
    const [script] = rowsOf(
      page,
      'Locked packages that run code when they are installed, unreviewed ones first',
    );
    assert.deepEqual(script!.slice(0, 2), ['minimist 1.2.5', 'unreviewed']);
    assert.match(
      textIn(sectionOf(page, 'releases')),
      /Unknown for a 1\.0\.0 and tool 2\.0\.0: no registry was asked; use --trust\./,
    );
  });

  test('counts packages with unknown scripts as the gaps do, apart from those with a decision', async () => {
    const page = await pageOf(`-- package.json --
{
  "packageManager": "pnpm@10.20.0",
  "dependencies": { "a": "1.0.0", "b": "1.0.0", "c": "1.0.0" },
  "pnpm": { "onlyBuiltDependencies": ["a"] }
}
-- pnpm-lock.yaml --
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a: { specifier: 1.0.0, version: 1.0.0 }
      b: { specifier: 1.0.0, version: 1.0.0 }
      c: { specifier: 1.0.0, version: 1.0.0 }
packages:
  a@1.0.0: { resolution: { integrity: sha512-AAAA } }
  b@1.0.0: { resolution: { integrity: sha512-AAAA } }
  c@1.0.0: { resolution: { integrity: sha512-AAAA } }
snapshots:
  a@1.0.0: {}
  b@1.0.0: {}
  c@1.0.0: {}
`);
    assert.match(
      textIn(sectionOf(page, 'scripts')),
      /Unknown for 3 packages, .*: a, b, c\. Of these, 1 package has a decision, and is not listed/,
    );
    assert.match(textIn(sectionOf(page, 'gaps')), /install scripts of 2 packages/);
  });

  test('shows ages and publishers that the registry told', async () => {
    const version = (publisher: string) => ({ version: '1.0.0', _npmUser: { name: publisher }, dist: {} });
    const page = await pageOf(SHOP, {
      registry: {
        a: {
          'dist-tags': { latest: '1.1.0' },
          versions: { '1.0.0': version('ana'), '1.1.0': { ...version('bo'), version: '1.1.0' } },
          time: { '1.0.0': '2024-11-20T00:00:00Z', '1.1.0': '2026-11-01T00:00:00Z' },
        },
      },
    });
    assert.deepEqual(rowsOf(page, 'Locked versions of direct dependencies, the latest releases first'), [
      ['a 1.0.0', '20 Nov 2024', '2 years ago', 'ana', '1.1.0, 1 Nov 2026', 'production'],
    ]);
    assert.match(textIn(sectionOf(page, 'releases')), /Unknown for tool 2\.0\.0: /);
  });

  test('names everything that was not checked, and no partial check passes', async () => {
    const page = await pageOf(
      `${SHOP.slice(0, SHOP.indexOf('-- package-lock'))}-- package-lock.json --\n<<<<<<< a\n`,
    );
    assert.match(
      textIn(sectionOf(page, 'summary')),
      /Failed .*Exit code 2 \(a file was not read completely\)/,
    );
    const gaps = rowsOf(page, 'Not checked, or only in part').map(([what]) => what);
    assert.ok(gaps.includes('package-lock.json'));
    assert.ok(
      gaps.some((what) => what!.includes('rules for a')),
      gaps.join(),
    );
  });

  test('loads nothing, and permits its own style and script alone', async () => {
    const page = await pageOf(SHOP, { advisories: [ADVISORY] });
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
    const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const style = /<style>(.*?)<\/style>/s.exec(page)![1]!;
    const script = /<script>(.*?)<\/script>/s.exec(page)![1]!;
    assert.equal(
      policy,
      `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`,
    );
    assert.doesNotMatch(page, /\s(?:src|style|on\w+|srcset|data|action|poster)=/);
    assert.doesNotMatch(page, /<(?:link|img|iframe|object|embed|base|form|video|audio)\b/);
    assert.doesNotMatch(style, /@import|url\((?!#)/);
  });

  test('is the same for the same input, and takes no text for HTML', async () => {
    const hostile = '</script><script>alert(1)</script>\u202e"\'&<b>';
    const name = JSON.stringify(`a${hostile}`);
    const source = SHOP.replaceAll('"a"', name).replace(
      'node_modules/a"',
      `node_modules/a${JSON.stringify(hostile).slice(1)}`,
    );
    const page = await pageOf(source, { advisories: [ADVISORY] });
    assert.equal(page, await pageOf(source, { advisories: [ADVISORY] }));
    assert.equal(page.split('<script').length, 2);
    assert.equal(page.split('</script').length, 2);
    assert.doesNotMatch(page, /<b>|\u202e/);
    assert.ok(page.includes('a&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;U+202E&gt;'));
  });
});
