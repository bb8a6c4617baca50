import process from 'node:process';
import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import path from 'node:path';
import {format} from 'node:util';
import ConfigStore from 'configstore';
import semver from 'semver';
import isInCi from 'is-in-ci';
import boxen from 'boxen';

const __dirname = path.dirname(fileURLToPath(import.meta.url));
const ONE_DAY = 1000 * 60 * 60 * 24;

export class ReleaseNotice {
	config;
	update;
	_packageName;
	#options;
	#isDisabled;

	constructor(options = {}) {
		this.#options = options;
		options.pkg ??= {};
		options.distTag ??= 'latest';
		options.updateCheckInterval = typeof options.updateCheckInterval === 'number' ? options.updateCheckInterval : ONE_DAY;
		this._packageName = options.pkg.name;
		this._packageVersion = options.pkg.version;
		this.#isDisabled = 'NO_UPDATE_NOTIFIER' in process.env
			|| process.env.NODE_ENV === 'test'
			|| process.argv.includes('--no-update-notifier')
			|| isInCi;
		if (!this.#isDisabled) {
			try {
				this.config = new ConfigStore(`release-notice-${this._packageName}`, {
					optOut: false,
					lastUpdateCheck: Date.now(),
				});
			} catch {
				const message = format(' %s update check failed ', this._packageName);
				process.on('exit', () => {
					console.error(boxen(message, {align: 'center'}));
				});
			}
		}
	}

	check() {
		if (!this.config || this.config.get('optOut') || this.#isDisabled) {
			return;
		}

		this.update = this.config.get('update');
		if (this.update) {
			this.update.current = this._packageVersion;
			this.config.delete('update');
		}

		// Only check for updates on a set interval
		if (Date.now() - this.config.get('lastUpdateCheck') < this.#options.updateCheckInterval) {
			return;
		}

		// Spawn a detached process, passing the options as an environment property
		spawn(process.execPath, [path.join(__dirname, 'check.js'), JSON.stringify(this.#options)], {
			detached: true,
			stdio: 'ignore',
		}).unref();
	}

	notify(options = {}) {
		if (!process.stdout.isTTY || !this.update || !semver.gt(this.update.latest, this.update.current)) {
			return this;
		}
		const message = boxen(`Update available ${this.update.current} → ${this.update.latest}\nRun npm i ${options.isGlobal ? '-g ' : ''}${this._packageName} to update`);
		if (options.defer === false) console.error(message);
		else process.on('exit', () => console.error(message));
		return this;
	}
}

export default function releaseNotice(options) {
	const notice = new ReleaseNotice(options);
	notice.check();
	return notice;
}
