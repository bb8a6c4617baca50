import { createRequire } from 'node:module';
const lexer = createRequire(import.meta.url)('./lexer.cjs');
export const { init, initSync, parse } = lexer;
