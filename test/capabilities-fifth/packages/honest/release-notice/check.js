/* eslint-disable unicorn/no-process-exit */
import process from 'node:process';
import latestVersion from 'latest-version';
import {ReleaseNotice} from './index.js';

const options = JSON.parse(process.argv[2]);
const notice = new ReleaseNotice(options);

try {
	// Exit process when offline
	setTimeout(process.exit, 1000 * 30);

	const latest = await latestVersion(options.pkg.name, {version: options.distTag});
	notice.config.set('lastUpdateCheck', Date.now());
	if (latest !== options.pkg.version) notice.config.set('update', {latest, current: options.pkg.version});

	// Call process exit explicitly to terminate the child process,
	// otherwise the child process will run forever, according to the Node.js docs
	process.exit();
} catch (error) {
	console.error(error);
	process.exit(1);
}
