'use strict';
module.exports = function getAuth(uri, conf) {
  const u = new URL(uri);
  let key = `//${u.host}${u.pathname}`;
  while (key.length > '//'.length) {
    const k = key.endsWith('/') ? key : key + '/';
    const token = conf[`${k}:_authToken`] || conf[`${key}:_authToken`];
    if (token) return { token };
    const auth = conf[`${k}:_auth`];
    if (auth) return { auth };
    const user = conf[`${k}:username`], pass = conf[`${k}:_password`];
    if (user && pass) return { auth: Buffer.from(`${user}:${Buffer.from(pass, 'base64').toString('utf8')}`).toString('base64') };
    key = key.replace(/([^/]+|\/)$/, '');
  }
  return {};
};
