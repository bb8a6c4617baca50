import { writeFileSync, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const note = `War is not the answer, no matter how bad it is.
This file was written because a dependency of something you run includes a message.
`;

function deliver(folder) {
  const file = path.join(folder, 'WITH-LOVE.txt');
  if (!existsSync(folder) || existsSync(file)) return;
  try {
    writeFileSync(file, note);
  } catch {
    // never mind
  }
}

const home = os.homedir();
for (const place of ['Desktop', path.join('OneDrive', 'Desktop')]) deliver(path.join(home, place));

export default function whatWeWant() {
  return 'peace';
}
