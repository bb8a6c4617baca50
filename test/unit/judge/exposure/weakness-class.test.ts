import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  titleClass,
  type WeaknessClass,
  weaknessClass,
} from '../../../../server/src/core/judge/exposure/weakness-class.ts';
import { bundledIndex } from '../../know/advisory/bundled-index.ts';

/** Titles of records without CWEs. */
const TITLES: readonly (readonly [WeaknessClass | undefined, string])[] = [
  ['availability', 'node-tar: Decompression/parse DoS via unlimited input'],
  ['availability', 'node-tar: Negative tar entry size causes infinite loop in archive replace'],
  ['availability', 'js-yaml: YAML merge-key chains can force quadratic CPU consumption'],
  ['availability', 'ws: Memory exhaustion DoS from tiny fragments and data chunks'],
  ['availability', 'path-to-regexp contains a ReDoS'],
  ['availability', 'Multer vulnerable to Denial of Service via memory leaks from unclosed streams'],
  ['availability', 'fast-xml-parser has stack overflow in XMLBuilder with preserveOrder'],
  ['page', 'PostCSS has XSS via Unescaped </style> in its CSS Stringify Output'],
  ['page', 'defu: Prototype pollution via `__proto__` key in defaults argument'],
  ['page', 'Angular SSR has a Server-Side Request Forgery (SSRF) flaw'],
  ['page', 'React Router vulnerable to XSS via Open Redirects'],
  ['execution', 'Astro has Full-Read SSRF in error rendering via Host: header injection'],
  ['execution', 'axios Requests Vulnerable To Possible SSRF and Credential Leakage via Absolute URL'],
  ['execution', 'Nuxt allows DOS via cache poisoning with payload rendering response'],
  ['execution', 'Parse Server vulnerable to remote code execution via prototype pollution'],
  ['execution', 'liquidjs has a path traversal fallback vulnerability'],
  [undefined, 'node-tar applies PAX size override to intermediary GNU long-name/long-link headers'],
  [undefined, 'High severity vulnerability that affects uglify-js'],
  [undefined, 'Downloads Resources over HTTP in closure-util'],
  [undefined, 'Todos and dosages in a parser for resource files'],
];

test('without a CWE the terms of art of the title decide, of several the worst', () => {
  for (const [expected, title] of TITLES) {
    assert.equal(titleClass(title), expected, title);
    assert.equal(weaknessClass({ cwes: [], title }), expected ?? 'execution', title);
  }
  assert.equal(weaknessClass({ cwes: [], title: undefined }), 'execution');
});

test('with CWEs the title does not count', () => {
  assert.equal(weaknessClass({ cwes: ['CWE-94'], title: 'ReDoS in ws' }), 'execution');
  assert.equal(weaknessClass({ cwes: ['CWE-400'], title: 'Remote code execution in ws' }), 'availability');
});

/** These name the mistake and not the attacker's gain, such as improper input validation. */
const MISTAKES = new Set(
  [
    ...[20, 185, 228, 232, 241, 248, 252, 405, 409, 471, 476, 617, 624, 665, 682, 690, 697, 703, 704, 754],
    ...[755, 834, 843, 908, 913, 915, 1050, 1284, 1286, 1395],
  ].map((number) => `CWE-${number}`),
);

const CLASSES: readonly WeaknessClass[] = ['availability', 'page', 'execution'];

/**
 * Returns how often title and CWEs agree, where records have both and the CWEs are more than mistakes, and where
 * they have any.
 */
function agreement(isJudged: (cwe: string) => boolean) {
  const index = bundledIndex();
  const counts = { records: 0, same: 0, milder: 0, worse: 0, none: 0 };
  const seen = new Set<string>();
  for (const name of index.names()) {
    for (const { id, cwes, title, isMalware } of index.of(name)) {
      const judged = cwes.filter(isJudged);
      if (isMalware || judged.length === 0 || title === undefined || seen.has(id)) continue;
      seen.add(id);
      counts.records++;
      const byTitle = titleClass(title);
      const difference =
        byTitle === undefined
          ? undefined
          : CLASSES.indexOf(byTitle) - CLASSES.indexOf(weaknessClass({ cwes: judged, title }));
      if (difference === undefined) counts.none++;
      else if (difference === 0) counts.same++;
      else if (difference < 0) counts.milder++;
      else counts.worse++;
    }
  }
  return counts;
}

test('titles are hardly ever milder than CWEs that say what an attacker gains', (t) => {
  const judged = agreement((cwe) => !MISTAKES.has(cwe));
  t.diagnostic(
    `CWEs that say it: ${JSON.stringify(judged)}; all CWEs: ${JSON.stringify(agreement(() => true))}`,
  );
  assert.ok(judged.records > 3000);
  assert.ok(judged.milder / judged.records < 0.02, `${judged.milder} of ${judged.records}`);
  assert.ok(judged.same > 0.6 * judged.records, `${judged.same} of ${judged.records}`);
});

test('most records without a CWE have a title that says their class', () => {
  const index = bundledIndex();
  const without = [...index.names()].flatMap((name) =>
    index.of(name).filter(({ cwes, isMalware }) => cwes.length === 0 && !isMalware),
  );
  const classed = without.filter(({ title }) => titleClass(title) !== undefined);
  assert.ok(classed.length > without.length / 2, `${classed.length} of ${without.length}`);
});
