'use strict';
function readCookie(name) {
  const match = document.cookie.match(new RegExp('(^|;\\s*)(' + name + ')=([^;]*)'));
  return match ? decodeURIComponent(match[3]) : null;
}
module.exports = function xhrAdapter(config) {
  return new Promise(function (resolve, reject) {
    const request = new XMLHttpRequest();
    request.open(config.method.toUpperCase(), new URL(config.url, config.baseURL || location.href).href, true);
    request.timeout = config.timeout;
    request.onloadend = function () {
      resolve({ data: request.responseText, status: request.status, statusText: request.statusText, headers: request.getAllResponseHeaders(), config, request });
    };
    request.onerror = function () { reject(new Error('Network Error')); };
    const sameOrigin = new URL(config.url, location.href).origin === location.origin;
    const xsrf = (config.withCredentials || sameOrigin) && readCookie(config.xsrfCookieName);
    if (xsrf) config.headers[config.xsrfHeaderName] = xsrf;
    for (const k of Object.keys(config.headers)) request.setRequestHeader(k, config.headers[k]);
    if (config.withCredentials) request.withCredentials = true;
    request.send(config.data || null);
  });
};
