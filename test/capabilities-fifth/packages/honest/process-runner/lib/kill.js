import os from 'node:os';
import {onExit} from 'signal-exit';

const DEFAULT_FORCE_KILL_TIMEOUT = 1000 * 5;

export const spawnedKill = (kill, signal = 'SIGTERM', options = {}) => {
	const killResult = kill(signal);
	if ((signal === 'SIGTERM' || signal === os.constants.signals.SIGTERM) && options.forceKillAfterTimeout !== false && killResult) {
		setTimeout(() => kill('SIGKILL'), options.forceKillAfterTimeout ?? DEFAULT_FORCE_KILL_TIMEOUT).unref();
	}

	return killResult;
};

export const setExitHandler = async (spawned, {cleanup, detached}, timedPromise) => {
	if (!cleanup || detached) return timedPromise;
	const removeExitHandler = onExit(() => {
		spawned.kill();
	});
	return timedPromise.finally(removeExitHandler);
};
