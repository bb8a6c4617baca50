import process from 'node:process';
import { Buffer } from 'node:buffer';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import childProcess from 'node:child_process';
import fs from 'node:fs/promises';

const __dirname = path.dirname(fileURLToPath(import.meta.url));
const localXdgOpenPath = path.join(__dirname, 'xdg-open');
const { platform, arch } = process;

const isWsl = platform === 'linux' && Boolean(process.env.WSL_DISTRO_NAME);

export const apps = {
	chrome: { darwin: 'google chrome', win32: 'chrome', linux: ['google-chrome', 'google-chrome-stable', 'chromium'] },
	firefox: { darwin: 'firefox', win32: String.raw`C:\Program Files\Mozilla Firefox\firefox.exe`, linux: 'firefox' },
	edge: { darwin: 'microsoft edge', win32: 'msedge', linux: ['microsoft-edge', 'microsoft-edge-dev'] },
};

async function baseOpen(options) {
	options = { wait: false, background: false, newInstance: false, ...options };
	let command;
	const cliArguments = [];
	const childProcessOptions = {};
	const { name: app, arguments: appArguments = [] } = options.app ?? {};

	if (platform === 'darwin') {
		command = 'open';
		if (options.wait) cliArguments.push('--wait-apps');
		if (options.background) cliArguments.push('--background');
		if (options.newInstance) cliArguments.push('--new');
		if (app) cliArguments.push('-a', app);
	} else if (platform === 'win32' || isWsl) {
		command = isWsl ? '/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe' : `${process.env.SYSTEMROOT || process.env.windir || String.raw`C:\Windows`}\\System32\\WindowsPowerShell\\v1.0\\powershell`;
		cliArguments.push('-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand');
		if (!isWsl) childProcessOptions.windowsVerbatimArguments = true;
		const encodedArguments = ['Start'];
		if (options.wait) encodedArguments.push('-Wait');
		if (app) {
			encodedArguments.push(`"\`"${app}\`""`);
			if (options.target) appArguments.push(options.target);
		} else if (options.target) encodedArguments.push(`"${options.target}"`);
		if (appArguments.length > 0) encodedArguments.push('-ArgumentList', appArguments.map((a) => `"\`"${a}\`""`).join(','));
		options.target = Buffer.from(encodedArguments.join(' '), 'utf16le').toString('base64');
	} else {
		if (app) command = app;
		else {
			let exe = false;
			try { await fs.access(localXdgOpenPath, fs.constants.X_OK); exe = true; } catch {}
			command = process.versions.electron || platform === 'android' || !exe ? 'xdg-open' : localXdgOpenPath;
		}
		cliArguments.push(...appArguments);
		if (!options.wait) {
			childProcessOptions.stdio = 'ignore';
			childProcessOptions.detached = true;
		}
	}
	if (options.target) cliArguments.push(options.target);
	const subprocess = childProcess.spawn(command, cliArguments, childProcessOptions);
	if (options.wait) {
		return new Promise((resolve, reject) => {
			subprocess.once('error', reject);
			subprocess.once('close', (code) => (code > 0 && !options.allowNonzeroExitCode ? reject(new Error(`Exited with code ${code}`)) : resolve(subprocess)));
		});
	}
	subprocess.unref();
	return subprocess;
}

export const openApp = (name, options) => baseOpen({ ...options, app: { name, arguments: options?.arguments } });
export default function open(target, options) {
	if (typeof target !== 'string') throw new TypeError('Expected a `target`');
	return baseOpen({ ...options, target });
}
export { arch };
