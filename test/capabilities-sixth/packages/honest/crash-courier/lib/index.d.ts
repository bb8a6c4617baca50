export interface Options { dsn: string; release?: string; environment?: string; sampleRate?: number; beforeSend?(event: object): object | null; }
export function init(opts: Options): Courier;
export class Courier { capture(err: Error): Promise<string | null>; setTag(k: string, v: string): void; }
