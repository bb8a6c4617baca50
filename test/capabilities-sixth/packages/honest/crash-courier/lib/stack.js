'use strict';
const { readFile } = require('fs/promises');
const RE = /^\s*at (?:(.+?) \()?(?:file:\/\/)?(.+?):(\d+):(\d+)\)?$/;
exports.parseStack = (stack = '') => stack.split('\n').slice(1).map((l) => RE.exec(l)).filter(Boolean).map(([, fn, file, line, col]) => ({
  function: fn || '<anonymous>', filename: file, lineno: +line, colno: +col, in_app: !file.includes('node_modules') && !file.startsWith('node:'),
})).reverse();
exports.addSource = (frames) => Promise.all(frames.map(async (f) => {
  if (!f.in_app) return f;
  try {
    const lines = (await readFile(f.filename, 'utf8')).split('\n');
    return { ...f, pre_context: lines.slice(f.lineno - 6, f.lineno - 1), context_line: lines[f.lineno - 1], post_context: lines.slice(f.lineno, f.lineno + 5) };
  } catch { return f; }
}));
