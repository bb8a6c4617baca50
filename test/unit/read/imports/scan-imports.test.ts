import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { packageOf } from '../../../../server/src/core/read/imports/package-of.ts';
import { scanImports } from '../../../../server/src/core/read/imports/scan-imports.ts';
import { cpuTime } from '../../../cpu-time.ts';

function found(path: string, text: string): readonly string[] {
  return scanImports(path, text).imports.map(({ specifier }) => specifier);
}

test('scripts and styles of components, with their offsets', () => {
  const text =
    '<template><p title="<script>">a</p></template>\n<script setup lang="ts">\nimport a from "a";\n</script>\n' +
    '<SCRIPT src="b"></SCRIPT>\n<style lang="scss">@use "c";</style>';
  assert.deepEqual(found('a.vue', text), ['a', 'b', 'c']);
  for (const { specifier, offset, kind, isOptional } of scanImports('a.vue', text).imports)
    if (kind === 'value' && !isOptional)
      assert.equal(text.slice(offset, offset + specifier.length), specifier);
});

test('the fence of Astro, and MDX outside of code blocks', () => {
  assert.deepEqual(found('a.astro', '---\nimport a from "a";\n---\n<script>import "b"</script>'), ['a', 'b']);
  const mdx =
    'import a from "a"\n\n```js\nimport b from "b"\n```\n\nexport * from "c"\n\nText: import "d".\n';
  assert.deepEqual(found('a.mdx', mdx), ['a', 'c']);
});

test('style sheets', () => {
  const css =
    '@import "a/b.css"; @import url(c); @plugin "d"; /* @import "e"; */ .f { composes: g from "h"; background: url(~i/j.png) }';
  assert.deepEqual([...found('a.css', css)].sort(), ['a/b.css', 'c', 'd', 'h', 'i/j.png']);
});

describe('the package of a specifier', () => {
  const cases: readonly (readonly [specifier: string, expected: string | undefined])[] = [
    ['lodash/get', 'lodash'],
    ['@a/b/c', '@a/b'],
    ['style-loader!./a.css', undefined],
    ['raw-loader!b/a.txt', 'b'],
    ['a?url', 'a'],
    ['node_modules/a.js/b', 'a.js'],
    ['fs', undefined],
    ['fs/promises', undefined],
    ['punycode/', 'punycode'],
    ['node:test', undefined],
    ['./a', undefined],
    ['/a', undefined],
    ['#a', undefined],
    ['@/a', undefined],
    ['~/a', undefined],
    ['virtual:a', undefined],
    ['https://a.test/b', undefined],
    ['', undefined],
  ];
  for (const [specifier, expected] of cases)
    test(JSON.stringify(specifier), () => assert.equal(packageOf(specifier), expected));
});

test('takes time in proportion to hostile text', () => {
  for (const [path, part] of [
    ['a.vue', '<script '],
    ['a.vue', '<style>'],
    ['a.html', '<script a="'],
    ['a.css', '/*'],
    ['a.scss', '@use ('],
    ['a.css', '.a { composes: '],
    ['a.mdx', 'import {\n'],
    ['a.mdx', '```\n'],
    ['a.astro', '---\n'],
    ['a.ts', 'require<'],
    ['a.ts', 'vi.mock<'],
    ['a.js', '/** import('],
  ] as const) {
    const start = cpuTime();
    scanImports(path, part.repeat(100_000));
    assert.ok(cpuTime() - start < 15_000, `${path} ${part}`);
  }
});
