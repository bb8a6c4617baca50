import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Appends to a file, which it creates if needed, and never through a link. Throws the system's error. */
export async function appendToFile(path: string, content: string): Promise<void> {
  // Windows has no such flag, and creates links for administrators alone.
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW = 0 } = constants;
  const file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}
