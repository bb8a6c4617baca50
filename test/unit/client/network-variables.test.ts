import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { networkVariables } from '../../../client/src/network-variables.ts';

const variablesOf = (settings: Readonly<Record<string, unknown>>) =>
  networkVariables((name) => settings[name]);
const SYSTEM = { NODE_USE_SYSTEM_CA: '1' };
const PROXY = 'http://proxy.example.test:8080';

describe("VS Code's settings of its network", () => {
  test('set nothing but the authorities of the system by default', () => {
    assert.deepEqual(variablesOf({}), SYSTEM);
    assert.deepEqual(variablesOf({ 'http.proxy': '', 'http.noProxy': ['a'] }), SYSTEM);
    assert.deepEqual(variablesOf({ 'http.systemCertificates': false }), {});
  });

  test('set the proxy and its exceptions', () => {
    const proxied = { http_proxy: PROXY, https_proxy: PROXY, ...SYSTEM };
    assert.deepEqual(variablesOf({ 'http.proxy': PROXY, 'http.noProxy': [] }), proxied);
    assert.deepEqual(
      variablesOf({ 'http.proxy': PROXY, 'http.noProxy': ['a.example.test', 'b.example.test'] }),
      {
        ...proxied,
        no_proxy: 'a.example.test,b.example.test',
      },
    );
    assert.deepEqual(variablesOf({ 'http.proxy': PROXY, 'http.proxySupport': 'off' }), SYSTEM);
  });

  test("switch off the check of the proxy's certificate only if told to", () => {
    assert.deepEqual(variablesOf({ 'http.proxyStrictSSL': true }), SYSTEM);
    assert.deepEqual(variablesOf({ 'http.proxyStrictSSL': false }), {
      DEPHYGIENE_PROXY_STRICT_SSL: 'false',
      ...SYSTEM,
    });
  });
});
