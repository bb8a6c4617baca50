import './compile-cache.ts';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The server is a separate bundle, loaded after the compile cache is enabled. */
createRequire(join(import.meta.dirname, 'launcher.js'))('./server-main.js');
