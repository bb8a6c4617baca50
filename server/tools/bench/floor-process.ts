/** Measures the minimum that any reader of a lockfile needs: reads the file and finds its tokens. */
import { readFileSync } from 'node:fs';
import { scanJsonFloor } from './floors.ts';

scanJsonFloor(readFileSync(process.argv[2]!, 'utf8'));
