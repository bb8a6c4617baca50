import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverMarkdown } from '../../../../server/src/core/show/features/hover/card-text.ts';
import { samplePackument } from '../../know/registry/sample-packument.ts';

import { card, LOCKFILE, MANIFEST, ready } from './hover-harness.ts';

describe('hostile text in the hover card', () => {
  test('text of the registry stays text', async () => {
    const hostile: Record<string, unknown> = {
      ...samplePackument(),
      license: 'see https://evil.example.test or www.evil.example.test',
      maintainers: [{ name: '_anna_ <anna@evil.example.test>' }],
      homepage: 'javascript:alert(1)',
      repository: 'git+https://git.example.test/a(b).git',
    };
    const version = (hostile.versions as Record<string, Record<string, unknown>>)['1.2.0']!;
    version.license = hostile.license;
    version.deprecated =
      '**bold** [click](command:evil) <img src=x> `x`\n\n# head ![a](https://x.example.test) $(bug) \u202Egnp';
    const { card: data } = (await card(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', ready(hostile)))!;
    const markdown = hoverMarkdown(data);
    assert.equal(
      markdown,
      String.raw`**Deprecated**: \*\*bold\*\* \[click\](command:evil) \<img src=x\> ${'`x`'} \# head \!\[a\](https\://x.example.test) \$(bug) gnp  
**left-pad** 1.2.0 locked · declares ^1.0.0 · latest 1.2.0

**Scripts:** postinstall: node install.js — approved for 1.2.0 in allowScripts  
**Published:** 12 Sep 2026 (2 months ago) by bert, who published no version before  
**Trust:** no provenance  
**Releases:** 3 versions since 2020, 1 in the last year  
**Contents:** see https\://evil.example.test or www\.evil.example.test · 1 dependency · 1.2 kB  
**Not checked:** signature (no answer yet)`,
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
      /^\*\*Changed in 1\.2\.0:\*\* published by \\\[eve\\\]\(command:evil\), before by anna · new postinstall: \\<b\\>x{96}… · new dependenc.*\\\*\\\*y+… {2}$/,
    );
  });

  test('a link runs its command alone, whatever its argument is', async () => {
    const { card: data } = (await card(MANIFEST + LOCKFILE, '"left-pad": "^1.0.0"', ready()))!;
    const links = [
      { title: 'Verify', command: 'own.verify', argument: { package: 'a>)[x](command:evil)"' } },
    ];
    const markdown = hoverMarkdown(data, { icons: true, links });
    assert.match(markdown, /^\$\(question\) \*\*Partly checked\*\*/);
    const [, query = ''] = /\n\n\[Verify\]\(<command:own\.verify\?([^>]*)>\)$/.exec(markdown) ?? [];
    assert.match(query, /^[\w%().!~*'-]+$/);
    assert.deepEqual(JSON.parse(decodeURIComponent(query)), [links[0]!.argument]);
    assert.doesNotMatch(hoverMarkdown(data), /command:|\$\(/);
  });
});
