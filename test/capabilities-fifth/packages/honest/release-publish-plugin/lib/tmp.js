import os from 'node:os';
import path from 'node:path';
import crypto from 'node:crypto';
import fs from 'node:fs';

export function temporaryFile(name) {
  const dir = path.join(fs.realpathSync(os.tmpdir()), crypto.randomBytes(16).toString('hex'));
  fs.mkdirSync(dir);
  return path.join(dir, name);
}
