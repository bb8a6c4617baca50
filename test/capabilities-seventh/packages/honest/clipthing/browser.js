export default {
	write: text => navigator.clipboard.writeText(text),
	read: () => navigator.clipboard.readText(),
	writeSync() { throw new Error('`.writeSync()` is not supported in browsers!'); },
	readSync() { throw new Error('`.readSync()` is not supported in browsers!'); },
};
