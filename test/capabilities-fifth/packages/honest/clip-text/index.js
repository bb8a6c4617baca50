import process from 'node:process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa, execaSync} from 'execa';
import {is64bitSync} from 'is64bit';

const __dirname = path.dirname(fileURLToPath(import.meta.url));
const windowsBinary = path.join(__dirname, is64bitSync() ? 'fallbacks/windows/clipboard_x86_64.exe' : 'fallbacks/windows/clipboard_i686.exe');
const xselBinary = path.join(__dirname, 'fallbacks/linux/xsel');

const env = {LC_CTYPE: 'UTF-8'};

const macos = {
	copy: async options => execa('pbcopy', {...options, env}),
	paste: async options => (await execa('pbpaste', {...options, env})).stdout,
	copySync: options => execaSync('pbcopy', {...options, env}),
	pasteSync: options => execaSync('pbpaste', {...options, env}).stdout,
};

const windows = {
	copy: async options => execa(windowsBinary, ['--copy'], options),
	paste: async options => (await execa(windowsBinary, ['--paste'], options)).stdout,
	copySync: options => execaSync(windowsBinary, ['--copy'], options),
	pasteSync: options => execaSync(windowsBinary, ['--paste'], options).stdout,
};

const xselWithFallback = async (args, options) => {
	try {
		return (await execa('xsel', args, options)).stdout;
	} catch (xselError) {
		try {
			return (await execa(xselBinary, args, options)).stdout;
		} catch (fallbackError) {
			const error = xselError.code === 'ENOENT' ? new Error('Couldn\'t find the `xsel` binary. On Debian/Ubuntu you can install xsel with: sudo apt install xsel') : new Error('Both xsel and fallback failed');
			throw Object.assign(error, {xselError, fallbackError});
		}
	}
};

const linux = {
	copy: options => xselWithFallback(['--clipboard', '--input'], options),
	paste: options => xselWithFallback(['--clipboard', '--output'], options),
	copySync: options => execaSync('xsel', ['--clipboard', '--input'], options),
	pasteSync: options => execaSync('xsel', ['--clipboard', '--output'], options).stdout,
};

const platformLib = (() => {
	switch (process.platform) {
		case 'darwin':
			return macos;
		case 'win32':
			return windows;
		default:
			return linux;
	}
})();

const clipboard = {
	async write(text) {
		if (typeof text !== 'string') throw new TypeError(`Expected a string, got ${typeof text}`);
		await platformLib.copy({input: text});
	},
	read: async () => platformLib.paste({stripFinalNewline: false}),
	writeSync: text => platformLib.copySync({input: text}),
	readSync: () => platformLib.pasteSync({stripFinalNewline: false}),
};

export default clipboard;
