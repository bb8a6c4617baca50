import cjs from './index.cjs.js';
export const Keypair = cjs.Keypair;
