import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fact } from '../../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../../server/src/core/know/registry/documents/packument.ts';
import {
  type Choice,
  describeChoice,
} from '../../../../../server/src/core/show/features/completion/describe-choice.ts';
import {
  hoverMarkdown,
  hoverPlainText,
} from '../../../../../server/src/core/show/features/hover/card-text.ts';
import { openWorkspace } from '../../../../workspace.ts';
import { samplePackument } from '../../../know/registry/sample-packument.ts';
import { NOW, ready } from '../hover-harness.ts';
import { type KnownAdvisory, knownAdvisories } from '../known-advisories.ts';

const PROJECT = `-- package.json --
{ "name": "shop", "dependencies": { "lodahs": "^1.0.0" } }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "lodahs": "^1.0.0" } },
    "node_modules/lodahs": { "version": "1.0.0" }
  }
}
`;

const REPORTED: KnownAdvisory = {
  ...{ id: 'GHSA-xvch-5gv4-984h', aliases: [], package: 'left-pad', range: '<1.2.0' },
  ...{
    severity: 'critical',
    score: 9.8,
    cwes: ['CWE-1321'],
    title: 'prototype pollution',
    fixedIn: ['1.2.0'],
  },
};

const PENDING: Fact<Packument> = { state: 'pending' };

async function described(
  choice: Choice,
  packument: Fact<Packument>,
  known: readonly KnownAdvisory[] = [],
  more = '',
) {
  const { snapshot } = await openWorkspace(PROJECT + more);
  const { project } = snapshot.projects[0]!;
  const advisories = knownAdvisories(known);
  return describeChoice(choice, { project, advisories, popular: snapshot.popular, packument, now: NOW });
}

const plain = async (...given: Parameters<typeof described>) => hoverPlainText(await described(...given));

describe('the description of a version in a list', () => {
  test('has what counts against it, its age, scripts and contents', async () => {
    assert.equal(
      await plain({ name: 'left-pad', version: '1.1.0' }, ready(), [REPORTED]),
      `left-pad 1.1.0

Advisory    GHSA-xvch-5gv4-984h critical (9.8) · prototype pollution · fixed in 1.2.0
Deprecated  use 1.2.0
Published   6 May 2024 (2 years ago) by anna, like the version before
Scripts     none run on install
Contents    1 dependency · 1.2 kB`,
    );
  });

  test('says that nothing is known against it, with the sources, and until when its cooldown lasts', async () => {
    const npmrc = '-- .npmrc --\nmin-release-age=90\n';
    assert.equal(
      await plain({ name: 'left-pad', version: '1.2.0' }, ready(), [], npmrc),
      `left-pad 1.2.0, the latest version

Cooldown               until 11 Dec 2026, by the cooldown of 90 days (min-release-age in .npmrc)
Published              12 Sep 2026 (2 months ago) by bert, who published no version before
Scripts                postinstall: node install.js — unreviewed in allowScripts
Contents               1 dependency · 1.2 kB
Known vulnerabilities  none, by bundled data of 20 Nov 2026 (4 days ago)`,
    );
  });

  test('says where known vulnerabilities do not apply', async () => {
    const policy = '-- dependency-hygiene.json --\n{ "internalNames": ["left-pad"] }\n';
    const text = await plain({ name: 'left-pad', version: '1.1.0' }, ready(), [REPORTED], policy);
    assert.match(text, /^Not checked +known vulnerabilities \(public advisories do not apply/m);
    assert.doesNotMatch(text, /GHSA|none,/);
  });

  test('stays text, whatever a publisher writes', async () => {
    const hostile = samplePackument();
    (hostile.versions as Record<string, Record<string, unknown>>)['1.1.0']!.deprecated =
      '[x](command:evil) $(bug)\n# b';
    const markdown = hoverMarkdown(await described({ name: 'left-pad', version: '1.1.0' }, ready(hostile)));
    assert.match(markdown, /\*\*Deprecated:\*\* \\\[x\\\]\(command:evil\) \\\$\(bug\) \\# b/);
  });
});

describe('the description of a name in a list', () => {
  test('has what this machine knows, and that its registry was not asked', async () => {
    assert.equal(
      await plain({ name: 'lodahs', version: undefined }, PENDING),
      `lodahs

Suspicious   could be mistaken for "lodash": it swaps 's' and 'h'
Locked       1.0.0
Not checked  versions until chosen`,
    );
    assert.match(
      await plain({ name: 'lodash', version: undefined }, PENDING),
      /^Downloads +[\d.]+ (?:M|billion) a month$/m,
    );
  });

  test('names malware', async () => {
    const malware = { ...REPORTED, id: 'MAL-2025-1', package: 'lodahs', isMalware: true, range: '*' };
    assert.match(
      await plain({ name: 'lodahs', version: undefined }, PENDING, [malware]),
      /^Advisory +every version: MAL-2025-1 malware$/m,
    );
  });

  test('has its latest version where that is known already', async () => {
    const text = await plain({ name: 'left-pad', version: undefined }, ready());
    assert.match(text, /^left-pad 1\.2\.0, the latest version\n/);
    assert.doesNotMatch(text, /Not checked/);
  });
});
