import { createHash } from 'node:crypto';
import { existsSync, watch as watchFile } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const require = createRequire(import.meta.url);
// Old bundlers compile import() away, so it is hidden from them.
const dynamicImport = new Function('file', 'return import(file)');

async function loadConfig(cwd) {
  for (const name of ['packsmith.config.mjs', 'packsmith.config.js', 'packsmith.config.cjs']) {
    const file = path.join(cwd, name);
    if (!existsSync(file)) continue;
    if (name.endsWith('.cjs')) return require(file);
    return (await dynamicImport(`${pathToFileURL(file)}?t=${Date.now()}`)).default;
  }
  return {};
}

function defines() {
  const out = { 'process.env.NODE_ENV': JSON.stringify(process.env.NODE_ENV ?? 'production') };
  for (const [key, value] of Object.entries(process.env)) if (key.startsWith('PUBLIC_')) out[`import.meta.env.${key}`] = JSON.stringify(value);
  return out;
}

export async function build(options) {
  const started = performance.now();
  const config = { ...(await loadConfig(process.cwd())), ...options };
  await rm(config.outdir, { recursive: true, force: true });
  await mkdir(config.outdir, { recursive: true });
  const workers = Array.from({ length: Math.min(config.entries.length, availableParallelism()) }, () => new Worker(new URL('./worker.js', import.meta.url), { workerData: { define: defines() } }));
  const outputs = await Promise.all(config.entries.map((entry, i) => compile(workers[i % workers.length], entry)));
  await Promise.all(workers.map((worker) => worker.terminate()));
  for (const { code, entry } of outputs) {
    const hash = createHash('sha256').update(code).digest('hex').slice(0, 8);
    await writeFile(path.join(config.outdir, `${path.parse(entry).name}.${hash}.js`), code);
  }
  return { length: outputs.length, time: Math.round(performance.now() - started) };
}

function compile(worker, entry) {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', function listen(message) {
      if (message.entry !== entry) return;
      worker.off('message', listen);
      resolve(message);
    });
    readFile(entry, 'utf8').then((source) => worker.postMessage({ entry, source }), reject);
  });
}

export function watch(options) {
  watchFile(path.dirname(options.entries[0]), { recursive: true }, () => build(options).catch(console.error));
  return build(options);
}
