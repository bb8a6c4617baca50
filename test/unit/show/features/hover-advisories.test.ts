import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AdvisorySourceState } from '../../../../server/src/core/know/advisory/advisories.ts';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { hoverMarkdown } from '../../../../server/src/core/show/features/hover/card-text.ts';
import { card, NOW } from './hover-harness.ts';
import { BUNDLED, type KnownAdvisory, knownAdvisories } from './known-advisories.ts';

const PENDING: Fact<Packument> = { state: 'pending' };
const HOUR = 3_600_000;

const MINIMIST: KnownAdvisory = {
  id: 'GHSA-xvch-5gv4-984h',
  aliases: ['CVE-2021-44906'],
  package: 'minimist',
  range: '<0.2.4 || >=1.0.0 <1.2.6',
  severity: 'critical',
  score: 9.8,
  cwes: ['CWE-1321'],
  title: 'prototype pollution',
  fixedIn: ['0.2.4', '1.2.6'],
};

const PROJECT = `-- package.json --
{
  "name": "shop",
  "dependencies": { "mkdirp": "^0.5.1", "nyc": "^15.0.0" }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "mkdirp": "^0.5.1", "nyc": "^15.0.0" } },
    "node_modules/mkdirp": { "version": "0.5.1", "dependencies": { "minimist": "0.0.8" } },
    "node_modules/minimist": { "version": "0.0.8" },
    "node_modules/nyc": { "version": "15.0.0", "dependencies": { "make-dir": "^3.0.0" } },
    "node_modules/make-dir": { "version": "3.0.0", "dependencies": { "mkdirp": "^0.5.1" } }
  }
}
`;

function source(state: Partial<AdvisorySourceState>): AdvisorySourceState {
  return { ...BUNDLED, ...state };
}

const REGISTRY = source({ source: 'registry', asOf: NOW - 3 * HOUR });

interface Asked {
  readonly path?: string;
  readonly project?: string;
  readonly known?: readonly KnownAdvisory[];
  readonly sources?: readonly AdvisorySourceState[];
}

/** Returns the lines of a card that are about advisories, or report that there are no findings. */
async function reported(
  needle: string,
  { project = PROJECT, path, known = [MINIMIST], sources }: Asked = {},
) {
  const advisories = knownAdvisories(known, sources);
  const found = await card(project, needle, PENDING, { advisories, ...(path === undefined ? {} : { path }) });
  const labels = /^(?:Advisories|Pulled in by|Pulls in|Known from|Findings) /;
  let isAbout = false;
  return found!.plain.split('\n').filter((line) => {
    if (/^\S/.test(line)) isAbout = labels.test(line);
    return isAbout;
  });
}

describe('advisories in the hover card', () => {
  test('of an entry: each with what it is worth, and what brings the package', async () => {
    assert.deepEqual(
      await reported('"node_modules/minimist"', { path: 'package-lock.json', sources: [BUNDLED, REGISTRY] }),
      [
        'Advisories    GHSA-xvch-5gv4-984h critical (9.8) · prototype pollution · affects <0.2.4 || >=1.0.0 <1.2.6 · fixed in 0.2.4',
        'Pulled in by  mkdirp 0.5.1 → minimist 0.0.8',
        '              nyc 15.0.0 → make-dir 3.0.0 → mkdirp 0.5.1 → minimist 0.0.8',
        'Findings      none known so far',
        'Known from    checked 3 h ago (bundled data of 20 Nov 2026 + the public npm registry)',
      ],
    );
  });

  test('of a dependency: what it brings, with the way to it', async () => {
    assert.deepEqual(await reported('"nyc": "^15.0.0" }\n}'), [
      'Pulls in     minimist 0.0.8: GHSA-xvch-5gv4-984h critical (9.8) · prototype pollution · affects <0.2.4 || >=1.0.0 <1.2.6 · fixed in 0.2.4 · nyc 15.0.0 → make-dir 3.0.0 → mkdirp 0.5.1 → minimist 0.0.8',
      'Pulls in     3 packages, depth 3, 1 with known vulnerabilities',
      'Findings     none known so far',
      'Advisories   none known for 15.0.0 · by bundled data of 20 Nov 2026 (4 days ago)',
    ]);
  });

  test('of a catalog and an override', async () => {
    const catalog = `-- package.json --
{ "dependencies": { "minimist": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  minimist: 0.0.8
overrides:
  "minimist@1": 1.2.5
`;
    for (const [needle, version] of [
      ['minimist: 0.0.8', '0.2.4'],
      ['"minimist@1"', '1.2.6'],
    ] as const) {
      const [first] = await reported(needle, { project: catalog, path: 'pnpm-workspace.yaml' });
      assert.match(first!, new RegExp(`^Advisories +GHSA-xvch-5gv4-984h .* · fixed in ${version}$`));
    }
  });

  test('an end that the source lost: neither affected nor clean', async () => {
    const known = [{ ...MINIMIST, range: '>=0.0.0', isUnbounded: true, fixedIn: [] }];
    assert.deepEqual(await reported('"node_modules/minimist"', { path: 'package-lock.json', known }), [
      'Advisories   GHSA-xvch-5gv4-984h may or may not affect 0.0.8, as its source lost the end of >=0.0.0',
      'Findings     none known so far',
      'Known from   by bundled data of 20 Nov 2026 (4 days ago)',
    ]);
  });

  test('a source that has not answered is named, and nothing counts as clean', async () => {
    const at = async (sources: readonly AdvisorySourceState[]) =>
      (await reported('"mkdirp"', { known: [], sources })).slice(-2);
    const failed = source({
      source: 'registry',
      state: 'failed',
      detail: 'the registry answered with status 500',
    });
    assert.deepEqual(await at([BUNDLED, failed]), [
      'Findings     none known so far',
      'Advisories   none known for 0.5.1 · by bundled data of 20 Nov 2026 (4 days ago) · not checked: the public npm registry: the registry answered with status 500',
    ]);
    assert.deepEqual(await at([source({ state: 'missing' }), source({ source: 'osv', state: 'pending' })]), [
      'Findings     none known so far',
      'Advisories   not checked: OSV has not answered yet',
    ]);
    assert.deepEqual(await at([]), [
      'Findings     none known so far',
      'Advisories   not checked: no advisory data on this machine',
    ]);
  });

  test('public advisories do not apply to a private package of the name', async () => {
    const project = `${PROJECT}-- dependency-hygiene.json --\n{ "internalNames": ["minimist"] }\n`;
    const ask = (sources: readonly AdvisorySourceState[], from: 'bundled' | 'registry') =>
      reported('"node_modules/minimist"', {
        ...{ path: 'package-lock.json', project, sources, known: [{ ...MINIMIST, source: from }] },
      });
    assert.deepEqual(
      (await ask([BUNDLED], 'bundled')).at(-1),
      'Advisories   not checked: public advisories do not apply to a private package',
    );
    assert.match((await ask([BUNDLED, REGISTRY], 'registry'))[0]!, /^Advisories +GHSA-xvch/);
  });

  test('ids lead to their pages where there are such; what a source writes stays text', async () => {
    const known = [
      MINIMIST,
      { ...MINIMIST, id: 'MAL-2025-1', isMalware: true, range: '*' },
      { ...MINIMIST, id: '[x](command:evil)', cwes: [], title: 'a\n# b [c](https://d.example.test)\u202e' },
    ];
    const found = await card(PROJECT, '"node_modules/minimist"', PENDING, {
      ...{ path: 'package-lock.json', advisories: knownAdvisories(known) },
    });
    const lines = hoverMarkdown(found!.card).split('  \n');
    assert.match(
      lines.find((line) => line.includes('MAL-'))!,
      /\[MAL-2025-1\]\(<https:\/\/osv\.dev\/vulnerability\/MAL-2025-1>\) malware · affects every version/,
    );
    assert.match(
      lines.find((line) => line.includes('GHSA-'))!,
      /^– \[GHSA-xvch-5gv4-984h\]\(<https:\/\/github\.com\/advisories\/GHSA-xvch-5gv4-984h>\) critical/,
    );
    assert.match(
      lines.find((line) => line.includes('evil'))!,
      /^– \\\[x\\\]\(command:evil\) critical \(9\.8\) · a.*\\# b \\\[c\\\]\(https\\:/,
    );
  });
});
