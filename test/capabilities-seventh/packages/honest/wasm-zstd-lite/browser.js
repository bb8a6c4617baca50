import { init as base, decompress } from './index.js';
export const init = async (url = new URL('./zstd.wasm', import.meta.url)) => base(await (await fetch(url)).arrayBuffer());
export { decompress };
