import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilities, scan } from './package-code.ts';

const found = (text: string, capability: string) =>
  capabilities(scan(`${text}\nrequire('child_process');`)).filter((one) => one.startsWith(`${capability}:`));

test('a member of the language that a file exports is not replaced', () => {
  assert.deepEqual(found('module.exports = Object.defineProperty || fallback;', 'tampering'), []);
  assert.deepEqual(
    found('exports.bind = Function.prototype.bind; var own = {}; own.all = Object.keys;', 'tampering'),
    [],
  );
});

test('what others call is replaced by each of its names', () => {
  for (const [text, detail] of [
    ['Array.prototype.push = function () {};', 'Array.prototype.push'],
    ['const proto = Array.prototype; proto.push = function () {};', 'Array.prototype.push'],
    ["const name = 'push'; Array.prototype[name] = function () {};", 'Array.prototype.push'],
    ['window.fetch = function () {};', 'requests'],
    ["require('https').request = function () {};", 'requests'],
    ['window.ethereum.request = function () {};', 'wallets'],
    ["window.ethereum.selectedAddress = '0x00';", 'wallets'],
    ['window.solana.signTransaction = function () {};', 'wallets'],
    ["require('module')._extensions['.js'] = function () {};", 'module loader'],
  ] as const)
    assert.deepEqual(found(text, 'tampering'), [`tampering: ${detail}`], text);
});

test('conditions on the place are triggers, however they are written, and those on its type are none', () => {
  const place = 'const place = process.env.LANG;';
  for (const condition of [
    ...["place === 'ru'", "place.startsWith('ru')", 'place', "'ru' == place && open"],
    ...["(place === 'ru') === true", 'place.match(/^ru/) !== null', 'place in { ru: 1 }'],
  ])
    assert.deepEqual(found(`${place} if (${condition}) run();`, 'trigger'), ['trigger: place'], condition);
  for (const condition of ["typeof place === 'string'", 'place.length > 2'])
    assert.deepEqual(found(`${place} if (${condition}) run();`, 'trigger'), [], condition);
});
