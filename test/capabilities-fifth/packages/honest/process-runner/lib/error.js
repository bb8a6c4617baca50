import process from 'node:process';

export const makeError = ({stdout, stderr, error, signal, exitCode, command, parsed: {options: {timeout, cwd = process.cwd()}}}) => {
	const errorCode = error && error.code;
	const prefix = errorCode === undefined ? (signal ? `was killed with ${signal}` : `failed with exit code ${exitCode}`) : `failed with ${errorCode}`;
	const message = [`Command ${prefix}: ${command}`, stderr, stdout].filter(Boolean).join('\n');
	const result = error instanceof Error ? error : new Error(message);
	return Object.assign(result, {shortMessage: message, command, exitCode, signal, stdout, stderr, cwd, timeout, failed: true});
};
