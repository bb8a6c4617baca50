import {Buffer} from 'node:buffer';
import path from 'node:path';
import childProcess from 'node:child_process';
import process from 'node:process';
import crossSpawn from 'cross-spawn';
import stripFinalNewline from 'strip-final-newline';
import {npmRunPathEnv} from 'npm-run-path';
import {makeError} from './lib/error.js';
import {spawnedKill, setExitHandler} from './lib/kill.js';

const DEFAULT_MAX_BUFFER = 1000 * 1000 * 100;

const getEnv = ({env: envOption, extendEnv, preferLocal, localDir, execPath}) => {
	const env = extendEnv ? {...process.env, ...envOption} : envOption;
	return preferLocal ? npmRunPathEnv({env, cwd: localDir, execPath}) : env;
};

const handleArguments = (file, args, options = {}) => {
	const parsed = crossSpawn._parse(file, args, options);
	file = parsed.command;
	args = parsed.args;
	options = {
		maxBuffer: DEFAULT_MAX_BUFFER,
		buffer: true,
		stripFinalNewline: true,
		extendEnv: true,
		preferLocal: false,
		localDir: parsed.options.cwd || process.cwd(),
		execPath: process.execPath,
		encoding: 'utf8',
		reject: true,
		cleanup: true,
		windowsHide: true,
		...parsed.options,
	};
	options.env = getEnv(options);
	if (process.platform === 'win32' && path.basename(file, '.exe') === 'cmd') args.unshift('/q');
	return {file, args, options};
};

const collect = (stream, {maxBuffer}) => new Promise((resolve, reject) => {
	const chunks = [];
	let length = 0;
	stream.on('data', chunk => {
		length += chunk.length;
		if (length > maxBuffer) {
			reject(new Error('maxBuffer exceeded'));
			return;
		}

		chunks.push(chunk);
	});
	stream.on('error', reject);
	stream.on('end', () => resolve(Buffer.concat(chunks)));
});

const handleOutput = (options, value) => {
	if (typeof value !== 'string' && !Buffer.isBuffer(value)) return '';
	const text = options.encoding === 'buffer' ? value : value.toString(options.encoding);
	return options.stripFinalNewline ? stripFinalNewline(text) : text;
};

export function run(file, args, options) {
	const parsed = handleArguments(file, args, options);
	const command = [file, ...args ?? []].join(' ');
	let spawned;
	try {
		spawned = childProcess.spawn(parsed.file, parsed.args, parsed.options);
	} catch (error) {
		const dummySpawned = new childProcess.ChildProcess();
		const errorPromise = Promise.reject(makeError({error, stdout: '', stderr: '', command, parsed}));
		return Object.assign(dummySpawned, {then: errorPromise.then.bind(errorPromise), catch: errorPromise.catch.bind(errorPromise)});
	}

	spawned.kill = spawnedKill.bind(null, spawned.kill.bind(spawned));
	const exit = new Promise((resolve, reject) => {
		spawned.on('exit', (exitCode, signal) => resolve({exitCode, signal}));
		spawned.on('error', reject);
	});
	const handle = async () => {
		const [{exitCode, signal}, stdout, stderr] = await Promise.all([
			setExitHandler(spawned, parsed.options, exit),
			spawned.stdout ? collect(spawned.stdout, parsed.options) : undefined,
			spawned.stderr ? collect(spawned.stderr, parsed.options) : undefined,
		]);
		const result = {command, exitCode, signal, stdout: handleOutput(parsed.options, stdout), stderr: handleOutput(parsed.options, stderr)};
		if (exitCode !== 0 || signal !== null) {
			const error = makeError({...result, parsed});
			if (!parsed.options.reject) return error;
			throw error;
		}

		return {...result, failed: false};
	};

	if (parsed.options.input !== undefined) spawned.stdin.end(parsed.options.input);
	const promise = handle();
	return Object.assign(spawned, {then: promise.then.bind(promise), catch: promise.catch.bind(promise)});
}

export const runCommand = (command, options) => {
	const [file, ...args] = command.trim().split(/ +/g);
	return run(file, args, options);
};

export const runNode = (scriptPath, args = [], {nodePath = process.execPath, nodeOptions = process.execArgv.filter(arg => !arg.startsWith('--inspect')), ...options} = {}) =>
	run(nodePath, [...nodeOptions, scriptPath, ...args], {...options, stdio: ['pipe', 'pipe', 'pipe', 'ipc'], shell: false});

export const $ = (templates, ...expressions) => runCommand(templates.reduce((acc, t, i) => acc + t + (expressions[i] ?? ''), ''), {stdin: 'inherit', preferLocal: true});
