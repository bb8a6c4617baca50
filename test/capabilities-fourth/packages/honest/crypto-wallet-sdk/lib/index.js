export { Wallet } from './wallet.js';
export { JsonRpcProvider, BrowserProvider } from './provider.js';
