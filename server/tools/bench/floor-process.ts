/** The least that a look at a lockfile takes: reads the file and finds its tokens. */
import { readFileSync } from 'node:fs';
import { scanJsonFloor } from './floors.ts';

scanJsonFloor(readFileSync(process.argv[2]!, 'utf8'));
