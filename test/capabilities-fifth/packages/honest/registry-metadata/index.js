import {Agent as HttpAgent} from 'node:http';
import {Agent as HttpsAgent} from 'node:https';
import ky from 'ky';
import semver from 'semver';
import {registryAuthToken, registryUrl} from './auth.js';

// These agent options are chosen to match the npm client defaults and help with performance.
const agentOptions = {keepAlive: true, maxSockets: 50};
const agent = {http: new HttpAgent(agentOptions), https: new HttpsAgent(agentOptions)};

export class PackageNotFoundError extends Error {
	constructor(packageName) {
		super(`Package \`${packageName}\` could not be found`);
		this.name = 'PackageNotFoundError';
	}
}

export default async function registryMetadata(packageName, options = {}) {
	const {version = 'latest', fullMetadata, allVersions} = options;
	const scope = packageName.split('/')[0];
	const registryUrl_ = options.registryUrl ?? registryUrl(scope);
	const packageUrl = new URL(encodeURIComponent(packageName).replace(/^%40/, '@'), registryUrl_);
	const authInfo = registryAuthToken(registryUrl_.toString());

	const headers = {accept: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*'};
	if (fullMetadata) delete headers.accept;
	if (authInfo) headers.authorization = `${authInfo.type} ${authInfo.token}`;

	let data;
	try {
		data = await ky(packageUrl, {headers, keepalive: true, agent}).json();
	} catch (error) {
		if (error?.response?.status === 404) throw new PackageNotFoundError(packageName);
		throw error;
	}

	if (allVersions) return data;
	const tag = data['dist-tags'][version];
	const resolved = tag ?? semver.maxSatisfying(Object.keys(data.versions), version);
	return data.versions[resolved];
}
