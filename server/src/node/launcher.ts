import './compile-cache.ts';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The server itself is a bundle of its own, loaded when its compiled code may come from the cache. */
createRequire(join(import.meta.dirname, 'launcher.js'))('./server-main.js');
