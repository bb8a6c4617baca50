import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import ini from 'ini';

const TOKEN_KEY = ':_authToken';
const USER_KEY = ':username';
const PASSWORD_KEY = ':_password';

function load() {
	const files = [
		process.env.npm_config_globalconfig ?? '/usr/local/etc/npmrc',
		process.env.npm_config_userconfig ?? path.join(os.homedir(), '.npmrc'),
		path.resolve('.npmrc'),
	];
	return Object.assign({}, ...files.map(file => {
		try {
			return ini.parse(fs.readFileSync(file, 'utf8'));
		} catch {
			return {};
		}
	}));
}

const replaceEnvironmentVariable = token => token.replace(/^\$\{?([^}]*)\}?$/, (_, name) => process.env[name]);

export function registryUrl(scope) {
	const config = load();
	const url = config[`${scope}:registry`] || config.registry || process.env.npm_config_registry || 'https://registry.example.test/';
	return url.endsWith('/') ? url : `${url}/`;
}

export function registryAuthToken(checkUrl) {
	const npmrc = load();
	const parsed = new URL(checkUrl);
	let pathname = parsed.pathname || '/';
	for (;;) {
		const key = `//${parsed.host}${pathname.replace(/\/$/, '')}`;
		for (const base of [key, `${key}/`]) {
			const bearer = npmrc[base + TOKEN_KEY];
			if (bearer) return {token: replaceEnvironmentVariable(bearer), type: 'Bearer'};
			const username = npmrc[base + USER_KEY];
			const password = npmrc[base + PASSWORD_KEY];
			if (username && password) {
				const pass = Buffer.from(replaceEnvironmentVariable(password), 'base64').toString('utf8');
				return {token: Buffer.from(`${username}:${pass}`).toString('base64'), type: 'Basic', password: pass, username};
			}
		}
		if (pathname === '/') break;
		pathname = path.posix.dirname(pathname.replace(/\/$/, ''));
	}

	const {NPM_TOKEN} = process.env;
	return NPM_TOKEN ? {token: NPM_TOKEN, type: 'Bearer'} : undefined;
}
