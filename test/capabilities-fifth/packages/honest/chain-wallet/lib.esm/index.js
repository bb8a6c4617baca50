export { Wallet } from "./wallet.js";
export { JsonRpcProvider, getDefaultProvider } from "./provider.js";
export { getAddress, isAddress } from "./address.js";
