import run from './run.js';

export const copy = text => run('pbcopy', [], {input: text});
export const paste = () => run('pbpaste', []);
