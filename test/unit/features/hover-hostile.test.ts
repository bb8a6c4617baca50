import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverMarkdown } from '../../../server/src/core/features/hover-markdown.ts';
import { samplePackument } from '../registry/sample-packument.ts';

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
**Releases:** 3 versions since 2020  
**Scripts:** postinstall: node install.js — approved for 1.2.0 in allowScripts  
**Registry:** the public npm registry (npm's default)  
**Findings:** none`,
    );
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
