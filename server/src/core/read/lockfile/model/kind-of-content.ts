import { isObject, memberOf, NONE } from '../../text/json/json-tape.ts';
import type { LockfileName } from '../detect.ts';
import { scanTolerantly } from './json-lock-text.ts';

/** Returns which kind of lockfile a text is, whatever its file name; undefined if it has no known marks. */
export function lockfileKindOfContent(text: string): LockfileName | undefined {
  if (text.startsWith('#!/usr/bin/env bun\nbun-lockfile-format')) return 'bun.lockb';
  if (/^\s*\{/.test(text)) return jsonKindOf(text);
  if (/^# *yarn lockfile v\d|^__metadata:/m.test(text)) return 'yarn';
  return /^(?:lockfileVersion|shrinkwrapVersion):/m.test(text) ? 'pnpm' : undefined;
}

/** Only bun.lock lists workspaces at the top. */
function jsonKindOf(text: string): LockfileName | undefined {
  const tape = scanTolerantly(text);
  if (!isObject(tape, 0) || memberOf(tape, 0, 'lockfileVersion') === NONE) return undefined;
  return memberOf(tape, 0, 'workspaces') === NONE ? 'package-lock' : 'bun';
}
