import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { testEveryFix } from '../every-fix.ts';
import { openFiles } from '../workspace.ts';

const DEMO = path.resolve(import.meta.dirname, '../fixtures/demo');
const files = new Map(
  globSync(['**/*.json', '**/.npmrc', '**/yarn.lock'], { cwd: DEMO }).map((file) => [
    file.split(path.sep).join('/'),
    readFileSync(path.join(DEMO, file), 'utf8'),
  ]),
);
const demo = await openFiles(files);

describe('every fix of the demo, each on a copy of its own', () => testEveryFix(files, demo));
