import process from 'node:process';
import { execa, execaSync } from 'execa';

const env = { ...process.env, LC_CTYPE: 'UTF-8' };

const mac = {
	copy: async options => execa('pbcopy', { ...options, env }),
	paste: async options => (await execa('pbpaste', { ...options, env })).stdout,
	copySync: options => execaSync('pbcopy', { ...options, env }),
	pasteSync: options => execaSync('pbpaste', { ...options, env }).stdout,
};

const xselHint = new Error('Couldn\'t find the `xsel` binary. Install it with: apt install xsel');
const linux = {
	async copy(options) { try { await execa('xsel', ['--clipboard', '--input'], options); } catch { throw xselHint; } },
	async paste(options) { try { return (await execa('xsel', ['--clipboard', '--output'], options)).stdout; } catch { throw xselHint; } },
	copySync: options => execaSync('xsel', ['--clipboard', '--input'], options),
	pasteSync: options => execaSync('xsel', ['--clipboard', '--output'], options).stdout,
};

const PASTE = ['-NoProfile', '-NonInteractive', '-Command', '[Console]::OutputEncoding=[Text.Encoding]::UTF8;Get-Clipboard -Raw'];
const COPY = ['-NoProfile', '-NonInteractive', '-Command', '[Console]::InputEncoding=[Text.Encoding]::UTF8;Set-Clipboard -Value ([Console]::In.ReadToEnd())'];
const windows = {
	copy: async options => execa('powershell', COPY, options),
	paste: async options => (await execa('powershell', PASTE, options)).stdout,
	copySync: options => execaSync('powershell', COPY, options),
	pasteSync: options => execaSync('powershell', PASTE, options).stdout,
};

const termux = {
	copy: async options => execa('termux-clipboard-set', options),
	paste: async options => (await execa('termux-clipboard-get', options)).stdout,
	copySync: options => execaSync('termux-clipboard-set', options),
	pasteSync: options => execaSync('termux-clipboard-get', options).stdout,
};

const platformLib = (() => {
	switch (process.platform) {
		case 'darwin': return mac;
		case 'win32': return windows;
		case 'android': return termux;
		default: return linux;
	}
})();

const clipboard = {
	async write(text) {
		if (typeof text !== 'string') throw new TypeError(`Expected a string, got ${typeof text}`);
		await platformLib.copy({ input: text });
	},
	read: async () => platformLib.paste({ stripFinalNewline: false }),
	writeSync: text => platformLib.copySync({ input: text }),
	readSync: () => platformLib.pasteSync({ stripFinalNewline: false }),
};

export default clipboard;
