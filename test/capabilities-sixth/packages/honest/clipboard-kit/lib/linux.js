import process from 'node:process';
import run from './run.js';

const wayland = Boolean(process.env.WAYLAND_DISPLAY);

const hint = error => {
	if (error.code === 'ENOENT') {
		error.message = 'Couldn\'t find the `xclip` or `wl-copy` binary. Install it with your package manager.';
	}

	throw error;
};

export const copy = text => (wayland ? run('wl-copy', [], {input: text}) : run('xclip', ['-selection', 'clipboard'], {input: text})).catch(hint);
export const paste = () => (wayland ? run('wl-paste', ['--no-newline']) : run('xclip', ['-selection', 'clipboard', '-o'])).catch(hint);
