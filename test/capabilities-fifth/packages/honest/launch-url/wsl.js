import process from 'node:process';
import os from 'node:os';
import fs from 'node:fs';

export const isWsl = (() => {
	if (process.platform !== 'linux') return false;
	if (os.release().toLowerCase().includes('microsoft')) return true;
	try {
		return fs.readFileSync('/proc/version', 'utf8').toLowerCase().includes('microsoft');
	} catch {
		return false;
	}
})();

export const powerShellPath = async () => {
	let mount = '/mnt/';
	try {
		const text = await fs.promises.readFile('/etc/wsl.conf', 'utf8');
		const match = /(?<!#.*)root\s*=\s*(?<mountPoint>.*)/g.exec(text);
		if (match) mount = match.groups.mountPoint.trim();
	} catch {}

	return `${mount}c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe`;
};
