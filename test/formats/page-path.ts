import { join } from 'node:path';

export const PAGE = join(import.meta.dirname, '../../server/docs/lockfile-formats.md');
