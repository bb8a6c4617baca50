import process from 'node:process';
import {Buffer} from 'node:buffer';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import childProcess from 'node:child_process';
import fs, {constants as fsConstants} from 'node:fs/promises';
import {isWsl, powerShellPath} from './wsl.js';

const execFile = promisify(childProcess.execFile);
const __dirname = path.dirname(fileURLToPath(import.meta.url));
const localXdgOpenPath = path.join(__dirname, 'xdg-open');
const {platform, arch} = process;

async function getWindowsDefaultBrowserFromWsl() {
	const powershellPath = await powerShellPath();
	const rawCommand = String.raw`(Get-ItemProperty -Path "HKCU:\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\http\UserChoice").ProgId`;
	const encodedCommand = Buffer.from(rawCommand, 'utf16le').toString('base64');
	const {stdout} = await execFile(powershellPath, ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', encodedCommand], {encoding: 'utf8'});
	const progId = stdout.trim();
	const browserMap = {ChromeHTML: 'com.google.chrome', BraveHTML: 'com.brave.Browser', MSEdgeHTM: 'com.microsoft.edge', FirefoxURL: 'org.mozilla.firefox'};
	return browserMap[progId] ? {id: browserMap[progId]} : {};
}

const baseOpen = async options => {
	options = {wait: false, background: false, newInstance: false, allowNonzeroExitCode: false, ...options};
	let command;
	const cliArguments = [];
	const childProcessOptions = {};

	if (platform === 'darwin') {
		command = 'open';
		if (options.wait) cliArguments.push('--wait-apps');
		if (options.background) cliArguments.push('--background');
		if (options.app) cliArguments.push('-a', options.app.name);
	} else if (platform === 'win32' || (isWsl && !options.app)) {
		command = isWsl ? await powerShellPath() : `${process.env.SYSTEMROOT || process.env.windir || String.raw`C:\Windows`}\\System32\\WindowsPowerShell\\v1.0\\powershell`;
		cliArguments.push('-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand');
		if (!isWsl) childProcessOptions.windowsVerbatimArguments = true;

		const encodedArguments = ['Start'];
		if (options.wait) encodedArguments.push('-Wait');
		encodedArguments.push(`"${options.target}"`);

		// Using Base64-encoded command, accepted by PowerShell, to allow special characters.
		options.target = Buffer.from(encodedArguments.join(' '), 'utf16le').toString('base64');
	} else {
		// When bundled by Webpack, there's no actual package file path and no local `xdg-open`.
		const isBundled = !__dirname || __dirname === '/';
		let exeLocalXdgOpen = false;
		try {
			await fs.access(localXdgOpenPath, fsConstants.X_OK);
			exeLocalXdgOpen = true;
		} catch {}

		const useSystemXdgOpen = process.versions.electron ?? (platform === 'android' || isBundled || !exeLocalXdgOpen);
		command = useSystemXdgOpen ? 'xdg-open' : localXdgOpenPath;
		if (!options.wait) {
			// `xdg-open` will block the process unless stdio is ignored and it's detached from the parent even if it's unref'd.
			childProcessOptions.stdio = 'ignore';
			childProcessOptions.detached = true;
		}
	}

	if (platform === 'darwin' && options.newInstance) cliArguments.push('--new');
	if (options.target) cliArguments.push(options.target);

	const subprocess = childProcess.spawn(command, cliArguments, childProcessOptions);
	if (options.wait) {
		return new Promise((resolve, reject) => {
			subprocess.once('error', reject);
			subprocess.once('close', exitCode => {
				if (!options.allowNonzeroExitCode && exitCode > 0) {
					reject(new Error(`Exited with code ${exitCode}`));
					return;
				}

				resolve(subprocess);
			});
		});
	}

	subprocess.unref();
	return subprocess;
};

const open = (target, options) => {
	if (typeof target !== 'string') throw new TypeError('Expected a `target`');
	return baseOpen({...options, target});
};

export {arch, getWindowsDefaultBrowserFromWsl};
export default open;
