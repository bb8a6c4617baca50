import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isIgnored } from '../../../../server/src/core/judge/policy/ignored.ts';
import { readPolicy } from '../../../../server/src/core/read/policy-file/read-policy.ts';

const URI = 'file:///p/dependency-hygiene.json';

const FULL = `{
  // comments are allowed
  "$schema": "./schema.json",
  "x-owner": "platform",
  "rules": {
    "typosquat-name": "error",
    "unbounded-range": ["off"],
    "lockfile-missing": ["warning", { "list": ["a", "b"], "on": true, "n": 3 }],
  },
  "ignores": [
    { "rule": "insecure-url", "package": "a", "version": "1.0.0", "path": "packages/**", "reason": "old", "expires": "2027-01-31" },
  ],
  "exclude": ["test/fixtures/**"],
  "privateScopes": ["@acme", { "scope": "@corp", "registry": "https://npm.corp.example.test" }],
  "internalNames": ["acme-tool"],
  "mirrors": ["https://mirror.example.test/npm"],
  "allowedHosts": ["Files.example.test:8443"],
  "allowNames": ["lodahs", { "name": "reactt", "reason": "ours" }]
}
`;

describe('readPolicy', () => {
  test('reads every key', () => {
    const policy = readPolicy(URI, FULL);
    assert.deepEqual(policy.problems, []);
    assert.deepEqual(
      [...policy.rules].map(([id, { severity, options }]) => [id, severity, options]),
      [
        ['typosquat-name', 'error', {}],
        ['unbounded-range', 'off', {}],
        ['lockfile-missing', 'warning', { list: ['a', 'b'], on: true, n: 3 }],
      ],
    );
    const [ignore] = policy.ignores;
    assert.deepEqual(
      [
        ignore?.rule,
        ignore?.package,
        ignore?.version,
        ignore?.path,
        ignore?.reason,
        ignore?.expires,
        ignore?.id,
      ],
      ['insecure-url', 'a', '1.0.0', 'packages/**', 'old', '2027-01-31', undefined],
    );
    assert.deepEqual(policy.exclude, ['test/fixtures/**']);
    assert.deepEqual(policy.privateScopes, [
      { scope: '@acme', registry: undefined },
      { scope: '@corp', registry: 'https://npm.corp.example.test/' },
    ]);
    assert.deepEqual(policy.internalNames, ['acme-tool']);
    assert.deepEqual(policy.mirrors, ['https://mirror.example.test/npm/']);
    assert.deepEqual(policy.allowedHosts, ['files.example.test:8443']);
    assert.deepEqual(
      policy.allowNames.map(({ value }) => value),
      ['lodahs', 'reactt'],
    );
  });

  test('an ignore entry counts for nothing where what narrows it cannot be read', () => {
    const ignored = (narrowing: object) => {
      const entry = { rule: 'a', reason: 'b', expires: '2027-01-01', ...narrowing };
      const policy = readPolicy(URI, JSON.stringify({ ignores: [entry] }));
      return isIgnored(
        policy,
        { rule: 'a', package: 'x', version: '1.0.0', path: 'package.json' },
        '2026-11-24',
      );
    };
    assert.ok(ignored({}));
    assert.ok(ignored({ package: 'x', version: '1.0.0', path: '*.json' }));
    for (const narrowing of [{ package: 1 }, { version: 1 }, { id: '' }, { path: '../x' }, { path: null }])
      assert.ok(!ignored(narrowing), JSON.stringify(narrowing));
  });

  /** A text, the underlined token, the message, and the replacement. */
  const PROBLEMS: readonly (readonly [string, string, RegExp, string?])[] = [
    ['{"mirors": []}', '"mirors"', /^Unknown key "mirors"\. Did you mean "mirrors"\?$/, 'mirrors'],
    ['{"parents": []}', '"parents"', /^Unknown key "parents"\. It sets nothing\.$/],
    ['{"extends": [1]}', '1', /^An item of "extends" must be a string\.$/],
    [
      '{"overrides": [{"paths": []}]}',
      '{"paths": []}',
      /^An entry of "overrides" needs a glob in "paths"\.$/,
    ],
    ['{"rules": []}', '[]', /"rules" must be an object/],
    ['{"rules": {"a": "warn"}}', '"warn"', /A severity is "error", .* or "off"\./],
    ['{"rules": {"a": "eror"}}', '"eror"', /A severity is/, 'error'],
    ['{"rules": {"a": ["error", 1]}}', '1', /Options of a rule must be an object/],
    ['{"rules": {"a": ["error", {}, 2]}}', '2', /one object of options/],
    ['{"rules": {"a": []}}', '[]', /A severity is/],
    ['{"rules": {}, "rules": {}}', '"rules"', /appears twice here/],
    ['{"ignores": {}}', '{}', /"ignores" must be a list/],
    ['{"ignores": [1]}', '1', /must be an object/],
    ['{"ignores": [{"reason": "a"}]}', '{"reason": "a"}', /needs "rule"/],
    ['{"ignores": [{"rule": "a", "reason": " ", "expires": "2027-01-01"}]}', '" "', /must not be empty/],
    [
      '{"ignores": [{"rule": "a", "reason": "b", "expires": "2027-02-30"}]}',
      '"2027-02-30"',
      /is not a valid date/,
    ],
    [
      '{"ignores": [{"rule": "a", "reason": "b", "expires": "2027-01-01", "pakage": ""}]}',
      '"pakage"',
      /Unknown/,
      'package',
    ],
    [
      '{"ignores": [{"rule": "a", "path": "../b", "reason": "c", "expires": "2027-01-01"}]}',
      '"../b"',
      /matches no path/,
    ],
    [
      '{"exclude": ["../a"]}',
      '"../a"',
      /"\.\.\/a" matches no path\. Write one relative to the folder of this file\./,
    ],
    ['{"exclude": [""]}', '""', /A glob must not be empty/],
    ['{"exclude": "a"}', '"a"', /must be a list/],
    ['{"privateScopes": ["acme"]}', '"acme"', /is not a scope/, '@acme'],
    ['{"privateScopes": [{"scope": "@a", "registry": "npm"}]}', '"npm"', /is not a URL/],
    ['{"privateScopes": [{}]}', '{}', /needs "scope"/],
    ['{"internalNames": [1]}', '1', /must be a string/],
    ['{"mirrors": ["registry.example.test"]}', '"registry.example.test"', /is not a URL/],
    [
      '{"allowedHosts": ["https://h.example.test/x"]}',
      '"https://h.example.test/x"',
      /is not a host/,
      'h.example.test',
    ],
    ['{"allowNames": [{"reason": "x"}]}', '{"reason": "x"}', /needs "name"/],
    ['{"$schema": 1}', '1', /must be a string/],
    ['[]', '[]', /must be an object/],
  ];
  for (const [text, token, message, suggestion] of PROBLEMS) {
    test(text, () => {
      const { problems } = readPolicy(URI, text);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      const problem = problems[0]!;
      assert.equal(text.slice(problem.span.start, problem.span.end), token);
      assert.match(problem.message, message);
      assert.equal(problem.suggestion, suggestion);
    });
  }

  test('what is wrong beside it does not take away what is right', () => {
    const policy = readPolicy(
      URI,
      '{"mirrors": ["nonsense", "https://m.example.test/"], "exclude": [1, "a"], "bogus": ',
    );
    assert.deepEqual(policy.mirrors, ['https://m.example.test/']);
    assert.deepEqual(policy.exclude, ['a']);
  });

  test('any beginning of a file can be read, and problems lie inside it', () => {
    for (let length = 0; length <= FULL.length; length++) {
      const text = FULL.slice(0, length);
      for (const { span } of readPolicy(URI, text).problems) {
        assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${length}`);
      }
    }
  });

  test('deep nesting does not exhaust the stack', () => {
    const deep = '['.repeat(50_000);
    assert.ok(readPolicy(URI, `{"rules": {"a": ["error", {"o": ${deep}`).problems.length > 0);
  });
});
