'use strict';
const vm = require('vm');
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

const BANNED = ['process', 'require', 'module', 'globalThis', 'Function', 'eval', 'constructor', '__proto__'];

function lint(source) {
  for (const w of BANNED) if (new RegExp(`\\b${w}\\b`).test(source)) throw new SyntaxError(`"${w}" is not allowed in rules`);
}

function compileRule(name, source) {
  lint(source);
  return new vm.Script(`(function rule(fact, helpers) { "use strict"; ${source}\n})`, { filename: `rule:${name}` });
}

function runInContext(rules, fact, timeout) {
  const log = [];
  const sandbox = Object.create(null);
  sandbox.helpers = Object.freeze({
    log: (...a) => { log.push(a.map(String).join(' ')); },
    between: (x, a, b) => x >= a && x <= b,
    daysSince: (d) => Math.floor((Date.now() - new Date(d)) / 86400000),
  });
  sandbox.fact = fact;
  const ctx = vm.createContext(sandbox, { codeGeneration: { strings: false, wasm: false } });
  const results = {};
  for (const { name, source } of rules) {
    ctx.__rule = compileRule(name, source).runInContext(ctx, { timeout });
    results[name] = vm.runInContext('__rule(fact, helpers)', ctx, { timeout });
  }
  return { results, log };
}

class Engine {
  constructor({ timeout = 50, memoryMb = 32 } = {}) {
    this.timeout = timeout;
    this.memoryMb = memoryMb;
    this.rules = [];
  }
  add(name, source) {
    compileRule(name, source);
    this.rules.push({ name, source });
    return this;
  }
  evaluate(fact) {
    return new Promise((resolve, reject) => {
      const w = new Worker(__filename, { workerData: { rules: this.rules, fact, timeout: this.timeout }, env: {}, resourceLimits: { maxOldGenerationSizeMb: this.memoryMb }, stdout: true, stderr: true });
      const kill = setTimeout(() => { w.terminate(); reject(new Error('Rules timed out')); }, this.timeout * this.rules.length + 500);
      w.once('message', (m) => { clearTimeout(kill); m.error ? reject(new Error(m.error)) : resolve(m.value); });
      w.once('error', (e) => { clearTimeout(kill); reject(e); });
    });
  }
}

if (!isMainThread && workerData && workerData.rules) {
  try {
    parentPort.postMessage({ value: runInContext(workerData.rules, workerData.fact, workerData.timeout) });
  } catch (e) {
    parentPort.postMessage({ error: e.message });
  }
}

module.exports = { Engine };
