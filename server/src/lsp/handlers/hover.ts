import type { ServerState } from '../server-state.ts';

export function handleHover(_server: ServerState): void {}
