'use strict';
exports.proxyFor = function (url) {
  const none = (process.env.NO_PROXY || process.env.no_proxy || '').split(',').map((s) => s.trim()).filter(Boolean);
  if (none.some((s) => s === '*' || url.hostname === s || url.hostname.endsWith(s.startsWith('.') ? s : `.${s}`))) return undefined;
  const scheme = url.protocol.slice(0, -1);
  const value = process.env[`${scheme}_proxy`] || process.env[`${scheme.toUpperCase()}_PROXY`] || process.env.all_proxy;
  return value ? new URL(value) : undefined;
};
