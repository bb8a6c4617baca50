import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  hostAndPort,
  isLoopback,
  parseWebUrl,
  redactUserinfo,
} from '../../../../server/src/core/read/text/paths/web-url.ts';
import { cpuTime } from '../../../cpu-time.ts';
import { randomSource } from './random-source.ts';

function parts(text: string): unknown {
  const address = parseWebUrl(text);
  return address && [address.scheme, address.userinfo, address.host, address.port, address.rest];
}

describe('the parts of an address', () => {
  const cases: readonly [string, unknown][] = [
    ['https://a.test', ['https', undefined, 'a.test', undefined, '']],
    ['HTTPS://A.Test/Path', ['https', undefined, 'a.test', undefined, '/Path']],
    ['https://u:p@a.test:8443/x?y#z', ['https', 'u:p', 'a.test', '8443', '/x?y#z']],
    ['https://u@v@a.test/', ['https', 'u@v', 'a.test', undefined, '/']],
    ['https://a.test?x@b', ['https', undefined, 'a.test', undefined, '?x@b']],
    ['https://a.test#@b', ['https', undefined, 'a.test', undefined, '#@b']],
    ['https://[::1]:80/x', ['https', undefined, '[::1]', '80', '/x']],
    ['https://a.test:/x', ['https', undefined, 'a.test', undefined, '/x']],
    ['https://a.test:0443/x', ['https', undefined, 'a.test', undefined, '/x']],
    ['https://a%2etest./x', ['https', undefined, 'a.test', undefined, '/x']],
    ['https://a.test/%2e/x', ['https', undefined, 'a.test', undefined, '/%2e/x']],
    ['git+ssh://git@a.test:22/o/r.git#abc', ['git+ssh', 'git', 'a.test', '22', '/o/r.git#abc']],
    ['git+ssh://git@a.test:o/r', ['git+ssh', 'git', 'a.test', 'o', '/r']],
    ['', undefined],
    ['a', undefined],
    ['://a', undefined],
    ['https://', undefined],
    ['https:///', undefined],
    ['https:', undefined],
    ['1https://a', undefined],
    ['ht tps://a', undefined],
    ['https://a b/', undefined],
    ['file:///a', undefined],
    ['git://', undefined],
  ];
  for (const [text, expected] of cases)
    test(JSON.stringify(text), () => assert.deepEqual(parts(text), expected));
});

/** Returns the host that Node, and with it every package manager on it, would connect to. */
function hostOf(text: string): string | undefined {
  try {
    const { protocol, hostname } = new URL(text);
    const host = hostname.replace(/\.$/, '');
    return (protocol === 'http:' || protocol === 'https:') && host !== '' ? host : undefined;
  } catch {
    return undefined;
  }
}

describe('the host is the one that would be asked', () => {
  const tricks = [
    'https://evil.test\\@good.test/x.tgz',
    'https:\\\\evil.test\\x',
    'https:/evil.test/x',
    'https:evil.test/x',
    'https:////evil.test/x',
    'https://ev\til.test/x',
    'https://evil.test\n@good.test/x',
    'https://good.test@evil.test/',
    'https://good.test#@evil.test/',
    'https://good.test?@evil.test/',
    'https://good.test:443@evil.test/',
  ];
  for (const text of tricks) {
    test(JSON.stringify(text), () => assert.equal(parseWebUrl(text)?.host, hostOf(text)));
  }

  test('of any text that makes an address', () => {
    const pieces = ['a', '.', 'good.test', 'evil.test', '/', '\\', '@', ':', '?', '#', '1', '\t', '\n', '-'];
    let compared = 0;
    for (let seed = 1; seed <= 3000; seed++) {
      const random = randomSource(seed);
      const text =
        random.pick(['http:', 'https:', 'HTTPS://', 'https://', 'https://']) + random.text(pieces, 8);
      const expected = hostOf(text);
      // URL parses numbers alone as an IPv4 address, and normalizes it.
      if (expected === undefined || /^[\d.]+$/.test(expected)) continue;
      compared++;
      assert.equal(parseWebUrl(text)?.host, expected, JSON.stringify(text));
    }
    assert.ok(compared > 500);
  });
});

test("the scheme's own port is left out", () => {
  const cases: readonly [string, string][] = [
    ['https://a.test', 'a.test'],
    ['https://a.test:443', 'a.test'],
    ['https://a.test:', 'a.test'],
    ['https://a.test:80', 'a.test:80'],
    ['http://a.test:80', 'a.test'],
    ['http://a.test:443', 'a.test:443'],
    ['git+ssh://a.test:22', 'a.test:22'],
  ];
  for (const [text, expected] of cases) assert.equal(hostAndPort(parseWebUrl(text)!), expected);
});

test('what names this machine', () => {
  const yes = [
    'localhost',
    'a.localhost',
    'LOCALHOST',
    '127.0.0.1',
    '127.1.2.3',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0x7f.1',
    '0.0.0.0',
    '[::]',
    'host.docker.internal',
  ];
  const no = ['localhost.evil.test', '127.0.0.1.evil.test', '10.0.0.1', '128.0.0.1', 'xlocalhost', '[::2]'];
  for (const host of yes) assert.ok(isLoopback(parseWebUrl(`http://${host}:4873/`)!), host);
  for (const host of no) assert.ok(!isLoopback(parseWebUrl(`http://${host}:4873/`)!), host);
});

test('secrets in addresses are not shown', () => {
  assert.equal(
    redactUserinfo('see https://u:p@a.test/x, git://t@b.test'),
    'see https://***@a.test/x, git://***@b.test',
  );
  assert.equal(redactUserinfo('https://a.test/@scope/b'), 'https://a.test/@scope/b');
  assert.equal(redactUserinfo('mail me@a.test'), 'mail me@a.test');
  const before = cpuTime();
  redactUserinfo('://'.repeat(30_000));
  redactUserinfo(`https://${'a'.repeat(200_000)}`);
  assert.ok(cpuTime() - before < 2000);
});
