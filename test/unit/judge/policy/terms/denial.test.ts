import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { denialOf, type TermSubject } from '../../../../../server/src/core/judge/policy/terms/denial.ts';
import { readPolicy } from '../../../../../server/src/core/read/policy-file/read-policy.ts';

interface Given extends Partial<Omit<TermSubject, 'license' | 'publisher' | 'isDevelopment'>> {
  readonly license?: string;
  readonly publisher?: string;
  readonly isDevelopment?: boolean;
}

function judge(policy: object, given: Given) {
  const { deny, allow, problems } = readPolicy('file:///p/dependency-hygiene.json', JSON.stringify(policy));
  assert.deepEqual(problems, []);
  const { license, publisher, isDevelopment = false, ...rest } = given;
  const subject: TermSubject = {
    ...{ name: 'left', version: undefined, range: undefined, host: undefined, ...rest },
    license: () => license,
    isDevelopment: () => isDevelopment,
    publisher: () => publisher,
  };
  const denial = denialOf(subject, deny, allow);
  return denial.type === 'denied' ? `${denial.because} ${denial.value}` : denial.type;
}

const reason = 'because';

describe('names and versions', () => {
  test('a name is exact, and * matches any characters', () => {
    const deny = [{ name: ['request', '@evil/*', '*-internal'], reason }];
    for (const name of ['request', '@evil/a', 'our-internal'])
      assert.equal(judge({ deny }, { name }), `name ${name}`);
    for (const name of ['Request', 'request2', '@evil', '@evil-too/a', 'our-internal2'])
      assert.equal(judge({ deny }, { name }), 'allowed', name);
  });

  test('a range is of the locked version, or contains all of the declared range', () => {
    const deny = [{ name: 'left', range: '<2.0.0', reason }];
    assert.equal(judge({ deny }, { version: '1.9.0' }), 'name left');
    assert.equal(judge({ deny }, { version: '2.0.0' }), 'allowed');
    assert.equal(judge({ deny }, { range: '^1.0.0' }), 'name left');
    assert.equal(judge({ deny }, { range: '^2.0.0' }), 'allowed');
    assert.equal(judge({ deny }, { range: '>=1.0.0' }), 'unknown');
    assert.equal(judge({ deny }, {}), 'unknown');
  });

  test('an exception with a name exempts from every entry, for its versions', () => {
    const deny = [
      { name: '@evil/*', reason },
      { license: 'GPL-*', reason },
    ];
    const allow = [{ name: '@evil/good', range: '1.x', reason }];
    const license = 'GPL-3.0-only';
    assert.equal(judge({ deny, allow }, { name: '@evil/good', version: '1.2.0', license }), 'allowed');
    assert.equal(
      judge({ deny, allow }, { name: '@evil/good', version: '2.0.0', license }),
      'name @evil/good',
    );
    assert.equal(judge({ deny, allow }, { name: '@evil/good', range: '>=1.0.0' }), 'unknown');
  });
});

describe('licenses', () => {
  const deny = [{ license: ['GPL-*', 'agpl-3.0-only'], reason }];

  test('an expression is denied if each choice is', () => {
    assert.equal(judge({ deny }, { license: 'GPL-3.0-only' }), 'license GPL-3.0-only');
    assert.equal(judge({ deny }, { license: 'AGPL-3.0-only' }), 'license AGPL-3.0-only');
    assert.equal(judge({ deny }, { license: 'MIT OR GPL-3.0-only' }), 'allowed');
    assert.equal(judge({ deny }, { license: 'MIT AND GPL-3.0-only' }), 'license MIT AND GPL-3.0-only');
    assert.equal(judge({ deny }, { license: 'LGPL-3.0-only' }), 'allowed');
  });

  test('an unknown one is never denied', () => {
    assert.equal(judge({ deny }, {}), 'unknown');
    assert.equal(judge({ deny }, { license: 'SEE LICENSE IN GPL' }), 'unknown');
  });

  test('all but a list', () => {
    const policy = {
      deny: [{ license: '*', reason }],
      allow: [{ license: ['MIT', 'ISC'], reason }],
    };
    assert.equal(judge(policy, { license: 'MIT' }), 'allowed');
    assert.equal(judge(policy, { license: 'MIT AND ISC' }), 'allowed');
    assert.equal(judge(policy, { license: 'GPL-2.0-only OR ISC' }), 'allowed');
    assert.equal(judge(policy, { license: 'BSD-3-Clause' }), 'license BSD-3-Clause');
  });

  test('an allowed license does not exempt a denied name', () => {
    const policy = {
      deny: [{ name: 'left', reason }],
      allow: [{ license: 'MIT', reason }],
    };
    assert.equal(judge(policy, { license: 'MIT' }), 'name left');
    assert.equal(
      judge({ ...policy, allow: [{ name: '*', license: 'MIT', reason }] }, { license: 'MIT' }),
      'allowed',
    );
  });
});

describe('hosts and publishers', () => {
  test('all but a list', () => {
    const policy = {
      deny: [{ host: '*', reason }],
      allow: [{ host: 'npm.acme.example.test', reason }],
    };
    assert.equal(judge(policy, { host: 'npm.acme.example.test' }), 'allowed');
    assert.equal(judge(policy, { host: 'files.example.test' }), 'host files.example.test');
    assert.equal(judge(policy, {}), 'unknown');
  });

  test('a publisher is unknown without its registry', () => {
    const deny = [{ publisher: 'mallory', reason }];
    assert.equal(judge({ deny }, { publisher: 'Mallory' }), 'publisher Mallory');
    assert.equal(judge({ deny }, { publisher: 'alice' }), 'allowed');
    assert.equal(judge({ deny }, {}), 'unknown');
  });

  test('every condition has to hold', () => {
    const deny = [{ name: 'left', license: 'MIT', host: '*.example.test', reason }];
    assert.equal(judge({ deny }, { license: 'MIT', host: 'a.example.test' }), 'license MIT');
    assert.equal(judge({ deny }, { license: 'ISC', host: 'a.example.test' }), 'allowed');
    assert.equal(judge({ deny }, { name: 'right', license: 'MIT', host: 'a.example.test' }), 'allowed');
  });
});

describe('the scope and the unknown', () => {
  const deny = [{ license: 'GPL-*', scope: 'production', reason }];

  test('an entry for production permits what only development installs', () => {
    assert.equal(judge({ deny }, { license: 'GPL-3.0-only' }), 'license GPL-3.0-only');
    assert.equal(judge({ deny }, { license: 'GPL-3.0-only', isDevelopment: true }), 'allowed');
  });

  test('an exception with its license exempts from the license alone', () => {
    const license = 'GPL-2.0-only WITH Classpath-exception-2.0';
    assert.equal(judge({ deny }, { license }), `license ${license}`);
    assert.equal(judge({ deny, allow: [{ license, reason }] }, { license }), 'allowed');
    assert.equal(
      judge({ deny, allow: [{ license, reason }] }, { license: 'GPL-2.0-only' }),
      'license GPL-2.0-only',
    );
  });

  test('what is no expression is unknown, unless the policy denies that', () => {
    const all = [{ license: '*', reason }];
    const strict = [{ license: '*', unknownLicense: true, reason }];
    const free = 'SEE LICENSE IN LICENSE.md';
    assert.equal(judge({ deny: all }, { license: free }), 'unknown');
    assert.equal(judge({ deny: all }, { license: '' }), 'unknown');
    assert.equal(judge({ deny: strict }, { license: free }), `license ${free}`);
    assert.equal(judge({ deny: strict }, { license: '' }), 'license ');
    // Nobody could be asked.
    assert.equal(judge({ deny: strict }, {}), 'unknown');
    assert.equal(judge({ deny: all }, { license: 'UNLICENSED' }), 'license UNLICENSED');
  });
});
