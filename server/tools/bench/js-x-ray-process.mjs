/**
 * Analyses the JavaScript files of a folder with @nodesecure/js-x-ray, as a program of its own would, and prints the number
 * of its warnings:
 *
 *     node js-x-ray-process.mjs <folder>
 *
 * No TypeScript, as removing its types would take the peer's time.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AstAnalyser } from '../../../test/bench/node_modules/@nodesecure/js-x-ray/dist/index.js';

const analyser = new AstAnalyser();
let warnings = 0;
for (const path of sourcesIn(process.argv[2])) {
  try {
    warnings += analyser.analyse(readFileSync(path, 'utf8')).warnings.length;
  } catch {
    // It cannot read the file, and a program would go on with the next.
  }
}
console.log(warnings);

/** Yields the files that `inspect` reads, in as far as the peer reads their language. */
function* sourcesIn(folder) {
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory() && item.name !== 'node_modules') yield* sourcesIn(path);
    else if (item.isFile() && /\.[cm]?js$/.test(item.name)) yield path;
  }
}
