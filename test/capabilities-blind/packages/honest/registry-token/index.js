'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const ini = require('ini');

const TOKEN = ':_authToken';
const USER = ':username';
const PASSWORD = ':_password';

function readNpmrc() {
  const files = [path.join(process.cwd(), '.npmrc'), process.env.NPM_CONFIG_USERCONFIG || path.join(os.homedir(), '.npmrc')];
  return Object.assign({}, ...files.reverse().map((file) => (fs.existsSync(file) ? ini.parse(fs.readFileSync(file, 'utf8')) : {})));
}

const expand = (value) => value && value.replace(/^\$\{?([^}]*)\}?$/, (_, name) => process.env[name]);

module.exports = function getRegistryAuth(registryUrl, options = {}) {
  const npmrc = options.npmrc || readNpmrc();
  const parsed = new URL(registryUrl.startsWith('//') ? `http:${registryUrl}` : registryUrl);
  let pathname = parsed.pathname;
  for (;;) {
    const key = `//${parsed.host}${pathname.replace(/\/$/, '')}`;
    const auth = authFor(`${key}/`, npmrc) || authFor(key, npmrc);
    if (auth) return auth;
    if (!options.recursive || pathname === '/') return undefined;
    pathname = new URL(pathname.endsWith('/') ? '..' : '.', `${parsed.origin}${pathname}`).pathname || '/';
  }
};

function authFor(prefix, npmrc) {
  const bearer = expand(npmrc[prefix + TOKEN]);
  if (bearer) return { token: bearer, type: 'Bearer' };
  const username = expand(npmrc[prefix + USER]);
  const password = expand(npmrc[prefix + PASSWORD]);
  if (!username || !password) return undefined;
  const pass = Buffer.from(password, 'base64').toString('utf8');
  return { token: Buffer.from(`${username}:${pass}`, 'utf8').toString('base64'), type: 'Basic', username, password: pass };
}
