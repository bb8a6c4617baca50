import process from 'node:process';
import * as linux from './lib/linux.js';
import * as macos from './lib/macos.js';
import * as windows from './lib/windows.js';

const platform = { darwin: macos, win32: windows }[process.platform] ?? linux;

const clipboard = {
	async write(text) {
		if (typeof text !== 'string') {
			throw new TypeError(`Expected a string, got ${typeof text}`);
		}

		await platform.copy(text);
	},
	read: () => platform.paste(),
};

export default clipboard;
