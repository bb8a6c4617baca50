/** VS Code's own settings of its network, which the server honours too. */
export const NETWORK_SETTINGS = [
  'http.proxy',
  'http.noProxy',
  'http.proxySupport',
  'http.proxyStrictSSL',
  'http.systemCertificates',
] as const;

/**
 * Returns the variables by which the server honours VS Code's settings of proxy and certificates. A proxy in the
 * settings replaces that of the environment, as it does for VS Code. Those of package managers still take precedence.
 *
 * @param setting returns the user's own value, as a folder could send requests with credentials through its proxy
 */
export function networkVariables(
  setting: (name: (typeof NETWORK_SETTINGS)[number]) => unknown,
): Record<string, string> {
  const proxy = setting('http.proxy');
  const noProxy = setting('http.noProxy');
  const isUsed = setting('http.proxySupport') !== 'off' && typeof proxy === 'string' && proxy !== '';
  return {
    ...(isUsed ? { http_proxy: proxy, https_proxy: proxy } : {}),
    ...(isUsed && Array.isArray(noProxy) && noProxy.length > 0 ? { no_proxy: noProxy.join(',') } : {}),
    ...(setting('http.proxyStrictSSL') === false ? { DEPHYGIENE_PROXY_STRICT_SSL: 'false' } : {}),
    // VS Code trusts the authorities of the system unless told otherwise.
    ...(setting('http.systemCertificates') === false ? {} : { NODE_USE_SYSTEM_CA: '1' }),
  };
}
