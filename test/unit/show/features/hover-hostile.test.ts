import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverMarkdown } from '../../../../server/src/core/show/features/hover/card-text.ts';
import { samplePackument } from '../../know/registry/sample-packument.ts';

import { card, LOCKFILE, MANIFEST, ready } from './hover-harness.ts';

describe('hostile text in the hover card', () => {
  test('text of the registry stays text', async () => {
    const hostile: Record<string, unknown> = {
      ...samplePackument(),
      description:
        '**bold** [click](command:evil) <img src=x> `x`\n\n# head ![a](https://x.example.test) \u202Egnp',
      license: 'see https://evil.example.test or www.evil.example.test',
      maintainers: [{ name: '_anna_ <anna@evil.example.test>' }],
      homepage: 'javascript:alert(1)',
      repository: 'git+https://git.example.test/a(b).git',
    };
    (hostile.versions as Record<string, { license?: unknown }>)['1.2.0']!.license = hostile.license;
    const { card: data } = (await card(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', ready(hostile)))!;
    const markdown = hoverMarkdown(data);
    assert.equal(
      markdown,
      String.raw`**left-pad** 1.2.0 locked · declares ^1.0.0 · latest 1.2.0  
\*\*bold\*\* \[click\](command:evil) \<img src=x\> \`x\` \# head \!\[a\](https\://x.example.test) gnp · see https\://evil.example.test or www\.evil.example.test

**Published:** 12 Sep 2026 (2 months ago) by bert, who published no version before  
**Maintainers:** \_anna\_ \<anna\@evil.example.test\>  
**Releases:** 3 versions since 2020, 1 in the last year  
**Scripts:** postinstall: node install.js — approved for 1.2.0 in allowScripts  
**Contents:** 1 dependency · 1.2 kB  
**Trust:** signature not verified yet · no provenance  
**Registry:** the public npm registry (npm's default)  
**Findings:** none  
**Advisories:** none known for 1.2.0 · by bundled data of 20 Nov 2026 (4 days ago)`,
    );
  });

  test('nor does what changed, or a long text that would push the rest away', async () => {
    const hostile = samplePackument();
    const versions = hostile.versions as Record<string, Record<string, unknown>>;
    versions['1.2.0'] = {
      ...versions['1.2.0'],
      _npmUser: { name: '[eve](command:evil)', email: 'eve@x.example.test' },
      scripts: { postinstall: `<b>${'x'.repeat(5000)}` },
      dependencies: { __proto__: '1', [`**${'y'.repeat(150)}`]: '1' },
    };
    const { card: data } = (await card(MANIFEST + LOCKFILE, '"pad"', ready(hostile)))!;
    const lines = hoverMarkdown(data).split('\n');
    const at = lines.findIndex((line) => line.startsWith('**Changed in 1.2.0:**'));
    assert.match(
      lines[at]!,
      /^\*\*Changed in 1\.2\.0:\*\* published by \\\[eve\\\]\(command:evil\), before by anna · new postinstall: \\<b\\>x{96}… {2}$/,
    );
    assert.match(lines[at + 1]!, /^– new dependenc.*\\\*\\\*y+… · removed dependency wrappy {2}$/);
  });

  test('https addresses are links, the repository once', async () => {
    const { card: data } = (await card(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', ready()))!;
    assert.match(
      hoverMarkdown(data),
      /\n\n\[Repository\]\(<https:\/\/git\.example\.test\/anna\/left-pad>\) · \[Homepage\]\(<https:\/\/left-pad\.example\.test\/>\)$/,
    );
    const same = { ...samplePackument(), homepage: 'https://git.example.test/anna/left-pad#readme' };
    const { card: once } = (await card(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', ready(same)))!;
    assert.deepEqual(once.links, [{ text: 'Repository', address: 'https://git.example.test/anna/left-pad' }]);
  });
});
