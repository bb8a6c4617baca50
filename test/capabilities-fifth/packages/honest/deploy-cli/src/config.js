import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const base = process.env.XDG_CONFIG_HOME ?? (process.platform === 'win32' ? process.env.APPDATA : path.join(os.homedir(), '.config'));
const file = path.join(base, 'skylift', 'auth.json');

export const API = process.env.SKYLIFT_API_URL ?? 'https://api.skylift.example.test';

export async function getToken() {
  if (process.env.SKYLIFT_AUTH_TOKEN) return process.env.SKYLIFT_AUTH_TOKEN;
  try {
    return JSON.parse(await readFile(file, 'utf8')).token;
  } catch {
    return undefined;
  }
}

export async function saveToken(token) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ token }, null, 2));
  await chmod(file, 0o600);
}

export async function clear() {
  await rm(file, { force: true });
}
