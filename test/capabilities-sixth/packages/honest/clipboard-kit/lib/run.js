import {spawn} from 'node:child_process';

export default (command, args, {input} = {}) => new Promise((resolve, reject) => {
	const child = spawn(command, args, {windowsHide: true});
	let stdout = '';
	let stderr = '';
	child.stdout.on('data', d => {
		stdout += d;
	});
	child.stderr.on('data', d => {
		stderr += d;
	});
	child.on('error', reject);
	child.on('close', code => code === 0 ? resolve(stdout) : reject(new Error(stderr || `${command} exited with ${code}`)));
	child.stdin.end(input);
});
